import * as z from 'zod';
import { cursorSchema, idSchema, limitSchema, timeSchema } from './ids.ts';
import { nameSchema } from './values/names.ts';

export const HELPER_LABEL_MAX_LENGTH = 80;
const LINK_HOURS_MAX = 168;
const LINK_HOURS_DEFAULT = 24;

/**
 * `waiting`: nobody has used the link yet; `expired`: and nobody can any more; `active`: on the device it
 * was used on; `left`: signed out there; `revoked`: by the team; `ended`: the event is over.
 */
export const HELPER_STATES = ['waiting', 'expired', 'active', 'left', 'revoked', 'ended'] as const;

/** What a browser says it is, in the names of its makers; not translated. */
export const deviceSchema = z.strictObject({ browser: z.string().nullable(), system: z.string().nullable() });
export type DeviceName = z.infer<typeof deviceSchema>;

export const helperSchema = z
  .strictObject({
    id: idSchema,
    label: z.string(),
    state: z.enum(HELPER_STATES),
    device: deviceSchema.nullable(),
    createdAt: timeSchema,
    expiresAt: timeSchema.describe('until when the link may be used, once'),
    redeemedAt: timeSchema.nullable(),
    lastSeenAt: timeSchema.nullable().describe('to within a quarter of an hour'),
    revokedAt: timeSchema.nullable(),
  })
  .meta({ id: 'Helper' });
export type Helper = z.infer<typeof helperSchema>;

export const helperListQuerySchema = z.strictObject({ cursor: cursorSchema.optional(), limit: limitSchema });
export const helperListSchema = z.strictObject({ items: z.array(helperSchema), nextCursor: z.string().nullable() });

export const helperRequestSchema = z.strictObject({
  label: nameSchema(HELPER_LABEL_MAX_LENGTH).describe('whom it is for, as the team and other helpers see it'),
  hours: z.int().min(1).max(LINK_HOURS_MAX).default(LINK_HOURS_DEFAULT).describe('how long the link may be used'),
});
export const helperInvitationSchema = z.strictObject({
  helper: helperSchema,
  url: z.string().describe('works once; it is not kept and cannot be shown again'),
});
export type HelperInvitation = z.infer<typeof helperInvitationSchema>;

/** Any text: what is no link of ours is answered like one that has expired. */
export const helperSignInSchema = z.strictObject({ token: z.string().min(1).max(200) });
