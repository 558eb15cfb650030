import { describe, expect, it } from 'vitest';
import { refusal } from '../shared/api.ts';
import {
  afterFailure,
  ATTEMPTS_MAX,
  newUpload,
  nextToSend,
  nextWake,
  precheck,
  progressOf,
  type Upload,
  type UploadState,
} from './upload-rules.ts';

const MAX_BYTES = 50_000_000;
const NOW = 1_000_000;
const file = { name: 'a.jpg', size: 1_000, type: 'image/jpeg' };
const upload = (state: UploadState, more: Partial<Upload> = {}): Upload => ({
  ...newUpload(file, 'k', MAX_BYTES),
  state,
  ...more,
});
const problem = (status: number, code: string, retryAfter: string | null = null) =>
  refusal(status, JSON.stringify({ status, code }), retryAfter);

describe('before sending', () => {
  it.each([
    [{ ...file, size: 0 }, 'photo.empty'],
    [{ ...file, size: MAX_BYTES + 1 }, 'photo.too_large'],
    [{ ...file, type: 'image/gif' }, 'photo.unsupported_type'],
    [{ ...file, type: '' }, null],
    [file, null],
  ])('%o is judged %s', (facts, code) => {
    expect(precheck(facts, MAX_BYTES)).toBe(code);
  });
});

describe('the queue', () => {
  it('sends two at a time, the oldest first', () => {
    const queue = [
      upload({ kind: 'sending', fraction: 0.5 }, { key: 'a' }),
      upload({ kind: 'queued' }, { key: 'b' }),
      upload({ kind: 'queued' }, { key: 'c' }),
    ];
    expect(nextToSend(queue, NOW).map((u) => u.key)).toEqual(['b']);
    expect(nextToSend([...queue, upload({ kind: 'sending', fraction: 0 })], NOW)).toEqual([]);
  });

  it('takes up a failed one only when its time has come', () => {
    const queue = [upload({ kind: 'retrying', at: NOW + 500 })];
    expect(nextToSend(queue, NOW)).toEqual([]);
    expect(nextWake(queue, NOW)).toBe(500);
    expect(nextToSend(queue, NOW + 500)).toHaveLength(1);
    expect(nextWake([upload({ kind: 'queued' })], NOW)).toBeNull();
  });

  it('waits for the guest to join again when the session has ended', () => {
    expect(afterFailure(upload({ kind: 'queued' }), problem(401, 'auth.required'), NOW, 0.5)).toEqual({ kind: 'held' });
    expect(nextToSend([upload({ kind: 'held' })], NOW)).toEqual([]);
  });
});

describe('after a failure', () => {
  it.each([0, 408, 429, 500, 503])('status %i is tried again', (status) => {
    const state = afterFailure(upload({ kind: 'queued' }, { attempts: 1 }), refusal(status, '', null), NOW, 0.5);
    expect(state.kind).toBe('retrying');
  });

  it('waits at least as long as the server asks', () => {
    const state = afterFailure(upload({ kind: 'queued' }), problem(429, 'rate.limited', '7'), NOW, 0);
    expect(state).toEqual({ kind: 'retrying', at: NOW + 7_000 });
  });

  it('gives up by itself some time, but lets the guest try', () => {
    const state = afterFailure(upload({ kind: 'queued' }, { attempts: ATTEMPTS_MAX }), refusal(0, '', null), NOW, 0.5);
    expect(state).toEqual({ kind: 'refused', code: null, canRetry: true });
  });

  it.each([
    [403, 'event.uploads_closed', false],
    [413, 'photo.too_large', false],
    [415, 'photo.unsupported_type', false],
    [422, 'photo.digest_mismatch', true],
  ])('%i %s is final (may be tried by hand: %s)', (status, code, canRetry) => {
    expect(afterFailure(upload({ kind: 'queued' }), problem(status, code), NOW, 0.5)).toEqual({
      kind: 'refused',
      code,
      canRetry,
    });
  });
});

describe('progress', () => {
  it('counts bytes, not files, and leaves out what was refused', () => {
    const progress = progressOf([
      upload({ kind: 'sent', photoId: 'p' }, { bytes: 100 }),
      upload({ kind: 'sending', fraction: 0.5 }, { bytes: 200 }),
      upload({ kind: 'queued' }, { bytes: 100 }),
      upload({ kind: 'refused', code: null, canRetry: false }, { bytes: 9_999 }),
    ]);
    expect(progress).toEqual({ open: 2, fraction: 0.5 });
  });
});
