import * as z from 'zod';
import { idSchema, slugSchema, timeSchema } from './ids.ts';
import { RESIDENCIES, TENANT_STATUSES } from './tenants.ts';
import { nameSchema } from './values/names.ts';

export const ACCOUNT_NAME_MAX_LENGTH = 200;
const LINK_MAX_LENGTH = 500;

/** An address on the web that guests may be sent to: https, a real host, nobody's password in it. */
export const webLinkSchema = z
  .string()
  .trim()
  .max(LINK_MAX_LENGTH)
  .refine((text) => {
    if (!/^https:\/\/[^\s"<>\\^`{|}]+$/i.test(text) || !URL.canParse(text)) return false;
    const { hostname, username, password } = new URL(text);
    return username === '' && password === '' && /^(?:[^.]+\.)+[^.]{2,}$/.test(hostname);
  }, 'must be a web address that begins with https://');

/** What guests are told of whose site they are on. What cannot be read is as if it were not there. */
const legalSchema = z.object({
  imprint: webLinkSchema.nullable().catch(null).default(null),
  privacyUrl: webLinkSchema.nullable().catch(null).default(null),
  supportEmail: z.email().max(254).nullable().catch(null).default(null),
});
export type Legal = z.infer<typeof legalSchema>;

/** Read with fall-backs: what somebody else wrote into the settings never breaks a page. */
export function readLegal(raw: unknown): Legal {
  const parsed = legalSchema.safeParse(raw ?? {});
  return parsed.success ? parsed.data : { imprint: null, privacyUrl: null, supportEmail: null };
}

export const accountSchema = z
  .strictObject({
    id: idSchema,
    slug: slugSchema,
    name: z.string(),
    type: z.string().describe('enterprise, standard, starter or trial'),
    plan: z.string(),
    status: z.enum(TENANT_STATUSES),
    residency: z.enum(RESIDENCIES).nullable().describe('where its data must lie; null: anywhere'),
    hosts: z.array(z.strictObject({ host: z.string(), verified: z.boolean() })).describe('its own host first'),
    createdAt: timeSchema,
    imprint: z.string().nullable(),
    privacyUrl: z.string().nullable(),
    supportEmail: z.string().nullable(),
  })
  .meta({ id: 'Tenant' });

export const usageSchema = z
  .strictObject({
    events: z.int().nonnegative(),
    photos: z.int().nonnegative(),
    bytes: z.int().nonnegative().describe('originals as they were sent; what is made from them does not count'),
    members: z.int().nonnegative().describe('people with access now'),
    guests: z.int().nonnegative(),
  })
  .meta({ id: 'Usage' });

const limitSchema = z.int().nonnegative().nullable();
const limitsSchema = z
  .strictObject({
    photos: limitSchema.describe('of all events'),
    bytes: limitSchema.describe('of all originals'),
    photosPerEvent: limitSchema,
  })
  .describe('what the plan has room for; null: no limit')
  .meta({ id: 'Limits' });

export const accountAnswerSchema = z.strictObject({ tenant: accountSchema, usage: usageSchema, limits: limitsSchema });
export type AccountAnswer = z.infer<typeof accountAnswerSchema>;

export const accountPatchSchema = z
  .strictObject({
    name: nameSchema(ACCOUNT_NAME_MAX_LENGTH).optional(),
    imprint: webLinkSchema.nullable().optional(),
    privacyUrl: webLinkSchema.nullable().optional(),
    supportEmail: z.string().trim().toLowerCase().max(254).pipe(z.email()).nullable().optional(),
  })
  .refine((patch) => Object.values(patch).some((value) => value !== undefined), 'must change something');
export type AccountPatch = z.infer<typeof accountPatchSchema>;
