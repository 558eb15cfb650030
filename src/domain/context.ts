import type { Role } from '../contract/auth.ts';
import type { Config } from '../contract/config.ts';
import { findLiveGrant } from '../db/helpers.ts';
import type { Tenant } from '../db/hosts.ts';
import { findMember } from '../db/sessions.ts';
import { readTenant, type Database, type Scope, type TenantTx } from '../db/scope.ts';
import type { BatchItem, BatchAnswers } from '../db/batch.ts';
import { DomainError } from './errors.ts';
import { grantEndsBefore } from './people/helper-rules.ts';
import type { Ports } from './ports.ts';

/** What any work needs that is not data: the database, the ports, the limits. */
export interface Services {
  db: Database;
  ports: Ports;
  config: Config;
}

/** Work for one tenant. `defer` keeps something going after the answer has been sent. */
export interface TenantContext extends Services {
  tenant: Pick<Tenant, 'id' | 'residency'>;
  defer(work: Promise<unknown>): void;
}

export interface StaffActor {
  kind: 'staff';
  userId: string;
  role: Role;
  /** the family of refresh tokens this sign-in began, which is what ends with it */
  sessionId: string;
}
/** Whoever holds a grant for one event, on one device and without an account. */
export interface HelperActor {
  kind: 'helper';
  grantId: string;
  eventId: string;
  label: string;
}
export interface GuestActor {
  kind: 'guest';
  guestId: string;
  /** guests that this device was before it became this one, whose uploads it carries on */
  formerly?: string[];
  eventId: string;
  pinVersion: number;
}

/** A screen, by what it says of itself; whether that is so is read with whatever it asks for. */
export interface ScreenActor {
  kind: 'screen';
  credentialHash: string;
  /** null where it said none, or nothing that could be one */
  installation: string | null;
}

/** Who may decide on photos: a member of the tenant, at all its events, or a helper, at one. */
export type Moderator = StaffActor | HelperActor;

/** A moderator as decisions and rooms name them. */
export interface Person {
  kind: 'user' | 'helper';
  id: string;
  name: string;
}

const RANK: Record<Role, number> = { owner: 3, admin: 2, member: 1, viewer: 0 };

/** Whether `role` contains `needed`. */
export const includesRole = (role: Role, needed: Role): boolean => RANK[role] >= RANK[needed];

/** Throws unless the role contains what is needed. */
export function requireRole(role: Role, needed: Role): void {
  if (!includesRole(role, needed)) {
    throw new DomainError('access.denied', `This needs the role “${needed}”; ask an owner or admin of this account.`);
  }
}

/** The one row of `findMember`, or 401; then its role, or 403. */
export function requireMember(members: Awaited<ReturnType<typeof findMember>>, needed: Role) {
  const member = members[0];
  if (!member) throw new DomainError('auth.required', 'Your access to this account has ended. Sign in again.');
  requireRole(member.role, needed);
  return member;
}

/** The one row of `findLiveGrant`, or 401: revoked, given back, or its event is over. */
export function requireGrant(grants: Awaited<ReturnType<typeof findLiveGrant>>) {
  const grant = grants[0];
  if (!grant) {
    throw new DomainError('helper.ended', 'Your access as a helper has ended. Ask the organiser for a new link.');
  }
  return grant;
}

/** Whether an event is one that this moderator may work on; a helper knows of no other. */
export const isWithin = (actor: Moderator, eventId: string): boolean =>
  actor.kind === 'staff' || actor.eventId === eventId;

/** As much of a moderator as their standing is read by. */
type Known = Pick<StaffActor, 'kind' | 'userId'> | Pick<HelperActor, 'kind' | 'grantId'>;

/** The scope of a transaction in which `requireModerator` is asked. */
export const scopeOf = (context: TenantContext, actor: Known): Scope =>
  actor.kind === 'staff' ? { tenantId: context.tenant.id, userId: actor.userId } : { tenantId: context.tenant.id };

/** The query that says whether the actor still is who the token says, to be read with whatever they ask for. */
const standingOf = (tx: TenantTx, context: TenantContext, actor: Known) =>
  actor.kind === 'staff'
    ? findMember(tx, context.tenant.id, actor.userId)
    : findLiveGrant(tx, context.tenant.id, actor.grantId, grantEndsBefore(context.ports.clock.now()));

/** Judges that query's rows. A helper is asked for no role: routes that need more than `moderator` never see one. */
function requireStanding(rows: unknown, actor: Known, needed: Role): Person {
  if (actor.kind === 'helper') {
    const grant = requireGrant(rows as Awaited<ReturnType<typeof findLiveGrant>>);
    return { kind: 'helper', id: grant.id, name: grant.label };
  }
  const member = requireMember(rows as Awaited<ReturnType<typeof findMember>>, needed);
  return { kind: 'user', id: member.id, name: member.name || member.email };
}

/**
 * Reads as staff or as a helper, one round trip: the membership or the grant is read in the same batch, so
 * that somebody who was removed, suspended or revoked loses sight at once and not when the token ends.
 * Whether a helper may see what was found is for the caller to judge, with `isWithin`.
 */
export async function readWithPerson<const Q extends readonly BatchItem[]>(
  context: TenantContext,
  actor: Known,
  needed: Role,
  build: (tx: TenantTx) => Q,
): Promise<{ person: Person; answers: BatchAnswers<Q> }> {
  const [standing, ...answers] = await readTenant(context.db, scopeOf(context, actor), (tx) => [
    standingOf(tx, context, actor) as BatchItem,
    ...build(tx),
  ]);
  return { person: requireStanding(standing, actor, needed), answers: answers as unknown as BatchAnswers<Q> };
}

/** `readWithPerson` where the role is one that no helper has. */
export const readAsStaff = async <const Q extends readonly BatchItem[]>(
  context: TenantContext,
  actor: StaffActor,
  needed: Role,
  build: (tx: TenantTx) => Q,
): Promise<BatchAnswers<Q>> => (await readWithPerson(context, actor, needed, build)).answers;

/** What any member of staff may see and a helper of the event: routes with access `insider`. */
export const readAsInsider = async <const Q extends readonly BatchItem[]>(
  context: TenantContext,
  actor: Moderator,
  build: (tx: TenantTx) => Q,
): Promise<BatchAnswers<Q>> => (await readWithPerson(context, actor, 'viewer', build)).answers;

/** What only those may see who decide: routes with access `moderator`. */
export const readAsModerator = async <const Q extends readonly BatchItem[]>(
  context: TenantContext,
  actor: Moderator,
  build: (tx: TenantTx) => Q,
): Promise<BatchAnswers<Q>> => (await readWithPerson(context, actor, 'member', build)).answers;

/**
 * The same inside a transaction that writes (`writeTenant` with `scopeOf`).
 * @returns who decides, as decisions are attributed.
 */
export const requireModerator = async (tx: TenantTx, context: TenantContext, actor: Moderator): Promise<Person> =>
  requireStanding(await standingOf(tx, context, actor), actor, 'member');
