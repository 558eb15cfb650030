import * as z from 'zod';
import { idSchema, timeSchema } from './ids.ts';

/* Rehearsals: pretend guests flood the real screens before an event, then vanish, and a checklist remains. */

export const PACES = ['quick', 'gentle', 'lively', 'rush'] as const;
export type Pace = (typeof PACES)[number];

/** How many photos come, and within how many seconds. */
export const PACE_PHOTOS: Record<Pace, { photos: number; seconds: number }> = {
  quick: { photos: 6, seconds: 6 },
  gentle: { photos: 12, seconds: 60 },
  lively: { photos: 30, seconds: 90 },
  rush: { photos: 48, seconds: 60 },
};
/** Whatever happens, screens show their own event again after this time. */
export const REHEARSAL_MINUTES = 10;

export const PHASES = ['sending', 'recalling', 'returning', 'vanishing', 'ended'] as const;
export type Phase = (typeof PHASES)[number];

export const END_REASONS = ['done', 'asked', 'limit', 'panic', 'begun', 'deleted'] as const;
export type EndReason = (typeof END_REASONS)[number];

export const CHECKS = [
  'reached',
  'first',
  'pace',
  'clock',
  'line',
  'preflight',
  'back',
  'processed',
  'recall',
  'vanished',
] as const;

/** One line of the checklist; what `numbers` means is the check's own business. */
const rehearsalCheckSchema = z
  .strictObject({
    check: z.enum(CHECKS),
    tone: z.enum(['open', 'good', 'wait', 'bad']).describe('open: not known yet; wait: it works, and could be better'),
    screen: z.strictObject({ id: idSchema, name: z.string() }).nullable().describe('null: about all of it'),
    numbers: z.record(z.string(), z.number()).describe('such as `ms`, `p50`, `p95`, `done`, `total`'),
    failed: z.array(z.string()).optional().describe('of `preflight`: what the screen found wrong'),
  })
  .meta({ id: 'RehearsalCheck' });
export type RehearsalCheck = z.infer<typeof rehearsalCheckSchema>;

const rehearsalSchema = z
  .strictObject({
    id: idSchema,
    pace: z.enum(PACES),
    phase: z.enum(PHASES),
    startedAt: timeSchema,
    startedBy: z.string().nullable(),
    endsBy: timeSchema.describe('at the latest'),
    endedAt: timeSchema.nullable(),
    endedBecause: z.enum(END_REASONS).nullable(),
    endedBy: z.string().nullable(),
    photos: z.strictObject({
      planned: z.int().positive(),
      sent: z.int().nonnegative(),
      processed: z.int().nonnegative(),
      failed: z.int().nonnegative(),
    }),
    pictures: z.array(z.string()).describe('addresses of the newest samples while they are there, small'),
    checks: z.array(rehearsalCheckSchema),
  })
  .meta({ id: 'Rehearsal' });
export type Rehearsal = z.infer<typeof rehearsalSchema>;

export const rehearsalStartSchema = z.strictObject({ pace: z.enum(PACES).default('gentle') });
export const rehearsalAnswerSchema = z.strictObject({ rehearsal: rehearsalSchema });
export const rehearsalListSchema = z.strictObject({
  items: z.array(rehearsalSchema).describe('newest first, the one that is under way in front'),
  screens: z.int().nonnegative().describe('how many screens would rehearse now'),
});
export type RehearsalList = z.infer<typeof rehearsalListSchema>;
