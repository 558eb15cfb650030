import { describe, expect, it } from 'vitest';
import { chosen, file, NOW, upload } from '../test-support/uploads.ts';
import {
  isChosenTwice,
  isSameAsAnother,
  nextToCopy,
  nextToPrepare,
  nextToSend,
  nextWake,
  progressOf,
  replacedBy,
} from './queue-rules.ts';

const queued = { kind: 'queued' } as const;

describe('the queue', () => {
  it('reads one file at a time, makes one picture at a time, and sends two, the oldest first', () => {
    const unread = [chosen(), { ...chosen(), key: 'l' }];
    expect(nextToCopy(unread)?.key).toBe('k');
    expect(nextToCopy([{ ...chosen(), state: { kind: 'copying' } }, ...unread])).toBeNull();
    const wants = [upload(queued, { key: 'a', picture: 'wanted' }), upload(queued, { key: 'b', picture: 'wanted' })];
    expect(nextToPrepare(wants)?.key).toBe('a');
    expect(nextToPrepare([upload({ kind: 'preparing' }), ...wants])).toBeNull();
    const queue = [
      upload({ kind: 'sending', fraction: 0.5 }, { key: 'a' }),
      upload(queued, { key: 'b' }),
      upload(queued, { key: 'c' }),
    ];
    expect(nextToSend(queue, NOW).map(({ key }) => key)).toEqual(['b']);
    expect(nextToSend([...queue, upload({ kind: 'sending', fraction: 0 })], NOW)).toEqual([]);
    expect(nextToSend([...unread, ...wants], NOW)).toEqual([]);
  });

  it('takes up a failed one only when its time has come, and a paused one not at all', () => {
    const retrying = upload({ kind: 'retrying', at: NOW + 500 });
    expect(nextToSend([retrying], NOW)).toEqual([]);
    expect(nextWake([retrying], NOW)).toBe(500);
    expect(nextToSend([retrying], NOW + 500)).toHaveLength(1);
    expect(nextWake([upload(queued), { ...retrying, isPaused: true }], NOW)).toBeNull();
    expect(nextToSend([upload(queued, { isPaused: true })], NOW)).toEqual([]);
  });
});

describe('the same photo twice', () => {
  it('is known by what a double tap hands out, while the first is on its way', () => {
    expect(isChosenTwice([chosen()], file)).toBe(true);
    expect(isChosenTwice([chosen()], { ...file, lastModified: 6 })).toBe(false);
    expect(isChosenTwice([{ ...chosen(), state: { kind: 'lost' } }], file)).toBe(false);
  });

  it('takes the place of one that could not be read or was thrown away, and of one only', () => {
    const unread = [upload({ kind: 'unreadable' }, { key: 'a' }), upload({ kind: 'unreadable' }, { key: 'b' })];
    expect(replacedBy(unread, { ...file, size: 7 })?.key).toBe('a');
    expect(replacedBy(unread, { ...file, name: 'b.jpg' })).toBeNull();
    const lost = [upload({ kind: 'lost' })];
    expect(replacedBy(lost, file)).toBe(lost[0]);
    expect(replacedBy(lost, { ...file, size: 7 })).toBeNull();
    expect(replacedBy([upload(queued)], file)).toBeNull();
  });

  it('is known by its bytes under any name', () => {
    const one = upload(queued, { key: 'a', sha256: 'ff' });
    expect(isSameAsAnother([one], upload(queued, { key: 'b', sha256: 'ff' }))).toBe(true);
    expect(isSameAsAnother([one], one)).toBe(false);
    expect(isSameAsAnother([{ ...one, sha256: null }], upload(queued, { key: 'b', sha256: null }))).toBe(false);
  });
});

describe('progress', () => {
  it('counts bytes, not files, and leaves out what was refused', () => {
    const progress = progressOf([
      upload({ kind: 'sent', photoId: 'p' }, { bytes: 100 }),
      upload({ kind: 'sending', fraction: 0.5 }, { bytes: 200 }),
      upload(queued, { bytes: 100, isPaused: true }),
      upload({ kind: 'refused', code: null, canRetry: false }, { bytes: 9_999 }),
    ]);
    expect(progress).toEqual({ open: 2, paused: 1, sent: 1, fraction: 0.5 });
  });

  it('stays where a broken connection has left it, and is about the copy while that is what is sent', () => {
    expect(progressOf([upload({ kind: 'retrying', at: 1 }, { bytes: 200, offset: 50 })]).fraction).toBe(0.25);
    const copy = upload({ kind: 'sending', fraction: 0.5 }, { phase: 'copy', pictureBytes: 10, bytes: 1_000 });
    expect(progressOf([copy, upload(queued, { bytes: 10 })]).fraction).toBe(0.25);
  });
});
