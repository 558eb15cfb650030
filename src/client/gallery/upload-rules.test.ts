import { describe, expect, it } from 'vitest';
import type { BootFormat } from '../../contract/boot.ts';
import { refusal } from '../shared/api.ts';
import {
  afterFailure,
  afterSent,
  afterUnshowable,
  ATTEMPTS_MAX,
  newUpload,
  nextToPrepare,
  nextToSend,
  nextWake,
  precheck,
  progressOf,
  type Upload,
  type UploadState,
} from './upload-rules.ts';

const format = (type: BootFormat['type'], over: Partial<BootFormat> = {}): BootFormat => ({
  type,
  maxBytes: 50_000_000,
  previewAbove: 40_000_000,
  isTranscoded: false,
  ...over,
});
const HEIC = format('image/heic', { previewAbove: 0 });
const FORMATS = [
  format('image/jpeg'),
  HEIC,
  format('video/mp4', { maxBytes: 100_000_000, previewAbove: 0 }),
  format('video/quicktime', { maxBytes: 100_000_000, previewAbove: 0 }),
];
const NOW = 1_000_000;
const file = { name: 'a.jpg', size: 1_000, type: 'image/jpeg' };
const heic = { name: 'IMG_1.HEIC', size: 1_000, type: '' };
const upload = (state: UploadState, more: Partial<Upload> = {}): Upload => ({
  ...newUpload(file, 'k', FORMATS),
  state,
  ...more,
});
const problem = (status: number, code: string, retryAfter: string | null = null) =>
  refusal(status, JSON.stringify({ status, code }), retryAfter);

describe('before sending', () => {
  it.each([
    [{ ...file, size: 0 }, 'photo.empty'],
    [{ ...file, size: 50_000_001 }, 'photo.too_large'],
    [{ ...file, type: 'application/pdf' }, 'photo.unsupported_type'],
    [{ ...file, name: 'a.mov', type: '', size: 99_000_000 }, null],
    [{ ...file, type: 'video/mp4', size: 100_000_001 }, 'photo.too_large'],
    [{ ...file, name: 'a', type: '', size: 99_000_000 }, null],
    [{ ...file, name: 'a', type: '' }, null],
    [file, null],
  ])('%o is judged %s', (facts, code) => {
    expect(precheck(facts, FORMATS)).toBe(code);
  });
});

describe('a file that is not decoded at the server', () => {
  const waiting = newUpload(heic, 'h', FORMATS);

  it.each([
    [heic, 'wanted'],
    [{ ...heic, name: 'b', type: 'image/heif' }, 'wanted'],
    [{ ...file, size: 41_000_000 }, 'wanted'],
    [{ ...file, name: 'b.mp4', type: 'video/mp4;codecs=avc1' }, 'wanted'],
    [file, 'none'],
  ])('%o: a picture of it is %s', (facts, preview) => {
    expect(newUpload(facts, 'k', FORMATS).preview).toBe(preview);
  });

  it('is not sent before there is a picture of it, and only one is made at a time', () => {
    const other = { ...waiting, key: 'i' };
    expect(nextToSend([waiting], NOW)).toEqual([]);
    expect(nextToPrepare([waiting, other])?.key).toBe('h');
    expect(nextToPrepare([{ ...waiting, state: { kind: 'preparing' } }, other])).toBeNull();
    const made: Upload = { ...waiting, preview: 'made' };
    expect(nextToPrepare([made])).toBeNull();
    expect(nextToSend([made], NOW)).toEqual([made]);
  });

  it('that this browser cannot show waits for a word, unless a service can read it', () => {
    expect(afterUnshowable(waiting, heic, FORMATS).state).toEqual({ kind: 'unshowable' });
    const read = afterUnshowable(waiting, heic, [{ ...HEIC, isTranscoded: true }]);
    expect(nextToSend([read], NOW)).toEqual([read]);
    expect(nextToPrepare([read])).toBeNull();
  });

  it('is sent, and then its picture', () => {
    const sent = afterSent({ ...waiting, preview: 'made', attempts: 3 }, { id: 'p', preview: 'wanted' });
    expect(sent).toMatchObject({ photoId: 'p', attempts: 0, state: { kind: 'queued' } });
    expect(nextToSend([sent], NOW)).toEqual([sent]);
    expect(progressOf([sent])).toEqual({ open: 1, fraction: 1 });
  });

  it('nobody thought would need a picture gets one when the server says so', () => {
    const asked = afterSent(upload({ kind: 'sending', fraction: 1 }), { id: 'p', preview: 'missing' });
    expect(nextToPrepare([asked])).toBe(asked);
    expect(afterUnshowable(asked, file, FORMATS).state).toEqual({ kind: 'sent', photoId: 'p' });
  });

  it('is done when none is wanted, or there is none to be had', () => {
    const done = { kind: 'sent', photoId: 'p' };
    expect(afterSent({ ...waiting, preview: 'made' }, { id: 'p', preview: null }).state).toEqual(done);
    expect(afterSent({ ...waiting, preview: 'impossible' }, { id: 'p', preview: 'missing' }).state).toEqual(done);
  });

  it('keeps sending the picture while that can help, and no longer', () => {
    const following = upload({ kind: 'sending', fraction: 0 }, { photoId: 'p', preview: 'made', attempts: 1 });
    expect(afterFailure(following, refusal(0, '', null), NOW, 0.5)).toMatchObject({ kind: 'retrying' });
    expect(afterFailure(following, problem(401, 'auth.required'), NOW, 0.5)).toEqual({ kind: 'held' });
    for (const [status, code] of [
      [404, 'photo.not_found'],
      [422, 'photo.preview_mismatch'],
    ] as const) {
      expect(afterFailure(following, problem(status, code), NOW, 0.5)).toEqual({ kind: 'sent', photoId: 'p' });
    }
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
