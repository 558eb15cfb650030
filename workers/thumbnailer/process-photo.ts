import type { ThumbnailJob } from '../../src/contract/jobs.ts';
import type { FailureCode } from '../../src/contract/photos.ts';
import type { Residency } from '../../src/contract/tenants.ts';
import type { ImageFacts } from '../../src/domain/images/inspector.ts';
import { redactionsOf, type StoredRedactions } from '../../src/domain/intake/redactions.ts';
import type { Clock, Originals } from '../../src/domain/ports.ts';
import { PhotoFailure } from './photo-failure.ts';
import { makeRenditions } from './pipeline.ts';
import type { RenditionName } from './rendition-rules.ts';

/** What happens to one photo, in this order. Each may be interrupted and repeated. */
export const STEPS = [
  'job.parsed',
  'photo.loaded',
  'original.fetched',
  'decoded',
  'renditions.made',
  'renditions.stored',
  'row.committed',
  'published',
  'acked',
] as const;
export type Step = (typeof STEPS)[number];

/** A photo that waits, or one that needs no more work (finished, deleted). */
export type PhotoToProcess =
  | {
      kind: 'work';
      residency: Residency | null;
      /** what is decoded: the original, or the preview that stands for it; null: neither can be */
      source: { key: string; facts: ImageFacts } | null;
      /** as it came: what is downloaded */
      original: { key: string; bytes: number; facts: Pick<ImageFacts, 'type'> };
      /** IANA name of the event's time zone. */
      timeZone: string;
      /** `t/{tenant}/e/{event}/{photo}/` */
      prefix: string;
    }
  | { kind: 'done' };

export interface StoredRendition {
  name: RenditionName;
  key: string;
  width: number;
  height: number;
  bytes: number;
}

export interface ProcessingResult {
  width: number;
  height: number;
  thumbhash: string;
  takenAt: Date | null;
  renditions: StoredRendition[];
  redactions: StoredRedactions['redactions'];
  publicBytes: StoredRedactions['publicBytes'];
}

/** Every effect of `processPhoto`; all of them are harmless when repeated. */
export interface ProcessPhotoDeps {
  originals: Originals;
  clock: Clock;
  load(job: ThumbnailJob): Promise<PhotoToProcess>;
  /** Writes the result and its outbox row in one transaction; does nothing if the photo waits no more. */
  complete(job: ThumbnailJob, result: ProcessingResult): Promise<void>;
  fail(job: ThumbnailJob, code: FailureCode, message: string): Promise<void>;
  /** Hands to the event's room what the outbox holds for this photo; nothing, if nothing waits. */
  publish(job: ThumbnailJob): Promise<void>;
  /** For tests: may throw at a named step. */
  onStep?: (step: Step) => void | Promise<void>;
}

/**
 * Takes one photo from its original to its renditions, its row and its room.
 * Resolves when the photo is done or has failed for good; throws what is worth another try.
 */
export async function processPhoto(deps: ProcessPhotoDeps, job: ThumbnailJob): Promise<void> {
  await deps.onStep?.('job.parsed');
  const photo = await deps.load(job);
  await deps.onStep?.('photo.loaded');
  if (photo.kind === 'work') {
    try {
      await deps.complete(job, await render(deps, photo));
    } catch (error) {
      if (!(error instanceof PhotoFailure)) throw error;
      await deps.fail(job, error.code, error.message);
    }
    await deps.onStep?.('row.committed');
  }
  // Also for a photo that was done already: an earlier try may have ended between its commit and here.
  await deps.publish(job);
  await deps.onStep?.('published');
}

async function render(deps: ProcessPhotoDeps, photo: PhotoToProcess & { kind: 'work' }): Promise<ProcessingResult> {
  if (!photo.source) {
    throw new PhotoFailure('photo.no_preview', 'This file cannot be shown here, and no picture of it arrived.');
  }
  const original = await fetchOriginal(deps.originals, photo.residency, photo.source.key);
  await deps.onStep?.('original.fetched');
  const { renditions, ...facts } = await makeRenditions(original, {
    facts: photo.source.facts,
    timeZone: photo.timeZone,
    now: deps.clock.now(),
    onDecoded: () => deps.onStep?.('decoded'),
  });
  await deps.onStep?.('renditions.made');
  const stored: StoredRendition[] = [];
  for (const { name, width, height, bytes } of renditions) {
    const key = `${photo.prefix}r/${name}.webp`;
    await deps.originals.put(photo.residency, key, bytes, { type: 'image/webp', length: bytes.length });
    stored.push({ name, key, width, height, bytes: bytes.length });
  }
  await deps.onStep?.('renditions.stored');
  const redacted = await redactionsOf(deps.originals, photo.residency, photo.original);
  return { ...facts, ...redacted, renditions: stored };
}

/** Reads an object into one buffer of its exact size. @throws PhotoFailure `photo.missing` */
async function fetchOriginal(originals: Originals, residency: Residency | null, key: string): Promise<Uint8Array> {
  const object = await originals.get(residency, key);
  if (!object) throw new PhotoFailure('photo.missing', 'This photo did not arrive completely. Please send it again.');
  const bytes = new Uint8Array(object.bytes);
  let at = 0;
  for await (const chunk of object.body) {
    if (at + chunk.length > bytes.length) throw new Error('The object is longer than the store says');
    bytes.set(chunk, at);
    at += chunk.length;
  }
  if (at !== bytes.length) throw new Error('The object ended before its size');
  return bytes;
}
