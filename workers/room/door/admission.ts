import * as z from 'zod';
import { idSchema } from '../../../src/contract/ids.ts';
import { installationSchema, ROOM_HEADERS, ROOM_ROLES, sinceSchema } from '../../../src/contract/live.ts';
import { refuse } from './refusals.ts';

const admissionSchema = z
  .strictObject({
    role: z.enum(ROOM_ROLES),
    guestId: idSchema.nullable(),
    moderator: z.strictObject({ id: idSchema, name: z.string().max(200) }).nullable(),
    screen: z.strictObject({ id: idSchema, installation: installationSchema }).nullable(),
    /** epoch milliseconds */
    expiresAt: z.iso.datetime().transform((time) => Date.parse(time)),
    /** version of the event by which the gateway has judged */
    eventVersion: z
      .string()
      .regex(/^[0-9]{1,10}$/)
      .transform(Number),
    since: sinceSchema.nullable(),
    ticketId: z
      .string()
      .regex(/^[\x21-\x7e]{1,200}$/)
      .nullable(),
    snapshotUrl: z.string().regex(/^\/(?!\/)[\x21-\x7e]{0,500}$/),
  })
  .refine((admission) => (admission.role === 'guest') === (admission.guestId !== null))
  .refine((admission) => (admission.role === 'staff') === (admission.moderator !== null))
  .refine((admission) => (admission.role === 'screen') === (admission.screen !== null));
export type Admission = z.infer<typeof admissionSchema>;

/** A header carries ASCII only, and names are not. */
function readName(header: string | null): string {
  try {
    return decodeURIComponent(header ?? '');
  } catch {
    return '';
  }
}

/** A WebSocket upgrade that the gateway has authorised, described by `ROOM_HEADERS`. @returns the refusal if it is none. */
export function admit(request: Request, now: number): Admission | Response {
  if (request.headers.get('upgrade')?.toLowerCase() !== 'websocket') {
    return refuse(426, 'request.invalid', 'Upgrade required', 'Connect with a WebSocket.');
  }
  const admission = readAdmission(request.headers);
  if (admission === null) {
    return refuse(400, 'request.invalid', 'Bad request', 'The live connection was not described well.');
  }
  if (admission.expiresAt <= now) return refuse(401, 'auth.required', 'Session expired', 'Sign in or join again.');
  return admission;
}

/**
 * Reads what the gateway says about the person on the socket.
 * @returns null when a header is missing or malformed: a mistake of ours, never to be guessed around.
 */
function readAdmission(headers: Headers): Admission | null {
  const screenId = headers.get(ROOM_HEADERS.screen);
  const moderatorId = headers.get(ROOM_HEADERS.moderator);
  const parsed = admissionSchema.safeParse({
    role: headers.get(ROOM_HEADERS.role),
    guestId: headers.get(ROOM_HEADERS.guest),
    moderator:
      moderatorId === null ? null : { id: moderatorId, name: readName(headers.get(ROOM_HEADERS.moderatorName)) },
    screen: screenId === null ? null : { id: screenId, installation: headers.get(ROOM_HEADERS.installation) ?? '' },
    expiresAt: headers.get(ROOM_HEADERS.expires),
    eventVersion: headers.get(ROOM_HEADERS.eventVersion),
    since: headers.get(ROOM_HEADERS.since),
    ticketId: headers.get(ROOM_HEADERS.ticket),
    snapshotUrl: headers.get(ROOM_HEADERS.snapshot),
  });
  return parsed.success ? parsed.data : null;
}
