import type { ThumbnailJob } from '../../src/contract/jobs.ts';
import type { FailureCode } from '../../src/contract/photos.ts';
import type { Residency } from '../../src/contract/tenants.ts';
import { publicFileOf, type PublicFile } from '../../src/domain/intake/public-files.ts';
import { looksAlike } from '../../src/domain/intake/originals/rules.ts';
import type { Clock, Originals } from '../../src/domain/ports.ts';
import { openAccount, type Account } from './account.ts';
import type { Workbench } from './decoders/index.ts';
import { PhotoFailure } from './photo-failure.ts';
import { openSource, type StoredObjectFacts } from './photo-source.ts';
import { makeRenditions } from './pipeline.ts';
import type { RenditionName } from './rendition-rules.ts';

/** What happens to one photo, in this order. Each may be interrupted and repeated. */
export const STEPS = [
  'job.parsed',
  'photo.loaded',
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
      /** as it came; what is downloaded */
      original: StoredObjectFacts;
      /** what is decoded: the original, or the preview that stands for it; null: neither can be */
      source: StoredObjectFacts | null;
      /** perceptual hash of what people have seen of it: another picture is not made into renditions */
      looksLike?: string;
      /** renditions that there are */
      present?: readonly number[];
      /** by choice the place stays in what others download */
      keepsPlace: boolean;
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

export type ProcessingResult = PublicFile & {
  originalKey: string;
  isOther: boolean;
  width: number;
  height: number;
  thumbhash: string;
  takenAt: Date | null;
  renditions: StoredRendition[];
  features: { dominantColour: string; sharpness: number; perceptualHash: string };
  partialShare: number;
  processing: ProcessingFigures;
};

/** What is kept of the account of one photo. */
export interface ProcessingFigures {
  peakBytes: number;
  /** milliseconds by stage */
  cpuMs: Record<string, number>;
  decoder: string;
  scale: string;
}

/** Every effect of `processPhoto`; all of them are harmless when repeated. */
export interface ProcessPhotoDeps {
  originals: Originals;
  clock: Clock;
  bench: Workbench;
  load(job: ThumbnailJob): Promise<PhotoToProcess>;
  /** Writes the result and its outbox row in one transaction; does nothing if the photo waits no more. */
  complete(job: ThumbnailJob, result: ProcessingResult): Promise<void>;
  fail(
    job: ThumbnailJob,
    failure: { code: FailureCode; message: string; processing: ProcessingFigures },
  ): Promise<void>;
  /** One line for each photo: what it took, or why it failed. */
  report(job: ThumbnailJob, line: Record<string, unknown>): void;
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
    const account = openAccount(() => scheduler.wait(0));
    const type = photo.source?.facts.type ?? photo.original.facts.type;
    try {
      const result = await render(deps, photo, account);
      await deps.complete(job, result);
      deps.report(job, { event: 'photo.processed', type, ...result.processing, partialShare: result.partialShare });
    } catch (error) {
      if (!(error instanceof PhotoFailure)) throw error;
      const processing = figuresOf(account, type, 'none');
      await deps.fail(job, { code: error.code, message: error.message, processing });
      deps.report(job, { event: 'photo.failed', code: error.code, ...processing });
    }
    await deps.onStep?.('row.committed');
  }
  // Also for a photo that was done already: an earlier try may have ended between its commit and here.
  await deps.publish(job);
  await deps.onStep?.('published');
}

function figuresOf(account: Account, decoder: string, scale: string): ProcessingFigures {
  const { peakBytes, ms } = account.report();
  const cpuMs = Object.fromEntries(Object.entries(ms).map(([stage, value]) => [stage, Math.round(value * 10) / 10]));
  return { peakBytes, cpuMs, decoder, scale };
}

async function render(
  deps: ProcessPhotoDeps,
  photo: PhotoToProcess & { kind: 'work' },
  account: Account,
): Promise<ProcessingResult> {
  if (!photo.source) {
    throw new PhotoFailure('photo.no_preview', 'This file cannot be shown here, and no picture of it arrived.');
  }
  const source = openSource(deps.originals, photo.residency, photo.source);
  const { renditions, scale, colours, ...found } = await makeRenditions(source, {
    account,
    bench: deps.bench,
    timeZone: photo.timeZone,
    now: deps.clock.now(),
    ...(photo.present ? { present: photo.present } : {}),
    onDecoded: () => deps.onStep?.('decoded'),
  });
  await deps.onStep?.('renditions.made');
  const isOther = photo.looksLike !== undefined && !looksAlike(photo.looksLike, found.features.perceptualHash);
  const stored: StoredRendition[] = [];
  for (const { name, width, height, bytes } of isOther ? [] : renditions) {
    const key = `${photo.prefix}r/${name}.webp`;
    await deps.originals.put(photo.residency, key, bytes, { type: 'image/webp', length: bytes.length });
    stored.push({ name, key, width, height, bytes: bytes.length });
  }
  await deps.onStep?.('renditions.stored');
  const publicFile = await account.stage('redact', () =>
    publicFileOf(deps.originals, photo.residency, photo.original, photo.keepsPlace),
  );
  return {
    ...found,
    ...publicFile,
    originalKey: photo.original.key,
    isOther,
    renditions: stored,
    processing: figuresOf(account, source.facts.type, `${scale}; ${colours}`),
  };
}
