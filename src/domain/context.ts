import type { Role } from '../contract/auth.ts';
import type { Config } from '../contract/config.ts';
import type { Tenant } from '../db/hosts.ts';
import { findMember } from '../db/sessions.ts';
import { readTenant, type Database, type TenantTx } from '../db/scope.ts';
import type { BatchItem, BatchAnswers } from '../db/batch.ts';
import { DomainError } from './errors.ts';
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
}
export interface GuestActor {
  kind: 'guest';
  guestId: string;
  eventId: string;
  pinVersion: number;
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

/**
 * Reads as a member of staff, one round trip: the membership is read in the same batch, so that
 * somebody who was removed or suspended loses sight at once and not when the token ends.
 */
export async function readAsStaff<const Q extends readonly BatchItem[]>(
  context: TenantContext,
  actor: StaffActor,
  needed: Role,
  build: (tx: TenantTx) => Q,
): Promise<BatchAnswers<Q>> {
  const scope = { tenantId: context.tenant.id, userId: actor.userId };
  const [members, ...answers] = await readTenant(context.db, scope, (tx) => [
    findMember(tx, context.tenant.id, actor.userId),
    ...build(tx),
  ]);
  requireMember(members as Awaited<ReturnType<typeof findMember>>, needed);
  return answers as unknown as BatchAnswers<Q>;
}

/** The one row of `findMember`, or 401; then its role, or 403. */
export function requireMember(members: Awaited<ReturnType<typeof findMember>>, needed: Role) {
  const member = members[0];
  if (!member) throw new DomainError('auth.required', 'Your access to this account has ended. Sign in again.');
  requireRole(member.role, needed);
  return member;
}
