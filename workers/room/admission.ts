import * as z from 'zod';
import { idSchema } from '../../src/contract/ids.ts';
import { ROOM_HEADERS, ROOM_ROLES, sinceSchema } from '../../src/contract/live.ts';

const admissionSchema = z
  .strictObject({
    role: z.enum(ROOM_ROLES),
    guestId: idSchema.nullable(),
    /** epoch milliseconds */
    expiresAt: z.iso.datetime().transform((time) => Date.parse(time)),
    since: sinceSchema.nullable(),
    ticketId: z
      .string()
      .regex(/^[\x21-\x7e]{1,200}$/)
      .nullable(),
    snapshotUrl: z.string().regex(/^\/(?!\/)[\x21-\x7e]{0,500}$/),
  })
  .refine((admission) => (admission.role === 'guest') === (admission.guestId !== null));
export type Admission = z.infer<typeof admissionSchema>;

/**
 * Reads what the gateway says about the person on the socket.
 * @returns null when a header is missing or malformed: a mistake of ours, never to be guessed around.
 */
export function readAdmission(headers: Headers): Admission | null {
  const parsed = admissionSchema.safeParse({
    role: headers.get(ROOM_HEADERS.role),
    guestId: headers.get(ROOM_HEADERS.guest),
    expiresAt: headers.get(ROOM_HEADERS.expires),
    since: headers.get(ROOM_HEADERS.since),
    ticketId: headers.get(ROOM_HEADERS.ticket),
    snapshotUrl: headers.get(ROOM_HEADERS.snapshot),
  });
  return parsed.success ? parsed.data : null;
}
