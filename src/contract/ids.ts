import * as z from 'zod';

/** A UUID as PostgreSQL prints it: lower case, with hyphens. */
export const idSchema = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/, 'must be an id');

/** The name of an event or tenant in an address: `launch-party`. */
export const slugSchema = z
  .string()
  .min(1)
  .max(63)
  .regex(/^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/, 'must be lower-case letters, digits and hyphens');

/** Where a path says `{event}`: an id or a slug. */
export const eventRefSchema = z.union([idSchema, slugSchema]).describe('event id or slug');

export const timeSchema = z.iso.datetime().describe('ISO 8601, UTC');

/** Opaque position in a list; only ever taken from `nextCursor`. */
export const cursorSchema = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[A-Za-z0-9_-]+$/, 'must be a cursor from nextCursor');

export const LIST_LIMIT_DEFAULT = 50;
export const LIST_LIMIT_MAX = 200;
export const limitSchema = z.coerce.number().int().min(1).max(LIST_LIMIT_MAX).default(LIST_LIMIT_DEFAULT);

export const isId = (value: string): boolean => idSchema.safeParse(value).success;
