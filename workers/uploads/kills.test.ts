import { beforeEach, describe, expect, it } from 'vitest';
import { emptyDatabase } from '../../src/test/pipeline/support/database.ts';
import {
  bodyOf,
  carryOn,
  codeOf,
  expectNothing,
  killAfter,
  longPhoto,
  newUpload,
  sha256Of,
  stateOf,
} from '../../src/test/pipeline/support/upload-object.ts';
import { hooks } from './test-support/main.ts';

const MEBI = 1_048_576;

beforeEach(async () => {
  await emptyDatabase();
  hooks.onStep = () => undefined;
  hooks.aheadMs = 0;
});

const PARTED = ['parts begun', 'part 1 stored', 'part 2 stored', 'part 3 stored', 'completed', 'read back'];
const RECORDED = ['recorded', 'queued'];

describe('an upload whose object is killed', () => {
  it.each([
    { bytes: 12 * MEBI + 5, steps: [...PARTED, ...RECORDED] },
    { bytes: 2 * MEBI + 1, steps: ['stored', ...RECORDED] },
  ])('after every one of its steps, with $bytes bytes, is one photo, byte for byte', async ({ steps, bytes }) => {
    const photo = await longPhoto(bytes);
    const sha256 = await sha256Of(photo);
    const upload = await newUpload({ length: photo.length, sha256 });
    const left = killAfter(steps);
    await upload.sendRest(photo, 3_000_001);
    await carryOn(upload, 20);
    expect([...left]).toEqual([]);
    expect(stateOf(await upload.peek())).toMatchObject({ status: 'done', photoId: upload.facts.uploadId });
    expect(await upload.photos()).toMatchObject([{ id: upload.facts.uploadId, sha256, bytes: photo.length }]);
    expect(await upload.stored()).toBe(sha256);
    expect(await upload.keys()).toEqual(['original']);
    expect(await upload.notes()).toEqual([]);
    expect(upload.jobs.length).toBeGreaterThan(0);
  });

  it('after every step of being refused leaves nothing but the reason', async () => {
    const photo = await longPhoto(6 * MEBI);
    const upload = await newUpload({ length: photo.length, sha256: 'a'.repeat(64) });
    const left = killAfter(['completed', 'refused', 'discarded']);
    await upload.append(0, bodyOf(photo)).catch(() => undefined);
    await carryOn(upload, 20);
    expect([...left]).toEqual([]);
    expect(codeOf(await upload.look())).toBe('photo.digest_mismatch');
    expect(await upload.keys()).toEqual([]);
    expect(await upload.notes()).toEqual([]);
    expect(await upload.photos()).toEqual([]);
  });

  it('after every step of expiring leaves nothing at all', async () => {
    const photo = await longPhoto(6 * MEBI);
    const upload = await newUpload({ length: photo.length });
    await upload.append(0, bodyOf(photo.subarray(0, 5_500_000)));
    const left = killAfter(['parts aborted', 'discarded']);
    hooks.aheadMs = 25 * 3_600_000;
    await carryOn(upload, 20, true);
    expect([...left]).toEqual([]);
    await expectNothing(upload);
  });
});
