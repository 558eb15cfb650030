import * as z from 'zod';
import { wallStateSchema } from './stage.ts';
import { eventSchema, eventStateSchema } from './events.ts';
import { cursorSchema, eventRefSchema, idSchema, limitSchema, timeSchema } from './ids.ts';
import { installationSchema, keptReportSchema, screenReportSchema } from './live-screens.ts';
import { photoSchema } from './photos.ts';
import { DEVICE_STATUSES, SCREEN_KINDS, serialNumberSchema } from './sites.ts';
import { themeSchema } from './tenants.ts';
import { nameSchema } from './values/names.ts';

/* Screens: how one is paired, what staff tell it, and what it asks for itself at `/api/v1/screens/me`. */

export const LAYOUTS = ['full', 'mosaic', 'polaroid', 'spotlight', 'split'] as const;

/** The header in which a screen says which installation it is; its credential is bound to that one. */
export const INSTALLATION_HEADER = 'x-screen-installation';
/** Without letters and digits that are taken for one another. */
export const PAIRING_ALPHABET = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
export const PAIRING_CODE_LENGTH = 6;
export const PAIRING_MINUTES = 10;

const layoutFields = {
  layout: z.enum([...LAYOUTS, 'rotate']),
  rotation: z
    .array(z.enum(LAYOUTS))
    .min(1)
    .max(LAYOUTS.length)
    .transform((layouts) => LAYOUTS.filter((layout) => layouts.includes(layout)))
    .describe('between which `rotate` changes'),
  rotateMinutes: z.int().min(1).max(60),
  seconds: z.int().min(4).max(30).describe('a photo stands so long'),
  qr: z.enum(['always', 'between', 'off']),
  names: z.boolean(),
  captions: z.boolean(),
  overscan: z.number().min(0).max(10).describe('percent of each side that the television cuts off'),
  group: z
    .strictObject({ mode: z.enum(['mirror', 'spread']), name: nameSchema(40) })
    .nullable()
    .describe('screens of one group show the same at the same time, or never the same'),
  favour: z.enum(['fair', 'recent', 'reactions']),
};

export const screenLayoutSchema = z
  .strictObject({
    layout: layoutFields.layout.default('full'),
    rotation: layoutFields.rotation.default([...LAYOUTS]),
    rotateMinutes: layoutFields.rotateMinutes.default(5),
    seconds: layoutFields.seconds.default(8),
    qr: layoutFields.qr.default('always'),
    names: layoutFields.names.default(true),
    captions: layoutFields.captions.default(true),
    overscan: layoutFields.overscan.default(0),
    group: layoutFields.group.default(null),
    favour: layoutFields.favour.default('recent'),
  })
  .meta({ id: 'ScreenLayout' });
export type ScreenLayout = z.infer<typeof screenLayoutSchema>;

/** Some of a layout: what is not given stays as it is. */
export const screenLayoutPatchSchema = z.strictObject(layoutFields).partial().meta({ id: 'ScreenLayoutPatch' });
export type ScreenLayoutPatch = z.infer<typeof screenLayoutPatchSchema>;

export const screenSchema = z
  .strictObject({
    id: idSchema,
    name: z.string(),
    number: z
      .int()
      .positive()
      .nullable()
      .describe('its own in the account for as long as it is a screen: what it shows large when it identifies itself'),
    kind: z.enum(SCREEN_KINDS),
    serialNumber: z.string().nullable(),
    siteId: idSchema.nullable(),
    event: eventSchema.pick({ id: true, slug: true, name: true }).nullable(),
    layout: screenLayoutSchema,
    paused: z.boolean(),
    status: z.enum(DEVICE_STATUSES).describe('maintenance, error and decommissioned are what staff have set'),
    version: z.int().positive().describe('grows with every change that the screen hears of'),
    lastSeenAt: timeSchema.nullable(),
    pairedAt: timeSchema,
    copiedAt: timeSchema
      .nullable()
      .describe('its credential was used by another installation then; null: not, or dismissed'),
    doubled: z.boolean().describe('two sockets of this screen are open at this moment'),
    live: keptReportSchema
      .nullable()
      .describe('what it last said of itself; null: nothing since it came to this event'),
  })
  .meta({ id: 'Screen' });
export type Screen = z.infer<typeof screenSchema>;

/* ---- pairing ---- */

export const pairingRequestSchema = z.strictObject({ installation: installationSchema });
export const pairingSchema = z.strictObject({
  code: z.string(),
  secret: z.string().describe('Bearer of the questions whether it has been paired'),
  expiresAt: timeSchema,
});
export type Pairing = z.infer<typeof pairingSchema>;
export const pairingStatusSchema = z.strictObject({
  status: z.enum(['waiting', 'paired', 'expired']),
  credential: z.string().optional().describe('once it is paired, until the screen has used it'),
  screenId: idSchema.optional(),
});
export type PairingStatus = z.infer<typeof pairingStatusSchema>;

/** `POST /api/v1/screens`: what somebody reads off a television, however they type it. */
export const screenCreateSchema = z
  .strictObject({
    code: z.string().max(40).describe('as the screen shows it; spaces, hyphens and small letters do no harm'),
    name: nameSchema(120),
    kind: z.enum(SCREEN_KINDS).default('screen'),
    siteId: idSchema.nullish(),
    event: eventRefSchema,
    layout: screenLayoutPatchSchema.default({}),
  })
  .meta({ id: 'ScreenCreate' });
export type ScreenCreate = z.infer<typeof screenCreateSchema>;

export const screenPatchSchema = z
  .strictObject({
    name: nameSchema(120),
    serialNumber: serialNumberSchema.nullable(),
    siteId: idSchema.nullable(),
    event: eventRefSchema.nullable(),
    layout: screenLayoutPatchSchema,
    paused: z.boolean(),
    status: z.enum(['maintenance', 'error', 'decommissioned']).nullable().describe('null: as it is by itself'),
    copiedAt: z.null().describe('dismisses the warning'),
  })
  .partial()
  .refine((screen) => Object.values(screen).some((value) => value !== undefined), 'must change something')
  .meta({ id: 'ScreenPatch' });
export type ScreenPatch = z.infer<typeof screenPatchSchema>;

export const screenListQuerySchema = z.strictObject({
  event: eventRefSchema.optional(),
  site: idSchema.optional(),
  cursor: cursorSchema.optional(),
  limit: limitSchema,
});
export type ScreenListQuery = z.infer<typeof screenListQuerySchema>;
export const screenListSchema = z.strictObject({ items: z.array(screenSchema), nextCursor: z.string().nullable() });
export const screenAnswerSchema = z.strictObject({ screen: screenSchema });

/** What staff may tell a screen; `pause` and `resume` last, the others happen once. */
export const SCREEN_COMMANDS = ['pause', 'resume', 'skip', 'reload', 'identify', 'preflight'] as const;
/** What a screen hears besides: fetch `/screens/me` again. */
export type CommandName = (typeof SCREEN_COMMANDS)[number] | 'refresh';
export const screenCommandSchema = z.strictObject({ command: z.enum(SCREEN_COMMANDS) });

const commandSchema = z.strictObject({
  id: idSchema.describe('a screen that has seen it does nothing'),
  command: z.enum([...SCREEN_COMMANDS, 'refresh']),
  at: timeSchema,
});
export const commandAnswerSchema = z.strictObject({ command: commandSchema });

/* ---- the screen itself; everything with `Authorization: Bearer scr_…` and its installation ---- */

export const screenMeSchema = z
  .strictObject({
    screen: screenSchema,
    event: eventSchema.nullable(),
    theme: themeSchema,
    languages: z.array(z.string()).describe('in which guests of the event may read'),
    locale: z.string().nullable().describe('the language of the event; null: whichever the screen likes'),
    state: wallStateSchema,
    eventState: eventStateSchema.nullable(),
    photos: z.array(photoSchema).describe('published ones, newest first'),
    nextCursor: z.string().nullable().describe('for /api/v1/screens/me/photos'),
    epoch: z.string(),
    seq: z.int().nonnegative(),
    place: z
      .strictObject({ index: z.int().nonnegative(), count: z.int().positive() })
      .nullable()
      .describe('which it is of the screens of its group; null: it is in none'),
    commands: z.int().nonnegative().describe('where /screens/me/commands goes on'),
    joinUrl: z.string().nullable().describe('what the QR code says'),
    rehearsalUntil: timeSchema
      .nullable()
      .describe('it rehearses, and shows none of this any more by then, whatever it hears; null: it does not'),
    serverTime: timeSchema,
  })
  .meta({ id: 'ScreenMe' });
export type ScreenMe = z.infer<typeof screenMeSchema>;

export const screenPhotosQuerySchema = z.strictObject({ cursor: cursorSchema.optional(), limit: limitSchema });

/** What a screen without a socket says when it polls, every five seconds. */
export const screenReportRequestSchema = z.strictObject({
  report: screenReportSchema.nullish(),
  removed: z.array(idSchema).max(200).default([]).describe('photos that it is rid of'),
  shown: z.array(idSchema).max(200).default([]).describe('photos that it has begun to show'),
});
export const screenReportAnswerSchema = z.strictObject({
  recall: z.array(idSchema).describe('photos that it has yet to confirm that it is rid of'),
  serverTime: timeSchema,
});

export const screenCommandsQuerySchema = z.strictObject({
  after: z.coerce.number().int().min(0).max(2_147_483_647).default(0).describe('`next` of the answer before'),
});
export const screenCommandsSchema = z.strictObject({
  items: z.array(commandSchema).describe('of the last two minutes, oldest first'),
  next: z.int().nonnegative(),
});
