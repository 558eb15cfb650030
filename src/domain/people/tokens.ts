import { SignJWT, jwtVerify, errors } from 'jose';
import * as z from 'zod';
import { ROLES, type Role } from '../../contract/auth.ts';
import { idSchema } from '../../contract/ids.ts';
import { installationSchema, ROOM_ROLES, TICKET_TTL_SECONDS, type RoomRole } from '../../contract/live.ts';
import type { GuestActor, HelperActor, Moderator, Person, StaffActor } from '../context.ts';

/**
 * Signed tokens (JWT, HS256). Each kind has its own audience and carries its tenant, so that a token
 * of one kind or one tenant is nothing at another door.
 */
const ISSUER = 'momentique';
const keyOf = (secret: string): Uint8Array => new TextEncoder().encode(secret);

type Audience = 'staff' | 'helper' | 'guest' | 'ticket' | 'download';

async function sign(
  secret: string,
  audience: Audience,
  subject: string,
  claims: Record<string, unknown>,
  ttlSeconds: number,
  now: Date,
): Promise<string> {
  const issuedAt = Math.floor(now.getTime() / 1000);
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuer(ISSUER)
    .setAudience(audience)
    .setSubject(subject)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + ttlSeconds)
    .sign(keyOf(secret));
}

/** @returns the claims, or null for a token that is expired, foreign, forged or of another kind. */
async function verify<T>(
  secret: string,
  audience: Audience,
  token: string,
  schema: z.ZodType<T>,
  now: Date,
): Promise<T | null> {
  if (token.length > 2048) return null;
  try {
    const { payload } = await jwtVerify(token, keyOf(secret), {
      algorithms: ['HS256'],
      issuer: ISSUER,
      audience,
      currentDate: now,
      requiredClaims: ['exp', 'sub', 'tid'],
    });
    const claims = schema.safeParse(payload);
    return claims.success ? claims.data : null;
  } catch (error) {
    if (error instanceof errors.JOSEError) return null;
    throw error;
  }
}

const staffClaims = z.object({ sub: idSchema, tid: idSchema, role: z.enum(ROLES), sid: idSchema });

/** @param sessionId the family of the refresh token, so that signing out can name it. */
export const signStaffToken = (
  secret: string,
  claims: { tenantId: string; userId: string; role: Role; sessionId: string },
  ttlSeconds: number,
  now: Date,
): Promise<string> =>
  sign(
    secret,
    'staff',
    claims.userId,
    { tid: claims.tenantId, role: claims.role, sid: claims.sessionId },
    ttlSeconds,
    now,
  );

export async function verifyStaffToken(
  secret: string,
  tenantId: string,
  token: string,
  now: Date,
): Promise<StaffActor | null> {
  const claims = await verify(secret, 'staff', token, staffClaims, now);
  return claims && claims.tid === tenantId
    ? { kind: 'staff', userId: claims.sub, role: claims.role, sessionId: claims.sid }
    : null;
}

const helperClaims = z.object({ sub: idSchema, tid: idSchema, eid: idSchema, name: z.string().min(1).max(80) });

/** As short-lived as a member's; whether the grant still counts is read with each request all the same. */
export const signHelperToken = (
  secret: string,
  claims: { tenantId: string; grantId: string; eventId: string; label: string },
  ttlSeconds: number,
  now: Date,
): Promise<string> =>
  sign(
    secret,
    'helper',
    claims.grantId,
    { tid: claims.tenantId, eid: claims.eventId, name: claims.label },
    ttlSeconds,
    now,
  );

export async function verifyHelperToken(
  secret: string,
  tenantId: string,
  token: string,
  now: Date,
): Promise<HelperActor | null> {
  const claims = await verify(secret, 'helper', token, helperClaims, now);
  return claims && claims.tid === tenantId
    ? { kind: 'helper', grantId: claims.sub, eventId: claims.eid, label: claims.name }
    : null;
}

/** More former guests than a device has reason to be. */
const FORMERLY_MAX = 8;
const guestClaims = z.object({
  sub: idSchema,
  tid: idSchema,
  eid: idSchema,
  pv: z.int(),
  was: z.array(idSchema).max(FORMERLY_MAX).optional(),
});

export const signGuestToken = (
  secret: string,
  claims: { tenantId: string; eventId: string; guestId: string; pinVersion: number; formerly?: string[] },
  ttlSeconds: number,
  now: Date,
): Promise<string> =>
  sign(
    secret,
    'guest',
    claims.guestId,
    {
      tid: claims.tenantId,
      eid: claims.eventId,
      pv: claims.pinVersion,
      ...(claims.formerly?.length ? { was: claims.formerly.slice(0, FORMERLY_MAX) } : {}),
    },
    ttlSeconds,
    now,
  );

export async function verifyGuestToken(
  secret: string,
  tenantId: string,
  token: string,
  now: Date,
): Promise<GuestActor | null> {
  const claims = await verify(secret, 'guest', token, guestClaims, now);
  return claims && claims.tid === tenantId
    ? {
        kind: 'guest',
        guestId: claims.sub,
        eventId: claims.eid,
        pinVersion: claims.pv,
        ...(claims.was ? { formerly: claims.was } : {}),
      }
    : null;
}

const ticketClaims = z.object({
  sub: idSchema,
  tid: idSchema,
  role: z.enum(ROOM_ROLES),
  gid: idSchema.optional(),
  by: z.object({ kind: z.enum(['user', 'helper']), id: idSchema, name: z.string() }).optional(),
  screen: z.object({ id: idSchema, installation: installationSchema }).optional(),
  ver: z.int().positive(),
  jti: idSchema,
  until: z.int().positive(),
});

export interface LiveTicket {
  eventId: string;
  role: RoomRole;
  guestId: string | null;
  /** who decides at the other end, for role `staff`: a member or a helper */
  moderator: Person | null;
  /** which screen, and of which installation, for role `screen` */
  screen: { id: string; installation: string } | null;
  /** version of the event by which it was judged: a room whose doors were closed since does not let it in */
  eventVersion: number;
  ticketId: string;
  /** when the socket it opens must be renewed */
  expiresAt: Date;
}

/** A ticket opens one socket of one event within a minute; the room refuses a second use. */
export const signLiveTicket = (
  secret: string,
  ticket: Omit<LiveTicket, 'ticketId'> & { tenantId: string },
  now: Date,
): Promise<string> =>
  sign(
    secret,
    'ticket',
    ticket.eventId,
    {
      tid: ticket.tenantId,
      role: ticket.role,
      ...(ticket.guestId ? { gid: ticket.guestId } : {}),
      ...(ticket.moderator ? { by: ticket.moderator } : {}),
      ...(ticket.screen ? { screen: ticket.screen } : {}),
      ver: ticket.eventVersion,
      jti: crypto.randomUUID(),
      until: Math.floor(ticket.expiresAt.getTime() / 1000),
    },
    TICKET_TTL_SECONDS,
    now,
  );

export async function verifyLiveTicket(
  secret: string,
  tenantId: string,
  token: string,
  now: Date,
): Promise<LiveTicket | null> {
  const claims = await verify(secret, 'ticket', token, ticketClaims, now);
  if (!claims || claims.tid !== tenantId) return null;
  return {
    eventId: claims.sub,
    role: claims.role,
    guestId: claims.gid ?? null,
    moderator: claims.by ?? null,
    screen: claims.screen ?? null,
    eventVersion: claims.ver,
    ticketId: claims.jti,
    expiresAt: new Date(claims.until * 1000),
  };
}

const downloadClaims = z.object({
  sub: idSchema,
  tid: idSchema,
  as: z.literal('received').optional(),
  staff: z.object({ id: idSchema, role: z.enum(ROLES), sid: idSchema }).optional(),
  helper: z.object({ id: idSchema, eid: idSchema, name: z.string().min(1).max(80) }).optional(),
});

/** Opens one file, for the moderator it was made for: a browser sends no Bearer with a link or with a video. */
export interface DownloadTicket {
  photoId: string;
  as: 'received' | undefined;
  moderator: Moderator;
}

export const signDownloadTicket = (
  secret: string,
  { tenantId, photoId, as, moderator }: DownloadTicket & { tenantId: string },
  ttlSeconds: number,
  now: Date,
): Promise<string> =>
  sign(
    secret,
    'download',
    photoId,
    {
      tid: tenantId,
      ...(as ? { as } : {}),
      ...(moderator.kind === 'staff'
        ? { staff: { id: moderator.userId, role: moderator.role, sid: moderator.sessionId } }
        : { helper: { id: moderator.grantId, eid: moderator.eventId, name: moderator.label } }),
    },
    ttlSeconds,
    now,
  );

export async function verifyDownloadTicket(
  secret: string,
  tenantId: string,
  token: string,
  now: Date,
): Promise<DownloadTicket | null> {
  const claims = await verify(secret, 'download', token, downloadClaims, now);
  if (!claims || claims.tid !== tenantId) return null;
  const { sub: photoId, as, staff, helper } = claims;
  if (staff) {
    return { photoId, as, moderator: { kind: 'staff', userId: staff.id, role: staff.role, sessionId: staff.sid } };
  }
  return helper
    ? { photoId, as, moderator: { kind: 'helper', grantId: helper.id, eventId: helper.eid, label: helper.name } }
    : null;
}
