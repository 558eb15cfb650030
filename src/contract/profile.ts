import * as z from 'zod';
import { deviceSchema } from './helpers.ts';
import { idSchema, timeSchema } from './ids.ts';
import { nameSchema } from './values/names.ts';

export const PASSWORD_MIN_CHARACTERS = 10;
export const OWN_NAME_MAX_LENGTH = 200;

export const profilePatchSchema = z.strictObject({ name: nameSchema(OWN_NAME_MAX_LENGTH) });

export const passwordChangeSchema = z.strictObject({
  current: z.string().min(1).max(1000),
  next: z.string().max(1000).describe(`at least ${PASSWORD_MIN_CHARACTERS} characters, at most 72 bytes`),
});

/** One sign-in on one device, until it ends; the id is the same for as long as it is refreshed. */
export const signInSessionSchema = z
  .strictObject({
    id: idSchema,
    device: deviceSchema.nullable(),
    since: timeSchema,
    lastUsedAt: timeSchema.describe('to within a quarter of an hour'),
    current: z.boolean().describe('the one that asks'),
  })
  .meta({ id: 'SignInSession' });
export type SignInSession = z.infer<typeof signInSessionSchema>;
export const signInSessionListSchema = z.strictObject({
  items: z.array(signInSessionSchema),
  nextCursor: z.null(),
});
