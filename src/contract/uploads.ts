import * as z from 'zod';
import { ERROR_CODES } from './errors.ts';
import { idSchema, timeSchema } from './ids.ts';
import { ownPhotoSchema } from './photos.ts';

/*
 * Resumable uploads: tus 1.0 at `/api/v1/events/{event}/uploads`, and what is ours beside it. Metadata keys that
 * are not named here are ignored, since every client brings some of its own.
 */

export const TUS_VERSION = '1.0.0';
export const TUS_EXTENSIONS = ['creation', 'creation-with-upload', 'termination', 'expiration', 'checksum'] as const;

/** Keys of `Upload-Metadata`; names in lower case, values in Base64 as tus has them. */
export const UPLOAD_METADATA = {
  /** what the file is called; never used as a name of ours */
  filename: 'filename',
  /** what the file says it is; judged by content anyway */
  filetype: 'filetype',
  caption: 'caption',
  /** of the original, hexadecimal */
  sha256: 'sha256',
  /** so many bytes at the beginning of the upload are a preview of what follows them */
  previewBytes: 'previewbytes',
  /** version of the consent text that was agreed to */
  consent: 'consent',
  /** `keep`: the place stays in what others can download */
  location: 'location',
  /** `copy`: a smaller copy, and its original follows in an upload of its own */
  stands: 'stands',
  /** id of the photo whose copy came first: this is its original */
  original: 'original',
} as const;

export const UPLOAD_STATUSES = ['receiving', 'finishing', 'done', 'refused'] as const;
export type UploadStatus = (typeof UPLOAD_STATUSES)[number];

/** `GET /api/v1/events/{event}/uploads/{upload}`: what became of it, for a day after its end. */
export const uploadReceiptSchema = z
  .strictObject({
    upload: z.strictObject({
      id: idSchema,
      status: z.enum(UPLOAD_STATUSES),
      offset: z.int().nonnegative().describe('bytes that have arrived'),
      length: z.int().positive().describe('bytes in all'),
      expiresAt: timeSchema,
    }),
    photo: ownPhotoSchema.nullable().describe('once it is done'),
    problem: z
      .strictObject({ code: z.enum(ERROR_CODES), detail: z.string() })
      .nullable()
      .describe('why it was refused'),
  })
  .meta({ id: 'UploadReceipt' });
export type UploadReceipt = z.infer<typeof uploadReceiptSchema>;
