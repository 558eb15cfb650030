import { describe, expect, it } from 'vitest';
import { figureOf, medianOf, ratioOf } from './measure.ts';
import { benchRender } from './render.ts';
import { meets, textOf, type BenchResult } from './report.ts';
import { benchRls } from './rls.ts';
import { benchRoom } from './room/index.ts';
import { benchMemory } from './thumbnails/memory.ts';
import { benchNeighbours } from './thumbnails/neighbours.ts';
import { benchThumbnails } from './thumbnails/index.ts';
import { benchUploads } from './uploads/index.ts';
import { galleryStatements } from './statements.ts';

/** The short forms say that a benchmark runs; how fast this machine is at the moment is no test. */
function expectFigures(result: BenchResult) {
  const figures = [...result.ratios, ...result.lines].map((row) => row.figure.median);
  // Processor time is known on Linux only.
  const known = process.platform === 'linux' ? figures : figures.filter((value) => !Number.isNaN(value));
  expect(known.length).toBeGreaterThan(4);
  for (const value of known) expect(value).toBeGreaterThan(0);
  for (const value of known) expect(value).toBeLessThan(Number.POSITIVE_INFINITY);
  expect(textOf(result)).toContain('target');
}

describe('the benchmarks run', () => {
  it('of row-level security, on a small database', async () => {
    const result = await benchRls({
      volume: { tenants: 4, eventsPerTenant: 1, guestsPerEvent: 5, photosPerEvent: 150 },
      reads: { rounds: 2, warmUp: 2, measured: 10 },
      writes: { rounds: 2, warmUp: 1, measured: 4 },
    });
    expectFigures(result);
  });

  it('of rendering, for some seconds', async () => {
    expectFigures(await benchRender({ rounds: 1, warmUp: 0, seconds: 1, connections: 10 }));
  });

  it('of thumbnails, of one small photo, in all three ways', async () => {
    const photos = [{ name: 'small', recipe: { type: 'image/jpeg', size: 0.5 } as const, target: 9 }];
    expectFigures(await benchThumbnails({ rounds: 1, warmUp: 0, inRuntime: false, photos }));
  });

  it('of what photos take of the memory, and of their neighbours', async () => {
    const small = { name: 'small', recipe: { type: 'image/jpeg', size: 0.5 } as const };
    const { ratios } = await benchMemory([small]);
    expect(ratios.every((ratio) => ratio.figure.median > 0 && meets(ratio))).toBe(true);
    expectFigures(await benchNeighbours({ rounds: 1, warmUp: 0, good: 2, bad: 1 }));
  });

  it('of uploads, with small photos and a quick link', async () => {
    const throughput = { rounds: 1, warmUp: 0, bytes: 1_000_000 };
    const phone = { rounds: 1, photos: 3, bytes: 200_000, linkBytes: 2_000_000 };
    expectFigures(await benchUploads({ throughput, phone }));
  });

  it('of the room against ws and socket.io, with twenty sockets', async () => {
    const few = { sockets: 20, posts: 3, intervalMs: 0 };
    const many = { ...few, rounds: 1 };
    const result = await benchRoom({ rounds: 1, warmUp: 0, few, many, history: 50, flood: 20, spread: 0.02 });
    expectFigures(result);
    const targets = result.ratios.filter((ratio) => ratio.target).map(({ reference }) => reference);
    for (const part of ['ws', 'socket.io', 'without its log', 'that read', 'one second']) {
      expect(
        targets.some((reference) => reference.includes(part)),
        part,
      ).toBe(true);
    }
  });
});

describe('what is measured', () => {
  it('is the batch that a gallery sends: its tenant first, then the event, who asks, its albums, what is announced, the consent, and one photo more than a page', async () => {
    const batch = await galleryStatements('bec00001-0000-4000-8000-000000000001', 'event-1', 100);
    expect(batch).toHaveLength(8);
    expect(batch[0]?.query).toContain('set_config');
    expect(batch[1]?.query).toContain('from "events"');
    expect(batch[2]?.query).toContain('"guests"');
    for (const place of [3, 4]) expect(batch[place]?.query).toContain('from "albums"');
    expect(batch[5]?.query).toContain('from "announcements"');
    expect(batch[6]?.query).toContain('from "consent_texts"');
    expect(batch[7]?.query).toContain('from "photos" inner join "guests"');
    expect(batch[7]?.params.at(-1)).toBe(101);
  });

  it('is compared round by round', () => {
    expect(medianOf([9, 1, 4, 2])).toBe(3);
    expect(figureOf([3, 1, 2])).toEqual({ median: 2, min: 1, max: 3 });
    expect(ratioOf([2, 9, 8], [1, 3, 4])).toEqual({ median: 2, min: 2, max: 3 });
  });

  it('meets a target by its median', () => {
    const figure = { median: 1.1, min: 1, max: 2 };
    expect(meets({ name: '', reference: '', figure, target: { is: 'at most', value: 1.15 } })).toBe(true);
    expect(meets({ name: '', reference: '', figure, target: { is: 'at least', value: 1.15 } })).toBe(false);
  });
});
