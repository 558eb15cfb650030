import type { LoginAnswer } from '../../contract/auth.ts';
import type { Helper } from '../../contract/helpers.ts';
import { eventIdOf, findEvent } from '../../db/events.ts';
import {
  findGrant,
  findGrantByToken,
  insertGrant,
  leaveGrant,
  listGrants,
  redeemGrant,
  revokeGrant,
  touchGrant,
} from '../../db/helpers.ts';
import { writeTenant, writeTenantBatch } from '../../db/scope.ts';
import { findMember } from '../../db/sessions.ts';
import { readAsStaff, requireGrant, requireMember, type StaffActor, type TenantContext } from '../context.ts';
import { decodeCursor, toPage } from '../cursors.ts';
import { randomToken, sha256Hex } from '../digests.ts';
import { DomainError } from '../errors.ts';
import { eventNotFound } from './guests.ts';
import { grantEndsBefore, takesHelpers, toHelper } from './helper-rules.ts';
import { publishEvent } from '../outbox.ts';
import { recordEventChange } from '../organiser/event-changes.ts';
import { signHelperToken } from './tokens.ts';

export async function listHelpers(
  context: TenantContext,
  actor: StaffActor,
  input: { event: string; limit: number; cursor?: string },
): Promise<{ items: Helper[]; nextCursor: string | null }> {
  const tenantId = context.tenant.id;
  const after = decodeCursor(input.cursor);
  const [events, rows] = await readAsStaff(context, actor, 'viewer', (tx) => [
    findEvent(tx, tenantId, input.event),
    listGrants(tx, tenantId, eventIdOf(tenantId, input.event), input.limit + 1, after),
  ]);
  const event = events[0];
  if (!event) throw eventNotFound();
  const now = context.ports.clock.now();
  const page = toPage(rows, input.limit, (row) => ({ at: row.position, id: row.grant.id }));
  return { items: page.rows.map((row) => toHelper(row.grant, event, now)), nextCursor: page.nextCursor };
}

/**
 * Makes a link that turns whoever opens it first into a moderator of the event, on that device. Of its
 * token only the hash is kept.
 * @throws DomainError event.not_found, helper.event_over
 */
export async function inviteHelper(
  context: TenantContext,
  actor: StaffActor,
  input: { event: string; label: string; hours: number },
): Promise<{ helper: Helper; token: string }> {
  const tenantId = context.tenant.id;
  const now = context.ports.clock.now();
  const token = randomToken();
  const tokenHash = await sha256Hex(token);
  const helper = await writeTenant(context.db, { tenantId, userId: actor.userId }, async (tx) => {
    requireMember(await findMember(tx, tenantId, actor.userId), 'member');
    const [event] = await findEvent(tx, tenantId, input.event);
    if (!event) throw eventNotFound();
    if (!takesHelpers(event)) {
      throw new DomainError(
        'helper.event_over',
        'This event is over, so a helper could not do anything. Reopen it first.',
      );
    }
    const [grant] = await insertGrant(tx, {
      tenantId,
      eventId: event.id,
      label: input.label,
      tokenHash,
      expiresAt: new Date(now.getTime() + input.hours * 3600_000),
      createdBy: actor.userId,
      createdAt: now,
    });
    if (!grant) throw new Error('a grant was inserted and not returned');
    return toHelper(grant, event, now);
  });
  return { helper, token };
}

/** Ends a helper's access, or a link that nobody has used: tokens and sockets at once. A repeat changes nothing. */
export async function revokeHelper(
  context: TenantContext,
  actor: StaffActor,
  input: { event: string; helper: string },
): Promise<void> {
  const tenantId = context.tenant.id;
  const eventId = await writeTenant(context.db, { tenantId, userId: actor.userId }, async (tx) => {
    requireMember(await findMember(tx, tenantId, actor.userId), 'member');
    const [event] = await findEvent(tx, tenantId, input.event);
    if (!event) throw eventNotFound();
    const [grant] = await findGrant(tx, tenantId, event.id, input.helper);
    if (!grant) throw new DomainError('helper.not_found', 'There is no such helper at this event.');
    if (grant.revokedAt) return null;
    await revokeGrant(tx, tenantId, grant.id, context.ports.clock.now());
    await recordEventChange(tx, tenantId, event.id, { closesModerator: grant.id });
    return event.id;
  });
  if (eventId) context.defer(publishEvent(context, eventId));
}

interface Helped {
  id: string;
  label: string;
  eventId: string;
  eventSlug: string;
  eventName: string;
}

async function toAnswer(context: TenantContext, grant: Helped, now: Date): Promise<LoginAnswer> {
  const ttl = context.config.ACCESS_TOKEN_TTL_SECONDS;
  const claims = { tenantId: context.tenant.id, grantId: grant.id, eventId: grant.eventId, label: grant.label };
  return {
    accessToken: await signHelperToken(context.config.STAFF_JWT_SECRET, claims, ttl, now),
    expiresIn: ttl,
    user: { id: grant.id, email: '', name: grant.label },
    role: 'moderator',
    event: { id: grant.eventId, slug: grant.eventSlug, name: grant.eventName },
  };
}

/**
 * Uses a helper's link up, in one round trip: of two calls at once exactly one wins.
 * @param address hash of the network address, for the limit
 * @throws DomainError helper.link_used, helper.link_expired (also for what never was a link), rate.limited
 */
export async function redeemHelperLink(
  context: TenantContext,
  input: { token: string; device: string | null; address: string },
): Promise<{ answer: LoginAnswer; sessionToken: string }> {
  const tenantId = context.tenant.id;
  const now = context.ports.clock.now();
  if (!(await context.ports.limiter.allow('logins', `${tenantId}:helper:${input.address}`))) {
    throw new DomainError('rate.limited', 'Too many tries from here. Wait a minute and try again.', {
      retryAfterSeconds: 60,
    });
  }
  const sessionToken = randomToken();
  const [tokenHash, sessionHash] = await Promise.all([sha256Hex(input.token), sha256Hex(sessionToken)]);
  const use = { tenantId, tokenHash, sessionHash, device: input.device, now, endedAfter: grantEndsBefore(now) };
  const [redeemed, found] = await writeTenantBatch(context.db, { tenantId }, (tx) => [
    redeemGrant(tx, use),
    findGrantByToken(tx, tenantId, tokenHash),
  ]);
  const grant = redeemed[0];
  if (grant) return { answer: await toAnswer(context, grant, now), sessionToken };
  if (found[0]?.redeemedAt) {
    throw new DomainError('helper.link_used', 'This link has been used. Each works once; ask for a new one.');
  }
  throw new DomainError('helper.link_expired', 'This link does not work any more. Ask the organiser for a new one.');
}

/**
 * A new access token for a helper's device. The device's own token is not rotated: its link cannot be used
 * again, so an answer that is lost on the way must not lock a helper out in the middle of a party; and the
 * team sees the device and can revoke it at any time.
 * @throws DomainError helper.ended
 */
export async function refreshHelper(context: TenantContext, token: string): Promise<LoginAnswer> {
  const tenantId = context.tenant.id;
  const now = context.ports.clock.now();
  const sessionHash = await sha256Hex(token);
  const [grants] = await writeTenantBatch(context.db, { tenantId }, (tx) => [
    touchGrant(tx, { tenantId, sessionHash, now, endedAfter: grantEndsBefore(now) }),
  ]);
  return toAnswer(context, requireGrant(grants), now);
}

/** Gives the access back, as signing out does; unknown tokens are ignored. */
export async function leaveAsHelper(context: TenantContext, token: string): Promise<void> {
  const tenantId = context.tenant.id;
  const sessionHash = await sha256Hex(token);
  const [gone] = await writeTenantBatch(context.db, { tenantId }, (tx) => [leaveGrant(tx, tenantId, sessionHash)]);
  for (const grant of gone) {
    await writeTenantBatch(context.db, { tenantId }, (tx) => [
      recordEventChange(tx, tenantId, grant.eventId, { closesModerator: grant.id }),
    ]);
    context.defer(publishEvent(context, grant.eventId));
  }
}
