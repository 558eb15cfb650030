import type { Role } from '../../contract/auth.ts';
import type { MemberPatch, MemberStatus } from '../../contract/members.ts';

export interface Standing {
  id: string;
  role: Role;
  status: MemberStatus;
}

export type MemberRefusal = 'not_found' | 'not_allowed' | 'owners_only' | 'own_role' | 'own_status' | 'last_owner';

const RANK: Record<Role, number> = { owner: 3, admin: 2, member: 1, viewer: 0 };

const isActiveOwner = (one: Pick<Standing, 'role' | 'status'>): boolean =>
  one.role === 'owner' && one.status === 'active';

/**
 * Whether somebody may change or remove a member of the team.
 * @param actor as the database knows them now
 * @param change null removes
 * @param owners every active owner, locked, so that two of them cannot demote each other at once
 * @returns null when they may
 */
export function refuseMemberChange(
  actor: Standing,
  target: Standing | undefined,
  change: MemberPatch | null,
  owners: readonly string[],
): MemberRefusal | null {
  if (RANK[actor.role] < RANK.admin) return 'not_allowed';
  if (!target) return 'not_found';
  const isSelf = actor.id === target.id;
  const role = change?.role ?? target.role;
  if (actor.role !== 'owner' && (target.role === 'owner' || role === 'owner')) return 'owners_only';
  if (isSelf && RANK[role] > RANK[actor.role]) return 'own_role';
  if (isSelf && change?.status === 'suspended') return 'own_status';
  const after = change && { role, status: change.status ?? target.status };
  const stays = after !== null && isActiveOwner(after);
  if (isActiveOwner(target) && !stays && owners.every((id) => id === target.id)) return 'last_owner';
  return null;
}
