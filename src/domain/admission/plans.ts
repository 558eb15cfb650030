import * as z from 'zod';

/** What an account may hold. null: no limit. */
interface Limits {
  /** photos of all its events */
  photos: number | null;
  /** originals as they were sent; what is made from them does not count */
  bytes: number | null;
  photosPerEvent: number | null;
}

const GB = 1_000_000_000;

const PLANS: Record<string, Limits> = {
  free: { photos: 5_000, bytes: 20 * GB, photosPerEvent: 2_000 },
  starter: { photos: 25_000, bytes: 100 * GB, photosPerEvent: 5_000 },
  standard: { photos: 200_000, bytes: 1_000 * GB, photosPerEvent: 20_000 },
  enterprise: { photos: null, bytes: null, photosPerEvent: null },
};
const SMALLEST = PLANS['free'] as Limits;

const limitSchema = z.int().nonnegative().nullable().optional().catch(undefined);
const agreedSchema = z.object({ photos: limitSchema, bytes: limitSchema, photosPerEvent: limitSchema }).catch({});

/**
 * The limits of a plan, and instead of some of them what was agreed with this account (`settings.limits`). A plan that
 * nobody knows is the smallest.
 */
export function limitsOf(plan: string, settings: Record<string, unknown>): Limits {
  const limits = Object.hasOwn(PLANS, plan) ? (PLANS[plan] as Limits) : SMALLEST;
  const agreed = agreedSchema.parse(settings['limits'] ?? {});
  const either = (name: keyof Limits) => (agreed[name] === undefined ? limits[name] : agreed[name]);
  return { photos: either('photos'), bytes: either('bytes'), photosPerEvent: either('photosPerEvent') };
}
