import * as z from 'zod';
import { timeZoneSchema } from './event-writes.ts';
import { cursorSchema, idSchema, limitSchema, timeSchema } from './ids.ts';
import { nameSchema } from './values/names.ts';

export const SITE_NAME_MAX_CHARACTERS = 120;
export const ADDRESS_MAX_CHARACTERS = 300;

export const siteSchema = z
  .strictObject({
    id: idSchema,
    name: z.string(),
    address: z.string().nullable(),
    latitude: z.number().min(-90).max(90).nullable(),
    longitude: z.number().min(-180).max(180).nullable(),
    timeZone: z.string().describe('IANA name'),
    devices: z.int().nonnegative().describe('everything that stands there, screens too'),
    members: z.int().nonnegative().describe('people of the team who look after it'),
    mine: z.boolean().describe('the caller is one of them'),
    createdAt: timeSchema,
  })
  .meta({ id: 'Site' });
export type Site = z.infer<typeof siteSchema>;

const settable = {
  name: nameSchema(SITE_NAME_MAX_CHARACTERS),
  address: nameSchema(ADDRESS_MAX_CHARACTERS).nullable(),
  latitude: z.number().min(-90).max(90).nullable().describe('degrees north; with the longitude or not at all'),
  longitude: z.number().min(-180).max(180).nullable().describe('degrees east'),
  timeZone: timeZoneSchema,
};

const hasBothOrNeither = (site: { latitude?: number | null | undefined; longitude?: number | null | undefined }) =>
  typeof site.latitude === typeof site.longitude;
const both = { message: 'must be given with the longitude, or neither', path: ['latitude'] };

export const siteCreateSchema = z
  .strictObject(settable)
  .partial()
  .extend({ name: settable.name, timeZone: timeZoneSchema })
  .refine((site) => hasBothOrNeither({ latitude: site.latitude ?? null, longitude: site.longitude ?? null }), both)
  .meta({ id: 'SiteCreate' });
export type SiteCreate = z.infer<typeof siteCreateSchema>;

export const sitePatchSchema = z
  .strictObject(settable)
  .partial()
  .refine((site) => Object.values(site).some((value) => value !== undefined), 'must change something')
  .refine(hasBothOrNeither, both)
  .meta({ id: 'SitePatch' });
export type SitePatch = z.infer<typeof sitePatchSchema>;

export const siteListQuerySchema = z.strictObject({ cursor: cursorSchema.optional(), limit: limitSchema });
export const siteListSchema = z.strictObject({ items: z.array(siteSchema), nextCursor: z.string().nullable() });
export const siteAnswerSchema = z.strictObject({ site: siteSchema });

/** Somebody of the team who looks after a site. */
const siteMemberSchema = z
  .strictObject({
    id: idSchema.describe('of the user'),
    name: z.string(),
    email: z.string(),
    assignedAt: timeSchema,
    assignedBy: z
      .string()
      .nullable()
      .describe('the name of who said so; null when that person is not in the team any more'),
  })
  .meta({ id: 'SiteMember' });
export type SiteMember = z.infer<typeof siteMemberSchema>;
export const siteMemberListSchema = z.strictObject({
  items: z.array(siteMemberSchema),
  nextCursor: z.string().nullable(),
});

/* ---- what stands there ---- */

/** Kinds of devices; screens and kiosks are paired and never entered by hand. */
export const DEVICE_KINDS = [
  'sensor',
  'controller',
  'gateway',
  'camera',
  'actuator',
  'meter',
  'beacon',
  'router',
  'server',
  'workstation',
  'screen',
  'kiosk',
  'printer',
] as const;
export type DeviceKind = (typeof DEVICE_KINDS)[number];
export const SCREEN_KINDS = ['screen', 'kiosk'] as const;
const enteredKindSchema = z.enum(DEVICE_KINDS).exclude([...SCREEN_KINDS]);

export const DEVICE_STATUSES = ['online', 'offline', 'maintenance', 'error', 'decommissioned'] as const;
export type DeviceStatus = (typeof DEVICE_STATUSES)[number];

const deviceSchema = z
  .strictObject({
    id: idSchema,
    kind: z.enum(DEVICE_KINDS),
    name: z.string(),
    serialNumber: z.string().nullable(),
    status: z.enum(DEVICE_STATUSES),
    siteId: idSchema.nullable(),
    lastSeenAt: timeSchema.nullable(),
    createdAt: timeSchema,
  })
  .meta({ id: 'Device' });
export type Device = z.infer<typeof deviceSchema>;

export const serialNumberSchema = nameSchema(120);

export const deviceCreateSchema = z
  .strictObject({
    kind: enteredKindSchema,
    name: nameSchema(SITE_NAME_MAX_CHARACTERS),
    serialNumber: serialNumberSchema.nullish(),
    status: z.enum(DEVICE_STATUSES).default('offline'),
    siteId: idSchema.nullish(),
  })
  .meta({ id: 'DeviceCreate' });
export type DeviceCreate = z.infer<typeof deviceCreateSchema>;

export const devicePatchSchema = z
  .strictObject({
    kind: enteredKindSchema,
    name: nameSchema(SITE_NAME_MAX_CHARACTERS),
    serialNumber: serialNumberSchema.nullable(),
    status: z.enum(DEVICE_STATUSES),
    siteId: idSchema.nullable(),
  })
  .partial()
  .refine((device) => Object.values(device).some((value) => value !== undefined), 'must change something')
  .meta({ id: 'DevicePatch' });
export type DevicePatch = z.infer<typeof devicePatchSchema>;

export const deviceListQuerySchema = z.strictObject({
  kind: z.enum(DEVICE_KINDS).optional(),
  site: idSchema.optional(),
  cursor: cursorSchema.optional(),
  limit: limitSchema,
});
export type DeviceListQuery = z.infer<typeof deviceListQuerySchema>;
export const deviceListSchema = z.strictObject({ items: z.array(deviceSchema), nextCursor: z.string().nullable() });
export const deviceAnswerSchema = z.strictObject({ device: deviceSchema });
