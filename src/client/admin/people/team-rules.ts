import type { ActingRole, Role } from '../../../contract/auth.ts';
import type { Member, MemberPatch } from '../../../contract/members.ts';

export interface Viewer {
  id: string;
  role: ActingRole | null;
}

export type WhyNot = 'adminsOnly' | 'ownersOnly' | 'notYourself' | 'lastOwner' | 'hasRole';

/**
 * Why a change of the team cannot be made, as the page knows it: so that it is explained before it is tried.
 * The server decides (`domain/member-rules.ts`). `change` null removes.
 */
export function whyNot(
  viewer: Viewer,
  target: Pick<Member, 'id' | 'role' | 'status'>,
  change: MemberPatch | null,
  team: readonly Pick<Member, 'id' | 'role' | 'status'>[],
): WhyNot | null {
  if (viewer.role !== 'owner' && viewer.role !== 'admin') return 'adminsOnly';
  if (change && change.role === target.role) return 'hasRole';
  if (viewer.role === 'admin' && (target.role === 'owner' || (change && change.role === 'owner'))) return 'ownersOnly';
  if (viewer.id === target.id && change && change.status === 'suspended') return 'notYourself';
  const others = team.filter(({ id, role, status }) => id !== target.id && role === 'owner' && status === 'active');
  const isLast = target.role === 'owner' && target.status === 'active' && others.length === 0;
  return isLast ? 'lastOwner' : null;
}

/** Those of `contract/auth.ts`, which would bring the schemas with them. */
export const ROLES: readonly Role[] = ['owner', 'admin', 'member', 'viewer'];
export const ROLE_WORDS: Record<Role, 'roleOwner' | 'roleAdmin' | 'roleMember' | 'roleViewer'> = {
  owner: 'roleOwner',
  admin: 'roleAdmin',
  member: 'roleMember',
  viewer: 'roleViewer',
};
