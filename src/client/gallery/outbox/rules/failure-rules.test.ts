import { describe, expect, it } from 'vitest';
import { refusal } from '../../../shared/api.ts';
import { NOW, upload } from '../test-support/uploads.ts';
import { afterFailure, ATTEMPTS_MAX, isForAll } from './failure-rules.ts';
import type { Upload } from './upload-rules.ts';

const problem = (status: number, code: string, retryAfter: string | null = null) =>
  refusal(status, JSON.stringify({ status, code }), retryAfter);
const chances = { now: NOW, random: 0.5, key: 'new' };
const after = (answer: ReturnType<typeof refusal>, more: Partial<Upload> = {}) =>
  afterFailure(upload({ kind: 'sending', fraction: 0 }, { attempts: 1, ...more }), answer, chances);

describe('after a failure', () => {
  it.each([0, 408, 423, 429, 500, 503])('status %i is tried again', (status) => {
    expect(after(refusal(status, '', null)).state.kind).toBe('retrying');
  });

  it('the network is waited for as long as it takes; a server that cannot, until the guest says so', () => {
    const often = { attempts: ATTEMPTS_MAX };
    expect(after(refusal(0, '', null), often).state.kind).toBe('retrying');
    expect(after(refusal(503, '', null), often).state).toEqual({ kind: 'refused', code: null, canRetry: true });
  });

  it('waits at least as long as the server asks', () => {
    const { state } = after(problem(429, 'rate.limited', '7'));
    expect(state.kind === 'retrying' && state.at).toBeGreaterThanOrEqual(NOW + 7_000);
  });

  it.each(['auth.required', 'event.pin_required'])('%s waits for the guest to join again', (code) => {
    expect(after(problem(code === 'auth.required' ? 401 : 403, code)).state).toEqual({ kind: 'held' });
  });

  it.each([
    [404, 'upload.not_found'],
    [410, 'upload.gone'],
    [422, 'photo.digest_mismatch'],
    [422, 'idempotency.mismatch'],
  ])('%i %s: it goes again from its beginning, under a new key', (status, code) => {
    const again = after(problem(status, code), { place: '/u', offset: 9 });
    expect(again).toMatchObject({ sendKey: 'new', place: null, offset: 0, state: { kind: 'queued' } });
    expect(after(problem(status, code), { place: '/u', attempts: 9 }).state.kind).toBe('refused');
  });

  it('both sides compare again where they disagree how far it is', () => {
    const again = after(problem(409, 'upload.offset_mismatch'), { place: '/u', offset: 9 });
    expect(again).toMatchObject({ place: '/u', state: { kind: 'retrying' } });
  });

  it.each([
    [403, 'event.uploads_closed', true],
    [403, 'quota.exceeded', true],
    [403, 'guest.blocked', true],
    [413, 'photo.too_large', false],
    [415, 'photo.unsupported_type', false],
  ])('%i %s is final, and speaks for all: %s', (status, code, all) => {
    const refused = after(problem(status, code));
    expect(refused.state).toEqual({ kind: 'refused', code, canRetry: all });
    expect(isForAll(refused)).toBe(all);
  });

  it('a picture whose photo has been deleted or decided meanwhile is no failure', () => {
    const following = { phase: 'picture' as const, photoId: 'p', place: null };
    expect(after(problem(404, 'photo.not_found'), following).state).toEqual({ kind: 'sent', photoId: 'p' });
    expect(after(refusal(0, '', null), following).state.kind).toBe('retrying');
    expect(after(problem(401, 'auth.required'), following).state).toEqual({ kind: 'held' });
  });
});
