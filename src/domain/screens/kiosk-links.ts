import {
  KIOSK_LINK_HOURS,
  type KioskLink,
  type KioskLinkAnswer,
  type KioskLinkCreate,
  type KioskRedeemAnswer,
} from '../../contract/kiosk-links.ts';
import { PAIRING_MINUTES } from '../../contract/screens.ts';
import { findEvent } from '../../db/events.ts';
import { writeTenant } from '../../db/scope.ts';
import {
  claimKioskLink,
  deleteOpenKioskLink,
  forgetOldKioskLinks,
  insertKioskLink,
  listOpenKioskLinks,
  lockKioskLink,
} from '../../db/screens/kiosk-links.ts';
import { lockGroups } from '../../db/screens/groups.ts';
import { findMember } from '../../db/sessions.ts';
import { readAsStaff, requireMember, type StaffActor, type TenantContext } from '../context.ts';
import { randomToken, sha256Hex } from '../digests.ts';
import { DomainError } from '../errors.ts';
import { publishEvent } from '../outbox.ts';
import { eventNotFound } from '../people/guests.ts';
import { requireSite } from '../sites/sites.ts';
import { credentialOf } from './credentials.ts';
import { countTries, takeIn } from './pairing.ts';
import { tellNeighbours } from './neighbours.ts';
import { applyLayout } from './screen-rules.ts';
import { dismissFromRoom, roomOf } from './steering.ts';

/** Open links shown to staff; there are as many as devices that wait to be put up. */
const LIST_MAX = 200;
/** Links of one person, in ten minutes. */
const LINKS_PER_PERSON = 60;
/** Nobody guesses 256 bits: this is for whoever asks without end. */
const TRIES_PER_ADDRESS = 60;
const TRIES_PER_INSTALLATION = 20;
const KEPT_MS = 3600_000;

/** One sentence for all of it: whoever comes with a token that is none learns nothing about others. */
const linkUnknown = () =>
  new DomainError('screen.link_unknown', 'This link has been used, taken back, or is over. Ask for a new one.');

type Listed = Awaited<ReturnType<typeof listOpenKioskLinks>>[number];

const toLink = ({ link, event, createdBy }: Listed): KioskLink => ({
  id: link.id,
  name: link.name,
  kind: link.kind,
  siteId: link.siteId,
  event,
  expiresAt: link.expiresAt.toISOString(),
  createdAt: link.createdAt.toISOString(),
  createdBy,
});

/* ---- the team's side ---- */

/**
 * A link that makes the browser that opens it a screen. Its token is in the fragment, which browsers send to
 * nobody, and is told this once.
 * @param origin of the tenant's host
 * @throws DomainError event.not_found, site.not_found, rate.limited
 */
export async function makeKioskLink(
  context: TenantContext,
  actor: StaffActor,
  input: KioskLinkCreate & { origin: string },
): Promise<KioskLinkAnswer> {
  const tenantId = context.tenant.id;
  await countTries(context, [{ subject: `links:${actor.userId}`, max: LINKS_PER_PERSON }]);
  const now = context.ports.clock.now();
  const token = randomToken();
  const tokenHash = await sha256Hex(token);
  const made = await writeTenant(context.db, { tenantId, userId: actor.userId }, async (tx) => {
    const member = requireMember(await findMember(tx, tenantId, actor.userId), 'member');
    const [event] = await findEvent(tx, tenantId, input.event);
    if (!event) throw eventNotFound();
    await requireSite(tx, tenantId, input.siteId);
    await forgetOldKioskLinks(tx, tenantId, new Date(now.getTime() - KEPT_MS));
    const [link] = await insertKioskLink(tx, {
      tenantId,
      tokenHash,
      kind: input.kind,
      name: input.name,
      siteId: input.siteId ?? null,
      eventId: event.id,
      layout: applyLayout({}, input.layout),
      expiresAt: new Date(now.getTime() + KIOSK_LINK_HOURS * 3600_000),
      createdBy: actor.userId,
    });
    if (!link) throw new Error('a link was inserted and not returned');
    const { id, slug, name } = event;
    return toLink({ link, event: { id, slug, name }, createdBy: member.name || member.email });
  });
  return { link: made, url: `${input.origin}/screen#link=${token}`, expiresAt: made.expiresAt };
}

/** Links that wait for somebody to open them. */
export async function listKioskLinks(context: TenantContext, actor: StaffActor): Promise<{ items: KioskLink[] }> {
  const now = context.ports.clock.now();
  const [rows] = await readAsStaff(context, actor, 'viewer', (tx) => [
    listOpenKioskLinks(tx, context.tenant.id, now, LIST_MAX),
  ]);
  return { items: rows.map(toLink) };
}

/** Takes a link back before it is opened. @throws DomainError screen.link_unknown, also for one that was opened */
export const takeBackKioskLink = (context: TenantContext, actor: StaffActor, id: string): Promise<void> =>
  writeTenant(context.db, { tenantId: context.tenant.id, userId: actor.userId }, async (tx) => {
    const tenantId = context.tenant.id;
    requireMember(await findMember(tx, tenantId, actor.userId), 'member');
    if (!(await deleteOpenKioskLink(tx, tenantId, id))[0]) throw linkUnknown();
  });

/* ---- the screen's side ---- */

/**
 * The browser that opens a link becomes the screen that the link describes. A repeat by the same browser gets the
 * same answer until the screen has used its credential; everybody else, and everybody later, gets none.
 * @param address hash of the network address, for the limit
 * @throws DomainError screen.link_unknown, rate.limited
 */
export async function redeemKioskLink(
  context: TenantContext,
  input: { token: string; installation: string; address: string },
): Promise<KioskRedeemAnswer> {
  const tenantId = context.tenant.id;
  const { installation } = input;
  await countTries(context, [
    { subject: `link-address:${input.address}`, max: TRIES_PER_ADDRESS },
    { subject: `link-installation:${installation}`, max: TRIES_PER_INSTALLATION },
  ]);
  const tokenHash = await sha256Hex(input.token);
  const now = context.ports.clock.now();
  const { answer, rooms } = await writeTenant(context.db, { tenantId }, async (tx) => {
    const [link] = await lockKioskLink(tx, tenantId, tokenHash, now);
    if (!link) throw linkUnknown();
    const credential = await credentialOf(context.config.GUEST_JWT_SECRET, tenantId, link.id);
    if (link.deviceId) {
      if (link.installation !== installation) throw linkUnknown();
      return { answer: { credential, screenId: link.deviceId }, rooms: [] };
    }
    // What somebody who has left the team has handed out opens nothing any more.
    const [maker] = await findMember(tx, tenantId, link.createdBy);
    const [event] = await findEvent(tx, tenantId, link.eventId);
    if (!maker || maker.role === 'viewer' || !event) throw linkUnknown();
    await lockGroups(tx, tenantId);
    const { device, before } = await takeIn(tx, {
      tenantId,
      installation,
      kind: link.kind,
      name: link.name,
      siteId: link.siteId,
      eventId: event.id,
      layout: link.layout,
      paused: false,
      commands: [],
      credentialHash: await sha256Hex(credential),
      copiedAt: null,
      lastSeenAt: null,
      pairedAt: now,
      rehearsalEventId: null,
      rehearsalUntil: null,
      createdBy: link.createdBy,
    });
    const expiresAt = new Date(now.getTime() + PAIRING_MINUTES * 60_000);
    await claimKioskLink(tx, { tenantId, id: link.id, installation, deviceId: device.id, now, expiresAt });
    const left = before ? roomOf(before, now) : null;
    if (left) await dismissFromRoom(tx, tenantId, left, device.id);
    const told = await tellNeighbours(tx, before, device, now);
    return { answer: { credential, screenId: device.id }, rooms: left ? [left, ...told] : told };
  });
  for (const eventId of new Set(rooms)) context.defer(publishEvent(context, eventId));
  return answer;
}
