import * as z from 'zod';
import { staffEventSchema } from './events.ts';
import { cursorSchema, eventRefSchema, idSchema, limitSchema, timeSchema } from './ids.ts';
import {
  DECIDER_KINDS,
  DECISION_REASONS,
  DECISIONS,
  PHOTO_FLAGS,
  PHOTO_STATUSES,
  TRUSTS,
  staffPhotoSchema,
  tableSchema,
} from './photos.ts';

/* What moderators ask for and decide. */

const searchSchema = z.string().trim().max(100).optional().describe('in captions and names');
const yesSchema = z.enum(['true']).optional();
const tableCodeSchema = z.string().min(1).max(32);

/** Query of `GET /api/v1/photos`. */
export const staffPhotoListQuerySchema = z.strictObject({
  event: eventRefSchema,
  status: z.enum(PHOTO_STATUSES).optional(),
  guest: idSchema.optional(),
  album: idSchema.optional(),
  table: tableCodeSchema.optional(),
  flag: z.enum(PHOTO_FLAGS).optional(),
  reported: yesSchema.describe('only photos with an open report'),
  duplicates: yesSchema.describe('only photos whose bytes another guest had sent before'),
  q: searchSchema,
  order: z.enum(['arrived', '-arrived']).default('-arrived'),
  cursor: cursorSchema.optional(),
  limit: limitSchema,
});

/** Of the whole event, whatever was asked for; `reported`: photos with an open report that are not rejected. */
export const photoCountsSchema = z.strictObject({
  processing: z.int().nonnegative(),
  pending: z.int().nonnegative(),
  approved: z.int().nonnegative(),
  rejected: z.int().nonnegative(),
  failed: z.int().nonnegative(),
  reported: z.int().nonnegative(),
});
export type PhotoCounts = z.infer<typeof photoCountsSchema>;

export const staffPhotoListSchema = z.strictObject({
  items: z.array(staffPhotoSchema),
  nextCursor: z.string().nullable(),
  counts: photoCountsSchema,
});

const fromSchema = z
  .enum(DECISIONS)
  .optional()
  .describe('the status that was seen: where it is another by now, the decision is refused and not forced');

export const photoPatchSchema = z
  .strictObject({
    status: z.enum(DECISIONS).optional(),
    from: fromSchema,
    caption: z.null().optional().describe('takes the caption away for good'),
    albumId: idSchema.nullable().optional(),
  })
  .refine((patch) => 'status' in patch || 'caption' in patch || 'albumId' in patch, 'must change something')
  .refine((patch) => patch.from === undefined || patch.status !== undefined, 'from goes with a status');
export type PhotoPatch = z.infer<typeof photoPatchSchema>;

export const BULK_MAX = 500;
const idsSchema = z.array(idSchema).min(1).max(BULK_MAX);
export const photoIdsSchema = z.strictObject({ ids: idsSchema });
export const photoBulkSchema = z.strictObject({ ids: idsSchema, status: z.enum(DECISIONS), from: fromSchema });
export const photoBulkResultSchema = z.strictObject({
  results: z.array(z.strictObject({ id: idSchema, ok: z.boolean(), code: z.string().optional() })),
});

/** One decision for every photo that fits; without guest, table or album for all of the event. */
export const bulkRuleSchema = z
  .strictObject({
    guest: idSchema.optional(),
    table: tableCodeSchema.optional(),
    album: idSchema.optional(),
    from: z.enum(DECISIONS),
    status: z.enum(DECISIONS),
  })
  .refine((rule) => rule.from !== rule.status, 'must decide something else than there is');
export type BulkRule = z.infer<typeof bulkRuleSchema>;
export const bulkRuleResultSchema = z.strictObject({
  changed: z.int().nonnegative(),
  ids: z.array(idSchema).describe('what was changed, to take it back'),
  more: z.boolean().describe('call again for the rest'),
});

export const decisionListSchema = z.strictObject({
  items: z.array(
    z.strictObject({
      at: timeSchema,
      by: z.string().nullable(),
      kind: z.enum(DECIDER_KINDS),
      from: z.enum(PHOTO_STATUSES),
      to: z.enum(PHOTO_STATUSES),
      reason: z.enum(DECISION_REASONS).nullable(),
    }),
  ),
});
export type PhotoDecision = z.infer<typeof decisionListSchema>['items'][number];

export const guestListQuerySchema = z.strictObject({
  q: z.string().trim().max(100).optional().describe('in names'),
  blocked: yesSchema,
  cursor: cursorSchema.optional(),
  limit: limitSchema,
});
export const staffGuestSchema = z
  .strictObject({
    id: idSchema,
    name: z.string().nullable(),
    table: tableSchema.nullable(),
    blocked: z.boolean(),
    trust: z.enum(TRUSTS),
    counts: z.strictObject({
      pending: z.int().nonnegative(),
      approved: z.int().nonnegative(),
      rejected: z.int().nonnegative(),
    }),
    joinedAt: timeSchema,
    devices: z.int().positive().describe('that are this guest'),
  })
  .meta({ id: 'StaffGuest' });
export type StaffGuest = z.infer<typeof staffGuestSchema>;
export const guestListSchema = z.strictObject({ items: z.array(staffGuestSchema), nextCursor: z.string().nullable() });

export const guestPatchSchema = z
  .strictObject({
    blocked: z.boolean().optional(),
    trust: z.enum(TRUSTS).optional(),
    name: z.null().optional().describe('takes the name away'),
  })
  .refine((patch) => Object.keys(patch).length > 0, 'must change something');
export type GuestPatch = z.infer<typeof guestPatchSchema>;
export const guestAnswerSchema = z.strictObject({
  guest: staffGuestSchema,
  changed: z.int().nonnegative().describe('photos that were taken down or given back'),
});

export const HELD_MESSAGE_MAX_CHARACTERS = 300;
export const holdSchema = z.strictObject({
  message: z.string().trim().max(HELD_MESSAGE_MAX_CHARACTERS).optional().describe('what guests read meanwhile'),
});
export const heldAnswerSchema = z.strictObject({ event: staffEventSchema });
