import {
  PAIRING_MINUTES,
  type Pairing,
  type PairingStatus,
  type Screen,
  type ScreenCreate,
} from '../../contract/screens.ts';
import { findEvent } from '../../db/events.ts';
import { DatabaseRefusal } from '../../db/errors.ts';
import type { DeviceRow } from '../../db/schema/screens.ts';
import { readTenant, writeTenant, writeTenantBatch, type TenantTx } from '../../db/scope.ts';
import { freeNumber, insertDevice, lockScreenOfInstallation, updateDevice } from '../../db/screens/devices.ts';
import { lockGroups } from '../../db/screens/groups.ts';
import {
  claimPairing,
  countPairingTry,
  findPairing,
  forgetOldPairings,
  forgetOldTries,
  lockOpenPairing,
  putPairing,
  returnPairingTry,
} from '../../db/screens/pairings.ts';
import { findMember } from '../../db/sessions.ts';
import { requireMember, type StaffActor, type TenantContext } from '../context.ts';
import { randomToken, sha256Hex } from '../digests.ts';
import { DomainError } from '../errors.ts';
import { publishEvent } from '../outbox.ts';
import { eventNotFound } from '../people/guests.ts';
import { credentialOf } from './credentials.ts';
import { applyLayout, codeOf, readCode, toScreen } from './screen-rules.ts';
import { requireSite } from '../sites/sites.ts';
import { tellNeighbours } from './neighbours.ts';
import { dismissFromRoom, roomOf } from './steering.ts';

const WAIT_SECONDS = 600;
/** A venue's televisions share one address; one that forgets itself asks again and again. */
const CODES_PER_ADDRESS = 60;
const CODES_PER_INSTALLATION = 20;
/** Guesses of one person, and of a whole team, in `WAIT_SECONDS`; a right one does not count. */
const GUESSES_PER_PERSON = 20;
const GUESSES_PER_TEAM = 100;
/** Codes are drawn again when one is taken: with a thousand screens waiting that is one in a million. */
const DRAWS = 3;
const KEPT_MS = 3600_000;

const codeUnknown = () =>
  new DomainError('screen.code_unknown', 'No screen shows this code. Read it again; each is good for ten minutes.');

/**
 * Counts tries before they are looked at, one subject after another: who has had too many uses up nothing that is
 * shared with others, and adds no row for a name of their own making.
 * @throws DomainError rate.limited when there were too many of one subject
 */
export async function countTries(context: TenantContext, tries: { subject: string; max: number }[]): Promise<void> {
  const tenantId = context.tenant.id;
  for (const { subject, max } of tries) {
    const [[row]] = await writeTenantBatch(context.db, { tenantId }, (tx) => [
      countPairingTry(tx, tenantId, subject, WAIT_SECONDS),
    ]);
    if (!row || row.tries <= max) continue;
    const now = context.ports.clock.now().getTime();
    const retryAfterSeconds = Math.max(1, Math.ceil((row.resetsAt.getTime() - now) / 1000));
    throw new DomainError('rate.limited', 'Too many tries. Wait a few minutes and try again.', { retryAfterSeconds });
  }
}

/* ---- the screen's side ---- */

/**
 * A code for a screen to show, and the secret by which it asks what became of it. An installation has one at a time.
 * @param address hash of the network address, for the limit
 * @throws DomainError rate.limited
 */
export async function beginPairing(
  context: TenantContext,
  input: { installation: string; address: string },
): Promise<Pairing> {
  const tenantId = context.tenant.id;
  const now = context.ports.clock.now();
  await countTries(context, [
    { subject: `address:${input.address}`, max: CODES_PER_ADDRESS },
    { subject: `installation:${input.installation}`, max: CODES_PER_INSTALLATION },
  ]);
  const secret = randomToken();
  const secretHash = await sha256Hex(secret);
  const expiresAt = new Date(now.getTime() + PAIRING_MINUTES * 60_000);
  const old = new Date(now.getTime() - KEPT_MS);
  for (let draw = 1; ; draw++) {
    const code = codeOf(crypto.getRandomValues(new Uint8Array(16)));
    const id = crypto.randomUUID();
    try {
      await writeTenantBatch(context.db, { tenantId }, (tx) => [
        forgetOldPairings(tx, tenantId, old),
        forgetOldTries(tx, tenantId, old),
        putPairing(tx, { tenantId, id, code, secretHash, installation: input.installation, expiresAt }),
      ]);
      return { code, secret, expiresAt: expiresAt.toISOString() };
    } catch (error) {
      const isTaken = error instanceof DatabaseRefusal && error.constraint === 'screen_pairings_tenant_id_code_key';
      if (!isTaken || draw === DRAWS) throw error;
    }
  }
}

/**
 * What became of a code, for the screen that shows it. Once it is claimed the answer is the same each time,
 * until the screen has used its credential.
 * @throws DomainError screen.code_unknown, also for the secret of another code
 */
export async function askPairing(context: TenantContext, code: string, secretHash: string): Promise<PairingStatus> {
  const tenantId = context.tenant.id;
  const now = context.ports.clock.now();
  const [rows] = await readTenant(context.db, { tenantId }, (tx) => [findPairing(tx, tenantId, readCode(code) ?? '')]);
  const pairing = rows[0];
  if (!pairing || pairing.secretHash !== secretHash) throw codeUnknown();
  if (pairing.expiresAt <= now) return { status: 'expired' };
  if (!pairing.deviceId) return { status: 'waiting' };
  const credential = await credentialOf(context.config.GUEST_JWT_SECRET, tenantId, pairing.id);
  return { status: 'paired', credential, screenId: pairing.deviceId };
}

/* ---- the team's side ---- */

/**
 * The television becomes the screen it was before, or a new one; whatever it was paired with counts no more. The
 * caller has locked the groups, and publishes what the rooms are to hear.
 */
export async function takeIn(
  tx: TenantTx,
  values: Pick<
    DeviceRow,
    'tenantId' | 'kind' | 'name' | 'siteId' | 'eventId' | 'layout' | 'credentialHash' | 'createdBy'
  > & { installation: string },
  now: Date,
): Promise<{ device: DeviceRow; rooms: string[] }> {
  const { tenantId } = values;
  const fresh = {
    ...values,
    paused: false,
    commands: [],
    copiedAt: null,
    lastSeenAt: null,
    pairedAt: now,
    rehearsalEventId: null,
    rehearsalUntil: null,
  };
  const [before] = await lockScreenOfInstallation(tx, tenantId, values.installation);
  const [device] = before
    ? await updateDevice(tx, tenantId, before.id, { ...fresh, version: before.version + 1, status: 'offline' })
    : await insertDevice(tx, { ...fresh, number: freeNumber(tenantId) });
  if (!device) throw new Error('a screen was written and not returned');
  const left = before ? roomOf(before, now) : null;
  if (left) await dismissFromRoom(tx, tenantId, left, device.id);
  const told = await tellNeighbours(tx, before ?? null, device, now);
  return { device, rooms: [...new Set(left ? [left, ...told] : told)] };
}

/**
 * Makes the television that shows a code a screen of this account.
 * @throws DomainError screen.code_unknown, event.not_found, site.not_found, rate.limited
 */
export async function pairScreen(context: TenantContext, actor: StaffActor, input: ScreenCreate): Promise<Screen> {
  const tenantId = context.tenant.id;
  const subject = `person:${actor.userId}`;
  await countTries(context, [
    { subject, max: GUESSES_PER_PERSON },
    { subject: 'team', max: GUESSES_PER_TEAM },
  ]);
  const now = context.ports.clock.now();
  const { device, event, rooms } = await writeTenant(context.db, { tenantId, userId: actor.userId }, async (tx) => {
    await lockGroups(tx, tenantId);
    requireMember(await findMember(tx, tenantId, actor.userId), 'member');
    const [event] = await findEvent(tx, tenantId, input.event);
    if (!event) throw eventNotFound();
    await requireSite(tx, tenantId, input.siteId);
    const code = readCode(input.code);
    const [pairing] = code ? await lockOpenPairing(tx, tenantId, code, now) : [];
    if (!pairing) throw codeUnknown();
    const credential = await credentialOf(context.config.GUEST_JWT_SECRET, tenantId, pairing.id);
    const { device, rooms } = await takeIn(
      tx,
      {
        tenantId,
        installation: pairing.installation,
        kind: input.kind,
        name: input.name,
        siteId: input.siteId ?? null,
        eventId: event.id,
        layout: applyLayout({}, input.layout),
        credentialHash: await sha256Hex(credential),
        createdBy: actor.userId,
      },
      now,
    );
    const expiresAt = new Date(now.getTime() + PAIRING_MINUTES * 60_000);
    await claimPairing(tx, { tenantId, id: pairing.id, deviceId: device.id, now, expiresAt });
    await returnPairingTry(tx, tenantId, subject);
    await returnPairingTry(tx, tenantId, 'team');
    return { device, event, rooms };
  });
  for (const eventId of rooms) context.defer(publishEvent(context, eventId));
  return toScreen({ device, event }, null, now);
}
