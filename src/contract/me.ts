import * as z from 'zod';
import { GUEST_NAME_MAX_CHARACTERS } from './guests.ts';
import { idSchema, timeSchema } from './ids.ts';
import { CAPTION_MAX_CHARACTERS, ownPhotoSchema, PHOTO_STATUSES } from './photos.ts';
import { REPORT_REASONS } from './reports.ts';

/* What a guest asks about themselves. */

const guestSchema = z.strictObject({ id: idSchema, name: z.string().nullable() });
const count = z.int().nonnegative();

/** `GET /api/v1/events/{event}/me`. */
export const meSchema = z
  .strictObject({
    guest: guestSchema,
    counts: z.strictObject(
      Object.fromEntries(PHOTO_STATUSES.map((status) => [status, count])) as Record<
        (typeof PHOTO_STATUSES)[number],
        typeof count
      >,
    ),
    devices: z.int().positive().describe('that are this guest: the first, and one for each link that was used'),
    camera: z
      .strictObject({ shots: z.int().positive(), left: count, revealsAt: timeSchema })
      .nullable()
      .describe('of a disposable camera'),
  })
  .meta({ id: 'Me' });
export type Me = z.infer<typeof meSchema>;

export const mePatchSchema = z.strictObject({ name: z.string().trim().min(1).max(GUEST_NAME_MAX_CHARACTERS) });
export const meAnswerSchema = z.strictObject({ guest: guestSchema });

export const captionPatchSchema = z.strictObject({
  caption: z.string().trim().max(CAPTION_MAX_CHARACTERS).nullable().describe('null takes it away'),
});
export const ownPhotoAnswerSchema = z.strictObject({ photo: ownPhotoSchema });

export const REQUEST_STATUSES = ['open', 'kept', 'removed'] as const;
export const OWN_REQUESTS_MAX = 200;
/** What became of a photo that this guest asked the host to look at. */
const ownRequestSchema = z
  .strictObject({
    id: idSchema,
    photoId: idSchema,
    reason: z.enum(REPORT_REASONS),
    status: z.enum(REQUEST_STATUSES),
    createdAt: timeSchema,
    resolvedAt: timeSchema.nullable(),
  })
  .meta({ id: 'OwnRequest' });
export type OwnRequest = z.infer<typeof ownRequestSchema>;
export const ownRequestListSchema = z.strictObject({
  items: z.array(ownRequestSchema).max(OWN_REQUESTS_MAX).describe('the newest first'),
});

/** `POST /api/v1/events/{event}/me/transfers`. */
export const transferSchema = z.strictObject({
  url: z.url().describe('opened on another device, once, it makes that device this guest'),
  expiresAt: timeSchema,
});

/** `POST /api/v1/events/{event}/session/transfer`. */
export const transferQuestionSchema = z.strictObject({
  transfer: z.string().max(200).describe('`me` of a link from another device'),
});
export const transferNameSchema = z.strictObject({
  name: z.string().nullable().describe('of the guest that a device becomes by this link; null: none was given'),
});
export type TransferName = z.infer<typeof transferNameSchema>;

const erasedSchema = z.strictObject({ photos: count, reactions: count, reports: count });
/** `DELETE /api/v1/events/{event}/me`. */
export const erasureSchema = z.strictObject({
  receipt: z.string().describe('a signed receipt (JWS), which `/receipt` explains and anybody can verify'),
  erased: erasedSchema,
});
export type Erasure = z.infer<typeof erasureSchema>;

export const RECEIPT_MAX_CHARACTERS = 4_000;
export const receiptRequestSchema = z.strictObject({ receipt: z.string().trim().min(1).max(RECEIPT_MAX_CHARACTERS) });

/** What a receipt says, when it is one of ours. */
export const receiptFactsSchema = z
  .strictObject({
    id: idSchema,
    guestId: idSchema,
    tenant: z.string(),
    event: z.string(),
    erased: erasedSchema,
    erasedAt: timeSchema,
  })
  .meta({ id: 'ReceiptFacts' });
export type ReceiptFacts = z.infer<typeof receiptFactsSchema>;

/** `POST /api/v1/receipts/verify`. */
export const receiptAnswerSchema = z.strictObject({
  valid: z.boolean(),
  receipt: receiptFactsSchema.nullable().describe('null where it is not valid'),
  filesLeft: count.nullable().describe('photos whose files are still being deleted; null where it is not valid'),
});
export type ReceiptAnswer = z.infer<typeof receiptAnswerSchema>;
