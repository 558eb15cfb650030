import { beforeEach, describe, expect, it } from 'vitest';
import { emptyDatabase } from '../../src/test/pipeline/support/database.ts';
import { carryOn, killAt, longPhoto, newUpload, sha256Of, stateOf } from './test-support/harness.ts';
import { hooks } from './test-support/main.ts';

const MEBI = 1_048_576;

beforeEach(async () => {
  await emptyDatabase();
  hooks.onStep = () => undefined;
  hooks.aheadMs = 0;
});

const PARTED = ['parts begun', 'part 1 stored', 'part 2 stored', 'part 3 stored', 'completed', 'read back'];
const BOTH = ['recorded', 'queued'];

describe('an upload whose object is killed', () => {
  it.each(
    [...PARTED, ...BOTH]
      .map((step) => ({ step, bytes: 12 * MEBI + 5 }))
      .concat(['stored', ...BOTH].map((step) => ({ step, bytes: 2 * MEBI + 1 }))),
  )('after “$step” of $bytes bytes is one photo, byte for byte', async ({ step, bytes }) => {
    const photo = await longPhoto(bytes);
    const upload = await newUpload({ length: photo.length, sha256: await sha256Of(photo) });
    const kill = killAt(step);
    await upload.sendRest(photo, 3_000_001);
    await carryOn(upload);
    expect(kill.happened()).toBe(true);
    expect(stateOf(await upload.peek())).toMatchObject({ status: 'done', photoId: upload.facts.uploadId });
    expect(await upload.photos()).toMatchObject([
      { id: upload.facts.uploadId, sha256: upload.facts.sha256, bytes: photo.length },
    ]);
    expect(await upload.stored()).toEqual(photo);
    expect(await upload.keys()).toEqual(['original']);
    expect(await upload.notes()).toEqual([]);
    expect(upload.jobs.length).toBeGreaterThan(0);
  });
});
