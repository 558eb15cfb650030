import { createExecutionContext, createMessageBatch, getQueueResult } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Originals } from '../../src/domain/ports.ts';
import { quarters, truncated } from '../../src/test/support/images.ts';
import { MODULES } from './codecs/modules.ts';
import { openWorkbench } from './decoders/index.ts';
import { handleBatch, retryDelaySeconds } from './batch.ts';
import type { BatchDeps } from './batch.ts';
import { STEPS } from './process-photo.ts';
import type { ProcessingResult, Step } from './process-photo.ts';
import { encodeJpeg, pixelsOf } from './test-support/encode-jpeg.ts';

const bucket = (env as unknown as { ORIGINALS: R2Bucket }).ORIGINALS;

const bench = openWorkbench(MODULES);

/** The bucket of this test run, through the port. */
/** The pipeline puts nothing together of parts. */
const notAsked = () => Promise.reject(new Error('not asked'));
const originals: Originals = {
  beginParts: notAsked,
  putPart: notAsked,
  completeParts: notAsked,
  abortParts: notAsked,
  async put(_residency, key, body, { type }) {
    await bucket.put(key, body, { httpMetadata: { contentType: type } });
    return { md5: null };
  },
  async get(_residency, key, range) {
    const object = await bucket.get(key, range ? { range } : {});
    return (
      object && {
        body: object.body,
        bytes: object.size,
        type: object.httpMetadata?.contentType ?? '',
        etag: object.etag,
      }
    );
  },
  async deletePrefix() {
    throw new Error('The thumbnailer deletes nothing');
  },
  async count() {
    throw new Error('The thumbnailer counts nothing');
  },
};

const id = (digit: number): string => `${String(digit).repeat(8)}-0000-4000-8000-000000000000`;
const jobOf = (digit: number) => ({ v: 1, tenantId: id(1), eventId: id(2), photoId: id(digit) });

/** A row per photo, as the database keeps it: written once, and publication repeated until it is done. */
interface Row {
  status: 'processing' | 'done' | 'failed';
  result?: ProcessingResult;
  failure?: { code: string; message: string };
  commits: number;
  published: number;
}

function setup(options: { failAt?: (step: Step, photo: number) => boolean } = {}) {
  const rows = new Map<string, Row>();
  const parked: { id: string; reason: string }[] = [];
  const steps: Step[] = [];
  const delays: (number | undefined)[] = [];
  const add = (digit: number): Row => {
    const row: Row = { status: 'processing', commits: 0, published: 0 };
    rows.set(id(digit), row);
    return row;
  };
  const rowOf = (photoId: string): Row => rows.get(photoId) as Row;
  const prefix = (photoId: string): string => `t/${id(1)}/e/${id(2)}/${photoId}/`;
  let working = 0;
  const deps: BatchDeps = {
    originals,
    clock: { now: () => new Date('2026-11-21T12:00:00Z') },
    bench,
    async load({ photoId }) {
      working = Number(photoId[0]);
      const row = rows.get(photoId);
      if (!row || row.status !== 'processing') return { kind: 'done' };
      const facts = { type: 'image/jpeg', width: 800, height: 600 } as const;
      const key = `${prefix(photoId)}original`;
      const original = { key, facts, bytes: (await bucket.head(key))?.size ?? 0 };
      return {
        kind: 'work',
        residency: null,
        source: original,
        original,
        keepsPlace: false,
        timeZone: 'UTC',
        prefix: prefix(photoId),
      };
    },
    async complete({ photoId }, result) {
      const row = rowOf(photoId);
      if (row.status === 'processing') Object.assign(row, { status: 'done', result, commits: row.commits + 1 });
    },
    async fail({ photoId }, { code, message }) {
      Object.assign(rowOf(photoId), { status: 'failed', failure: { code, message } });
    },
    async publish({ photoId }) {
      const row = rows.get(photoId);
      if (row && row.status !== 'processing' && row.published < row.commits) row.published += 1;
    },
    async park(message, reason) {
      parked.push({ id: message.id, reason });
    },
    report() {},
    log() {},
    onStep(step) {
      steps.push(step);
      if (options.failAt?.(step, working)) throw new Error(`interrupted at ${step}`);
    },
  };
  async function deliver(bodies: unknown[], attempts = 1) {
    const messages = bodies.map((body, at) => ({ id: String(at), timestamp: new Date(), attempts, body }));
    const batch = createMessageBatch('momentique-thumbnails', messages);
    for (const message of batch.messages) {
      const retry = message.retry.bind(message);
      message.retry = (settings) => {
        delays.push(settings?.delaySeconds);
        retry(settings);
      };
    }
    await handleBatch(batch, deps);
    return getQueueResult(batch, createExecutionContext());
  }
  const store = (digit: number, bytes: Uint8Array) => bucket.put(`${prefix(id(digit))}original`, bytes);
  return { deps, parked, steps, delays, add, store, deliver, prefix };
}

let jpeg: Uint8Array;
beforeEach(async () => {
  jpeg ??= await encodeJpeg(quarters(800, 600));
  for (const { key } of (await bucket.list()).objects) await bucket.delete(key);
});

describe('processing one photo', () => {
  it('stores the renditions, commits, publishes and acknowledges, in that order', async () => {
    const { add, store, deliver, steps, prefix } = setup();
    const row = add(3);
    await store(3, jpeg);
    const result = await deliver([jobOf(3)]);
    expect(result.explicitAcks).toEqual(['0']);
    expect(steps).toEqual([...STEPS]);
    expect(row).toMatchObject({ status: 'done', commits: 1, published: 1, result: { width: 800, height: 600 } });
    expect(row.result?.renditions.map(({ name, width }) => [name, width])).toEqual([
      [320, 320],
      [960, 800],
    ]);
    for (const { key, name, width, height, bytes } of row.result?.renditions ?? []) {
      expect(key).toBe(`${prefix(id(3))}r/${name}.webp`);
      const object = await bucket.get(key);
      expect(object).toMatchObject({ size: bytes, httpMetadata: { contentType: 'image/webp' } });
      expect(await pixelsOf(new Uint8Array(await object!.arrayBuffer()))).toMatchObject({ width, height });
    }
  });

  it.each(STEPS)('interrupted at %s, comes to the same end when it is delivered again', async (interrupted) => {
    let armed = true;
    const { add, store, deliver } = setup({ failAt: (step) => armed && step === interrupted });
    const row = add(3);
    await store(3, jpeg);
    const first = await deliver([jobOf(3)]);
    if (interrupted !== 'acked') expect(first.retryMessages).toMatchObject([{ msgId: '0' }]);
    armed = false;
    const second = await deliver([jobOf(3)], 2);
    expect(second.explicitAcks).toEqual(['0']);
    expect(row).toMatchObject({ status: 'done', commits: 1, published: 1 });
    expect((await bucket.list()).objects.map(({ key }) => key.split('/').slice(5).join('/')).sort()).toEqual([
      'original',
      'r/320.webp',
      'r/960.webp',
    ]);
  });

  it('fails a damaged photo and a missing original for good', async () => {
    const { add, store, deliver } = setup();
    const damaged = add(3);
    const missing = add(4);
    await store(3, truncated(jpeg, 0.3));
    const result = await deliver([jobOf(3), jobOf(4)]);
    expect(result.explicitAcks).toEqual(['0', '1']);
    expect(damaged).toMatchObject({ status: 'failed', failure: { code: 'photo.corrupt' } });
    expect(missing).toMatchObject({ status: 'failed', failure: { code: 'photo.missing' } });
  });

  it('acknowledges a photo that is gone or done already', async () => {
    const { deliver, steps } = setup();
    expect((await deliver([jobOf(5)])).explicitAcks).toEqual(['0']);
    expect(steps).toEqual(['job.parsed', 'photo.loaded', 'published', 'acked']);
  });
});

describe('a batch', () => {
  it('repeats only the photo that could not be finished, after a pause that grows', async () => {
    const { add, store, deliver, delays } = setup({
      failAt: (step, photo) => photo === 4 && step === 'renditions.made',
    });
    const rows = [3, 4, 5].map(add);
    for (const digit of [3, 4, 5]) await store(digit, jpeg);
    const result = await deliver([jobOf(3), jobOf(4), jobOf(5)], 3);
    expect(result.explicitAcks).toEqual(['0', '2']);
    expect(result.retryMessages).toMatchObject([{ msgId: '1' }]);
    expect(delays).toEqual([20]);
    expect(rows.map(({ status }) => status)).toEqual(['done', 'processing', 'done']);
    expect([1, 2, 6, 7, 50].map(retryDelaySeconds)).toEqual([5, 10, 160, 300, 300]);
  });

  it('parks at once what is no job, without repeating what it says', async () => {
    const { deliver, parked, add, store } = setup();
    const row = add(3);
    await store(3, jpeg);
    const result = await deliver(['nonsense', { ...jobOf(3), v: 2 }, { ...jobOf(3), secret: 'hunter2' }, jobOf(3)]);
    expect(result.explicitAcks).toEqual(['0', '1', '2', '3']);
    expect(parked.map(({ id: message }) => message)).toEqual(['0', '1', '2']);
    expect(JSON.stringify(parked)).not.toContain('hunter2');
    expect(row.status).toBe('done');
  });

  it('keeps a message that could not be parked', async () => {
    const { deps, deliver } = setup();
    deps.park = () => Promise.reject(new Error('the database is away'));
    expect((await deliver(['nonsense'])).retryMessages).toMatchObject([{ msgId: '0' }]);
  });
});
