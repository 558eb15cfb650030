import * as z from 'zod';
import { eventSchema } from './events.ts';
import { eventRefSchema, idSchema, timeSchema } from './ids.ts';
import { installationSchema } from './live-screens.ts';
import { screenLayoutPatchSchema } from './screens.ts';
import { SCREEN_KINDS } from './sites.ts';
import { nameSchema } from './values/names.ts';

/* Links that make the browser that opens them a screen: nobody types a code at a tablet on a wall. */

export const KIOSK_LINK_HOURS = 24;

/** `POST /api/v1/screens/links` */
export const kioskLinkCreateSchema = z
  .strictObject({
    name: nameSchema(120),
    kind: z.enum(SCREEN_KINDS).default('kiosk'),
    siteId: idSchema.nullish(),
    event: eventRefSchema,
    layout: screenLayoutPatchSchema.default({}),
  })
  .meta({ id: 'KioskLinkCreate' });
export type KioskLinkCreate = z.infer<typeof kioskLinkCreateSchema>;

export const kioskLinkSchema = z
  .strictObject({
    id: idSchema,
    name: z.string(),
    kind: z.enum(SCREEN_KINDS),
    siteId: idSchema.nullable(),
    event: eventSchema.pick({ id: true, slug: true, name: true }),
    expiresAt: timeSchema,
    createdAt: timeSchema,
    createdBy: z
      .string()
      .nullable()
      .describe('the name of who made it; null when that person is not in the team any more'),
  })
  .meta({ id: 'KioskLink' });
export type KioskLink = z.infer<typeof kioskLinkSchema>;

export const kioskLinkAnswerSchema = z.strictObject({
  link: kioskLinkSchema,
  url: z.string().describe('what to open on the device; told this once and stored nowhere'),
  expiresAt: timeSchema,
});
export type KioskLinkAnswer = z.infer<typeof kioskLinkAnswerSchema>;
export const kioskLinkListSchema = z.strictObject({
  items: z.array(kioskLinkSchema).describe('links that nobody has opened yet, the newest first'),
});

/** `POST /api/v1/screens/links/redeem` */
export const kioskRedeemSchema = z.strictObject({
  token: z.string().max(200).describe('what stands after `#link=`'),
  installation: installationSchema,
});
export const kioskRedeemAnswerSchema = z.strictObject({
  credential: z.string().describe('the same for this installation until the screen has used it'),
  screenId: idSchema,
});
export type KioskRedeemAnswer = z.infer<typeof kioskRedeemAnswerSchema>;
