import { describe, expect, it } from 'vitest';
import { chosen, file, FORMATS, HEIC, heic, upload } from '../test-support/uploads.ts';
import { isWorthCopy, precheck } from './file-rules.ts';
import { nextToPrepare, nextToSend } from './queue-rules.ts';
import {
  afterReopening,
  afterSent,
  afterUnshowable,
  isWorthKeeping,
  lengthOf,
  needsReading,
  reread,
  type UploadState,
} from './upload-rules.ts';

const photo = { id: 'p', preview: null };
const sending: UploadState = { kind: 'sending', fraction: 1 };

describe('before anything is read', () => {
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
    expect(chosen(facts).state.kind).toBe(code ? 'refused' : 'queued');
  });

  it.each([
    [heic, 'wanted'],
    [{ ...heic, name: 'b', type: 'image/heif' }, 'wanted'],
    [{ ...file, size: 41_000_000 }, 'wanted'],
    [{ ...file, name: 'b.mp4', type: 'video/mp4;codecs=avc1' }, 'wanted'],
    [file, 'none'],
  ])('%o: a picture of it is %s', (facts, picture) => {
    expect(chosen(facts).picture).toBe(picture);
  });
});

describe('a file that is tried again', () => {
  const spoilt = { kind: 'refused', code: 'photo.digest_mismatch', canRetry: true } as const;

  it('is read anew when its bytes may be others, and not when they are kept', () => {
    const memory = { stored: 'memory', sha256: 'ff', place: '/u/1', offset: 5, attempts: 4 } as const;
    expect(needsReading(upload({ kind: 'unreadable' }, { stored: 'coming' }))).toBe(true);
    expect(needsReading(upload(spoilt, memory))).toBe(true);
    expect(needsReading(upload(spoilt))).toBe(false);
    expect(needsReading(upload({ kind: 'unreadable' }))).toBe(false);
    expect(needsReading(upload({ ...spoilt, code: 'quota.exceeded' }, memory))).toBe(false);
    expect(reread(upload(spoilt, memory), 'again')).toMatchObject({
      sendKey: 'again',
      stored: 'coming',
      sha256: null,
      place: null,
      offset: 0,
      attempts: 0,
      state: { kind: 'queued' },
    });
  });
});

describe('a file that is not decoded at the server', () => {
  const waiting = upload({ kind: 'queued' }, { ...chosen(heic), stored: 'kept', tab: null });
  const made = { ...waiting, picture: 'made' as const, pictureBytes: 300 };

  it('goes behind its picture, and counts with it', () => {
    expect(lengthOf(made)).toBe(1_300);
    expect(lengthOf({ ...made, phase: 'picture' })).toBe(300);
    expect(nextToSend([waiting], 0)).toEqual([]);
    expect(nextToSend([made], 0)).toEqual([made]);
  });

  it('that this browser cannot show waits for a word, unless a service can read it', () => {
    expect(afterUnshowable(waiting, FORMATS).state).toEqual({ kind: 'unshowable' });
    const read = afterUnshowable(waiting, [{ ...HEIC, isTranscoded: true }]);
    expect(nextToSend([read], 0)).toEqual([read]);
    expect(nextToPrepare([read])).toBeNull();
  });

  it('and that nobody thought would need a picture gets one when the server says so', () => {
    const asked = afterSent(upload(sending), { id: 'p', preview: 'missing' }, 'new');
    expect(asked).toMatchObject({ phase: 'picture', photoId: 'p', sendKey: 'new', place: null });
    expect(nextToPrepare([asked])).toBe(asked);
    expect(afterUnshowable(asked, FORMATS).state).toEqual({ kind: 'sent', photoId: 'p' });
  });

  it('is done when no picture is wanted, or there is none to be had', () => {
    const done = { kind: 'sent', photoId: 'p' };
    expect(afterSent(made, photo, 'new').state).toEqual(done);
    expect(afterSent({ ...waiting, picture: 'impossible' }, { id: 'p', preview: 'missing' }, 'new').state).toEqual(
      done,
    );
    expect(afterSent({ ...made, phase: 'picture' }, { id: 'p', preview: 'missing' }, 'new').state).toEqual(done);
  });
});

describe('a smaller copy', () => {
  const large = { ...file, size: 4_000_000 };

  it('is made where it saves something', () => {
    expect(chosen(large, true)).toMatchObject({ phase: 'copy', picture: 'wanted' });
    expect(chosen(large, false)).toMatchObject({ phase: 'whole', picture: 'none' });
    expect(chosen(file, true).phase).toBe('whole');
    expect(isWorthCopy({ ...large, type: 'image/gif' })).toBe(false);
    expect(isWorthCopy({ ...large, type: 'video/mp4' })).toBe(false);
  });

  it('arrives, and its original waits; where it was taken for the photo itself, that is sent as well', () => {
    const copy = upload(sending, { ...chosen(large, true), pictureBytes: 400, stored: 'kept' });
    const there = afterSent(copy, { ...photo, copy: true }, 'new');
    expect(there).toMatchObject({ phase: 'original', photoId: 'p', place: null, state: { kind: 'copied' } });
    expect(lengthOf(there)).toBe(4_000_000);
    expect(afterSent(copy, photo, 'new')).toMatchObject({ phase: 'whole', photoId: null, state: { kind: 'queued' } });
    expect(afterSent({ ...there, state: sending }, photo, 'new').state.kind).toBe('sent');
  });

  it('that cannot be made is no reason to keep a JPEG back', () => {
    expect(afterUnshowable(chosen(large, true), FORMATS)).toMatchObject({ phase: 'whole', state: { kind: 'queued' } });
  });
});

describe('when the page is opened again', () => {
  it.each<[UploadState, UploadState['kind']]>([
    [sending, 'queued'],
    [{ kind: 'retrying', at: 9 }, 'queued'],
    [{ kind: 'preparing' }, 'queued'],
    [{ kind: 'held' }, 'queued'],
    [{ kind: 'copied' }, 'copied'],
    [{ kind: 'unshowable' }, 'unshowable'],
    [{ kind: 'refused', code: 'event.uploads_closed', canRetry: true }, 'refused'],
  ])('%o goes on as %s', (state, kind) => {
    const found = afterReopening(upload(state, { attempts: 7, tab: 'closed' }), 1, 1);
    expect(found).toMatchObject({ tab: null, state: { kind } });
  });

  it('what was not put aside to its end, or was thrown away, has to be chosen again', () => {
    const lost = { kind: 'lost' };
    expect(afterReopening(upload({ kind: 'copying' }, { stored: 'coming' }), 1, 1).state).toEqual(lost);
    expect(afterReopening(upload({ kind: 'queued' }), 2, 3).state).toEqual(lost);
  });

  it('nothing stands there that has no bytes', () => {
    expect(isWorthKeeping(upload({ kind: 'queued' }))).toBe(true);
    expect(isWorthKeeping(upload({ kind: 'duplicate', of: 'sent' }))).toBe(false);
    expect(isWorthKeeping(upload({ kind: 'queued' }, { stored: 'memory' }))).toBe(false);
  });
});
