import * as z from 'zod';
import { ERROR_CODES } from './errors.ts';
import { eventRefSchema, idSchema, timeSchema } from './ids.ts';
import { CAPTION_MAX_CHARACTERS, ownPhotoSchema } from './photos.ts';
import { RESIDENCIES } from './tenants.ts';
import { UPLOAD_STATUSES } from './uploads.ts';

/*
 * What the gateway and the object of a resumable upload say to one another: calls, and `fetch` for bytes.
 */

/** What its sender says of a file besides its bytes; the same for one request and for a resumable upload. */
export const uploadNotesSchema = z.strictObject({
  caption: z.string().min(1).max(CAPTION_MAX_CHARACTERS).nullable(),
  consentVersion: z.int().positive().nullable().describe('version of the consent text that was agreed to'),
  location: z
    .enum(['remove', 'keep'])
    .describe('whether the place where it was taken stays in what others can download'),
  stands: z
    .enum(['original', 'copy'])
    .describe('copy: a smaller one, and its original follows in an upload of its own'),
  original: idSchema.nullable().describe('id of the photo whose copy came first: this is its original'),
});
export type UploadNotes = z.infer<typeof uploadNotesSchema>;

/** Everything that is fixed when an upload is created. */
export const uploadFactsSchema = z.strictObject({
  tenantId: idSchema,
  residency: z.enum(RESIDENCIES).nullable(),
  eventId: idSchema,
  /** the address of the event at that time, by which it may be named too */
  slug: z.string(),
  guestId: idSchema,
  /** also of the photo that becomes of it */
  uploadId: idSchema,
  length: z.int().positive().describe('bytes in all, the preview included'),
  previewBytes: z.int().nonnegative(),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable()
    .describe('of the original, claimed'),
  idempotencyKey: z.string().nullable(),
  metadata: z.string().nullable().describe('`Upload-Metadata` as it came'),
  notes: uploadNotesSchema,
});
export type UploadFacts = z.infer<typeof uploadFactsSchema>;

/** Who asks: the sessions of a device, and the event as its address names it. */
export const uploadCallerSchema = z.strictObject({
  event: eventRefSchema,
  guests: z.array(z.strictObject({ eventId: idSchema, guestId: idSchema })),
});
export type UploadCaller = z.infer<typeof uploadCallerSchema>;

export const uploadStateSchema = z.strictObject({
  id: idSchema,
  eventId: idSchema,
  status: z.enum(UPLOAD_STATUSES),
  offset: z.int().nonnegative(),
  length: z.int().positive(),
  metadata: z.string().nullable(),
  expiresAt: timeSchema,
  photoId: idSchema.nullable().describe('once it is done; another one where the same bytes had come before'),
  problem: z.strictObject({ code: z.enum(ERROR_CODES), detail: z.string() }).nullable(),
});
export type UploadState = z.infer<typeof uploadStateSchema>;

/** Refusals are data: of a thrown error nothing but its message passes from one Worker to another. */
export const uploadAnswerSchema = z.union([
  z.strictObject({
    state: uploadStateSchema,
    photo: ownPhotoSchema.nullable().describe('where this very call has finished it'),
    isNew: z.boolean(),
  }),
  z.strictObject({
    refused: z.strictObject({
      code: z.enum(ERROR_CODES),
      detail: z.string(),
      retryAfterSeconds: z.number().nullable(),
    }),
  }),
]);
export type UploadAnswer = z.infer<typeof uploadAnswerSchema>;

/** Headers of the `fetch` that brings bytes. */
export const UPLOAD_HEADERS = {
  caller: 'x-upload-caller',
  offset: 'upload-offset',
  checksum: 'upload-checksum',
  /** of this body, where it is known before its last byte */
  length: 'x-body-length',
} as const;

export interface UploadRpc {
  /** Makes the upload, or finds the same one; another one under its id is refused: `idempotency.mismatch`. */
  create(facts: UploadFacts): Promise<UploadAnswer>;
  /** @param takesOver whether a PATCH that still runs is ended first, so that the offset does not move any more */
  look(caller: UploadCaller, takesOver: boolean): Promise<UploadAnswer>;
  cancel(caller: UploadCaller): Promise<UploadAnswer>;
}
