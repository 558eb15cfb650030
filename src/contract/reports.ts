import * as z from 'zod';
import { cursorSchema, idSchema, limitSchema, timeSchema } from './ids.ts';
import { staffPhotoSchema } from './photos.ts';

/** Why a guest asks the host to look at a photo; `me`: "I am in this photo". */
export const REPORT_REASONS = ['me', 'offensive', 'private', 'other'] as const;
export type ReportReason = (typeof REPORT_REASONS)[number];

export const OUTCOMES = ['kept', 'removed'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export const REPORT_NOTE_MAX_CHARACTERS = 500;
export const reportRequestSchema = z.strictObject({
  reason: z.enum(REPORT_REASONS),
  note: z.string().trim().max(REPORT_NOTE_MAX_CHARACTERS).optional(),
});
export const reportedSchema = z.strictObject({ report: z.strictObject({ id: idSchema }) });

export const reportListQuerySchema = z.strictObject({
  status: z.enum(['open', 'resolved']).default('open'),
  cursor: cursorSchema.optional(),
  limit: limitSchema,
});
export const reportSchema = z
  .strictObject({
    id: idSchema,
    reason: z.enum(REPORT_REASONS),
    note: z.string().nullable(),
    by: z.strictObject({ id: idSchema, name: z.string().nullable() }),
    createdAt: timeSchema,
    resolvedAt: timeSchema.nullable(),
    outcome: z.enum(OUTCOMES).nullable(),
    photo: staffPhotoSchema,
  })
  .meta({ id: 'Report' });
export type Report = z.infer<typeof reportSchema>;
export const reportListSchema = z.strictObject({ items: z.array(reportSchema), nextCursor: z.string().nullable() });
export const reportPatchSchema = z.strictObject({ outcome: z.enum(OUTCOMES) });
export const reportAnswerSchema = z.strictObject({ report: reportSchema });
