import { describe, expect, it } from 'vitest';
import { isOfFile, looksAlike, originalOnArrival, requireOriginal } from './rules.ts';

const copy = { originalState: 'awaited', copySha256: 'c', sha256: 'c', storedWidth: 2048, storedHeight: 1536 } as const;
const original = { type: 'image/jpeg', width: 4032, height: 3024, sha256: 'o' } as const;
const known = { ...copy, originalState: 'arrived', sha256: 'o' } as const;
const code = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('an original', () => {
  it.each([
    ['is wanted of a copy of its shape', copy, original, false, 'wanted'],
    ['may be turned by a quarter', copy, { ...original, width: 3024, height: 4032 }, false, 'wanted'],
    ['is known when it comes again', known, original, false, 'known'],
    ['is known when it has been looked at', { ...known, originalState: null }, original, false, 'known'],
    ['is no film', copy, { ...original, type: 'video/mp4' }, false, 'photo.original_mismatch'],
    ['is not the copy again', copy, { ...original, sha256: 'c' }, false, 'photo.original_mismatch'],
    ['has no other shape', copy, { ...original, width: 4032, height: 4032 }, false, 'photo.original_mismatch'],
    ['is no photo of its own already', copy, original, true, 'photo.original_not_awaited'],
    ['is not replaced by another', known, { ...original, sha256: 'x' }, false, 'photo.original_not_awaited'],
    [
      'is nothing to a photo that never had a copy',
      { ...known, originalState: null, copySha256: null },
      original,
      false,
      'photo.original_not_awaited',
    ],
  ] as const)('%s', (_name, photo, file, isElsewhere, verdict) => {
    expect(code(() => requireOriginal(photo, file, isElsewhere))).toBe(verdict);
  });

  it('is looked at when it has come, and begins anew what could not be shown', () => {
    const now = new Date('2026-11-21T20:00:00Z');
    const file = { ...original, animated: false, decodedBy: 'own' } as unknown as Parameters<
      typeof originalOnArrival
    >[1];
    const coded = { ...file, decodedBy: 'preview' as const };
    const photo = { status: 'approved', animated: false } as const;
    const size = { storedWidth: 4032, storedHeight: 3024 };
    expect(originalOnArrival(photo, file, now)).toMatchObject({ ...size, originalState: 'arrived', backfillAt: now });
    expect(originalOnArrival(photo, coded, now)).toMatchObject({ originalState: 'unread', backfillAt: now });
    const failed = { ...photo, status: 'failed' } as const;
    const anew = { status: 'processing', originalState: null, backfillAt: null, failureCode: null };
    expect(originalOnArrival(failed, file, now)).toMatchObject({ ...anew, previewState: null });
    expect(originalOnArrival(failed, coded, now)).toMatchObject({ ...anew, previewState: 'missing' });
  });

  it('looks like its copy when few of 64 bits differ, and both are bytes of one photo', () => {
    expect(looksAlike('ffff0000ffff0000', 'ffff0000ffff0003')).toBe(true);
    expect(looksAlike('ffff0000ffff0000', '0000ffffffff0000')).toBe(false);
    expect(['c', 'o', 'x'].map((sha256) => isOfFile(known, sha256))).toEqual([true, true, false]);
  });
});
