import { and, eq, isNotNull, isNull, lt, lte, sql } from 'drizzle-orm';
import type {
  DecisionReason,
  FailureCode,
  PhotoFlag,
  PhotoLocation,
  PhotoStatus,
  PreviewType,
} from '../contract/photos.ts';
import { photoRenditions, photos, type OriginalState, type ProcessingAccount } from './schema/photos.ts';
import type { TenantTx } from './scope.ts';

export interface ProcessedPhoto {
  status: PhotoStatus;
  flags: PhotoFlag[];
  /** of a decision that a rule has made; all of them or none */
  decidedAt?: Date;
  decidedByKind?: 'rule';
  decidedReason?: DecisionReason;
  blockedFrom?: 'pending';
  width: number;
  height: number;
  thumbhash: string;
  renditionKey: string;
  takenAt: Date | null;
  animated?: boolean;
  partialShare?: number;
  dominantColour?: string;
  sharpness?: number;
  perceptualHash?: string;
  redactions?: unknown[] | null;
  publicBytes?: number | null;
  publicSha256?: string | null;
  location?: PhotoLocation | null;
  processing?: ProcessingAccount;
}

/** What is fixed of the file that others download, all of it together. */
type PublicFileFields = 'redactions' | 'publicBytes' | 'publicSha256' | 'location';

/** What an original that came after its copy says better than that. */
type OriginalFields = 'width' | 'height' | 'thumbhash' | 'takenAt' | 'partialShare';

/** Ends processing once: a photo that is no longer `processing` is left as it is. */
export const completePhoto = (tx: TenantTx, tenantId: string, id: string, result: ProcessedPhoto) =>
  tx
    .update(photos)
    .set({ ...result, version: sql`${photos.version} + 1` })
    .where(
      and(eq(photos.tenantId, tenantId), eq(photos.id, id), eq(photos.status, 'processing'), isNull(photos.deletedAt)),
    )
    .returning({ id: photos.id, version: photos.version });

/** Ends processing for good; for want of a preview only while there is none, which may come in any moment. */
export const failPhoto = (
  tx: TenantTx,
  tenantId: string,
  id: string,
  failure: { code: FailureCode; message: string; processing?: ProcessingAccount | undefined },
) =>
  tx
    .update(photos)
    .set({
      status: 'failed',
      failureCode: failure.code,
      failureMessage: failure.message,
      ...(failure.processing ? { processing: failure.processing } : {}),
      version: sql`${photos.version} + 1`,
    })
    .where(
      and(
        eq(photos.tenantId, tenantId),
        eq(photos.id, id),
        eq(photos.status, 'processing'),
        isNull(photos.deletedAt),
        failure.code === 'photo.no_preview' ? eq(photos.previewState, 'missing') : undefined,
      ),
    )
    .returning({ id: photos.id, version: photos.version });

/** What a preview is and that it is there; the photo is processed with it, also one that had failed without. */
export const storePreview = (
  tx: TenantTx,
  tenantId: string,
  id: string,
  preview: { type: PreviewType; width: number; height: number; bytes: number; takenAt: Date | null },
  now: Date,
) =>
  tx
    .update(photos)
    .set({
      status: 'processing',
      failureCode: null,
      failureMessage: null,
      previewState: 'stored',
      previewType: preview.type,
      previewWidth: preview.width,
      previewHeight: preview.height,
      previewBytes: preview.bytes,
      takenAt: preview.takenAt,
      enqueuedAt: now,
      attempts: 0,
      version: sql`${photos.version} + case when ${photos.status} = 'failed' then 1 else 0 end`,
    })
    .where(and(eq(photos.tenantId, tenantId), eq(photos.id, id), isNull(photos.deletedAt)))
    .returning({ version: photos.version });

/** Waits no longer for a preview; none when it has just come, or its time has not. */
export const giveUpPreview = (tx: TenantTx, tenantId: string, id: string, now: Date) =>
  tx
    .update(photos)
    .set({ previewState: 'missing', enqueuedAt: now })
    .where(
      and(
        eq(photos.tenantId, tenantId),
        eq(photos.id, id),
        eq(photos.status, 'processing'),
        eq(photos.previewState, 'coming'),
        lt(photos.previewUntil, now),
        isNull(photos.deletedAt),
      ),
    )
    .returning({ id: photos.id });

export const insertRenditions = (
  tx: TenantTx,
  rows: { tenantId: string; photoId: string; name: number; width: number; height: number; bytes: number }[],
) =>
  tx
    .insert(photoRenditions)
    .values(rows)
    .onConflictDoUpdate({
      target: [photoRenditions.tenantId, photoRenditions.photoId, photoRenditions.name],
      set: { width: sql`excluded.width`, height: sql`excluded.height`, bytes: sql`excluded.bytes` },
    });

/** Takes a stuck photo for another try; none when somebody else has just done so. */
export const claimStuckPhoto = (tx: TenantTx, tenantId: string, id: string, before: Date, now: Date) =>
  tx
    .update(photos)
    .set({ enqueuedAt: now, attempts: sql`${photos.attempts} + 1` })
    .where(
      and(
        eq(photos.tenantId, tenantId),
        eq(photos.id, id),
        eq(photos.status, 'processing'),
        lt(photos.enqueuedAt, before),
        isNull(photos.deletedAt),
      ),
    )
    .returning({ attempts: photos.attempts });

/** Gives back a try whose job could not be queued, so that a queue that is away does not fail photos. */
export const returnTry = (tx: TenantTx, tenantId: string, id: string) =>
  tx
    .update(photos)
    .set({ attempts: sql`greatest(${photos.attempts} - 1, 0)` })
    .where(and(eq(photos.tenantId, tenantId), eq(photos.id, id), eq(photos.status, 'processing')));

/* ---- completing what is there ---- */

const toBackfill = (tenantId: string, id: string) =>
  and(eq(photos.tenantId, tenantId), eq(photos.id, id), isNotNull(photos.backfillAt), isNull(photos.deletedAt));

/** Takes a photo off the worklist for `waitMs`, twice as long each time; none when somebody else has just done so. */
export const claimBackfill = (tx: TenantTx, tenantId: string, id: string, now: Date, waitMs: number) =>
  tx
    .update(photos)
    .set({
      backfillAt: sql`${now.toISOString()}::timestamptz + make_interval(secs => ${waitMs / 1000}::float8 * power(2, ${photos.attempts}))`,
      // Whoever deletes it meanwhile knows that objects may still be on the way.
      enqueuedAt: now,
      attempts: sql`${photos.attempts} + 1`,
    })
    .where(and(toBackfill(tenantId, id), lte(photos.backfillAt, now)))
    .returning({ attempts: photos.attempts });

export const completeBackfill = (
  tx: TenantTx,
  tenantId: string,
  id: string,
  found: Pick<
    Partial<ProcessedPhoto>,
    'dominantColour' | 'sharpness' | 'perceptualHash' | PublicFileFields | OriginalFields | 'processing'
  > & { originalState?: OriginalState | null; previewState?: null },
) =>
  tx
    .update(photos)
    .set({ ...found, backfillAt: null })
    .where(toBackfill(tenantId, id))
    .returning({ id: photos.id });

export const endBackfill = (tx: TenantTx, tenantId: string, id: string) =>
  tx.update(photos).set({ backfillAt: null }).where(toBackfill(tenantId, id));
