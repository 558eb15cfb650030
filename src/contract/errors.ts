import * as z from 'zod';
import { askedConsentSchema } from './consent.ts';
import { staffPhotoSchema } from './photos.ts';

/**
 * The closed list of error codes. A client may switch over it; a new code is added here first and
 * `http/errors.ts` then fails to compile until it has a status.
 */
export const ERROR_CODES = [
  'request.invalid',
  'request.length_required',
  'request.too_large',
  'request.unsupported_media_type',
  'request.origin_mismatch',
  'request.range_unsatisfiable',
  'route.not_found',
  'route.method_not_allowed',
  'auth.required',
  'auth.invalid_credentials',
  'auth.otp_required',
  'auth.locked',
  'auth.refresh_reused',
  'auth.wrong_password',
  'auth.weak_password',
  'access.denied',
  'helper.not_found',
  'helper.link_used',
  'helper.link_expired',
  'helper.ended',
  'helper.event_over',
  'member.not_found',
  'member.last_owner',
  'tenant.not_found',
  'tenant.inactive',
  'event.not_found',
  'event.uploads_closed',
  'event.wrong_pin',
  'event.pin_required',
  'event.downloads_off',
  'event.slug_taken',
  'draw.ended',
  'draw.not_drawn',
  'draw.win_ended',
  'draw.winner_stays',
  'event.slug_refused',
  'event.dates_invalid',
  'event.panic',
  'site.not_found',
  'device.not_found',
  'device.serial_taken',
  'screen.not_found',
  'screen.code_unknown',
  'screen.link_unknown',
  'screen.credential_copied',
  'rehearsal.not_found',
  'rehearsal.running',
  'rehearsal.no_screens',
  'rehearsal.event_begun',
  'announcement.not_found',
  'announcement.too_many',
  'photo.not_found',
  'photo.empty',
  'photo.too_large',
  'photo.unsupported_type',
  'photo.corrupt',
  'photo.too_many_pixels',
  'photo.digest_mismatch',
  'photo.not_ready',
  'photo.undeveloped',
  'photo.not_downloadable',
  'photo.preview_mismatch',
  'photo.original_not_awaited',
  'photo.original_mismatch',
  'logo.unsupported',
  'logo.too_large',
  'photo.changed',
  'guest.not_found',
  'guest.blocked',
  'guest.name_refused',
  'guest.no_shots_left',
  'consent.required',
  'guest.transfer_invalid',
  'album.not_found',
  'report.not_found',
  'idempotency.mismatch',
  'upload.version',
  'upload.not_found',
  'upload.gone',
  'upload.offset_mismatch',
  'upload.checksum_mismatch',
  'upload.checksum_unsupported',
  'upload.too_many',
  'tables.invalid',
  'quota.exceeded',
  'rate.limited',
  'internal',
  'unavailable',
] as const;

export type ErrorCode = (typeof ERROR_CODES)[number];

/** Problem details (RFC 9457) as every refused request answers, `application/problem+json`. */
export const problemSchema = z
  .strictObject({
    type: z.string().describe('a URI reference that identifies the kind of problem'),
    title: z.string(),
    status: z.int().min(400).max(599),
    code: z.enum(ERROR_CODES),
    detail: z.string().describe('one sentence for a person: what is wrong and what to do'),
    errors: z
      .array(z.strictObject({ path: z.string(), message: z.string() }))
      .optional()
      .describe('each field that was refused'),
    suggestion: z.string().optional().describe('for event.slug_taken and event.slug_refused: an address that is free'),
  })
  .extend({
    consent: askedConsentSchema
      .optional()
      .describe('for consent.required: what has to be agreed to, in the language asked for'),
    quota: z
      .strictObject({
        of: z.enum(['guest', 'event', 'account']).describe('whose room is used up'),
        unit: z.enum(['photos', 'bytes']),
        limit: z.int().nonnegative(),
        used: z.int().nonnegative(),
      })
      .optional()
      .describe('for quota.exceeded: what is full'),
  })
  .extend({ photo: staffPhotoSchema.optional().describe('for photo.changed: the photo as it is now') })
  .meta({ id: 'Problem' });

export type Problem = z.infer<typeof problemSchema>;
