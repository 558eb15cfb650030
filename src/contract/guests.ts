import * as z from 'zod';
import { eventSchema } from './events.ts';
import { idSchema } from './ids.ts';

export const GUEST_NAME_MAX_CHARACTERS = 80;

/** `POST /api/v1/events/{event}/session`. */
export const guestSessionRequestSchema = z
  .strictObject({
    name: z.string().trim().max(GUEST_NAME_MAX_CHARACTERS).optional(),
    pin: z.string().trim().min(1).max(32).optional(),
    tableCode: z
      .string()
      .max(200)
      .optional()
      .describe('`t` of the address; a table the event does not have is ignored'),
    transfer: z
      .string()
      .max(200)
      .optional()
      .describe('`me` of a link from another device: this one becomes that guest'),
  })
  .refine((body) => body.transfer === undefined || Object.keys(body).length === 1, 'transfer goes alone');

export const guestSessionSchema = z.strictObject({
  guest: z.strictObject({ id: idSchema, name: z.string().nullable() }),
  token: z.string(),
  event: eventSchema,
  joinedPhotos: z.int().nonnegative().describe('photos of this device that came along, after a link from another'),
});
export type GuestSession = z.infer<typeof guestSessionSchema>;
