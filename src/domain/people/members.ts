import type { Member, MemberPatch } from '../../contract/members.ts';
import { findTeamMember, listMembers, lockMembers, removeMember, updateMember } from '../../db/members.ts';
import { addModeratorsEnd } from '../../db/outbox.ts';
import { writeTenant, type TenantTx } from '../../db/scope.ts';
import { unassignEverywhere } from '../../db/screens/sites.ts';
import { revokeSessionsOf } from '../../db/sessions.ts';
import { readAsStaff, type StaffActor, type TenantContext } from '../context.ts';
import { decodeCursor, toPage } from '../cursors.ts';
import { DomainError } from '../errors.ts';
import { refuseMemberChange, type MemberRefusal } from './member-rules.ts';
import { publishEvent } from '../outbox.ts';

/** Rooms told at once of somebody whose rights have changed; sockets elsewhere end within a quarter of an hour. */
const ROOMS_TOLD = 20;

const REFUSALS: Record<MemberRefusal, () => DomainError> = {
  not_found: () => new DomainError('member.not_found', 'This person is not in the team.'),
  not_allowed: () => new DomainError('access.denied', 'Only owners and admins change the team. Ask one of them.'),
  owners_only: () => new DomainError('access.denied', 'Only an owner makes owners and changes them. Ask one of them.'),
  own_role: () => new DomainError('access.denied', 'Nobody raises their own role. Ask somebody who has more.'),
  own_status: () => new DomainError('access.denied', 'You cannot suspend yourself. Ask another owner or admin.'),
  last_owner: () =>
    new DomainError('member.last_owner', 'An account needs an active owner. Make somebody else an owner first.'),
};

type MemberRow = Awaited<ReturnType<typeof findTeamMember>>[number];

const toMember = (row: MemberRow): Member => ({
  id: row.id,
  email: row.email,
  name: row.name,
  role: row.role,
  status: row.status,
  joinedAt: row.joinedAt.toISOString(),
});

export async function listTeam(
  context: TenantContext,
  actor: StaffActor,
  input: { limit: number; cursor?: string },
): Promise<{ items: Member[]; nextCursor: string | null }> {
  const after = decodeCursor(input.cursor);
  const [rows] = await readAsStaff(context, actor, 'viewer', (tx) => [
    listMembers(tx, context.tenant.id, input.limit + 1, after),
  ]);
  const page = toPage(rows, input.limit, (row) => ({ at: row.position, id: row.id }));
  return { items: page.rows.map(toMember), nextCursor: page.nextCursor };
}

/** Locks whom it takes and throws unless the change is allowed. `change` null removes. */
async function judge(
  tx: TenantTx,
  context: TenantContext,
  actor: StaffActor,
  userId: string,
  change: MemberPatch | null,
): Promise<void> {
  const locked = await lockMembers(tx, context.tenant.id, [actor.userId, userId]);
  const self = locked.find((row) => row.id === actor.userId && row.status === 'active');
  if (!self) throw new DomainError('auth.required', 'Your access to this account has ended. Sign in again.');
  const owners = locked.filter((row) => row.role === 'owner' && row.status === 'active').map((row) => row.id);
  const refusal = refuseMemberChange(
    self,
    locked.find((row) => row.id === userId),
    change,
    owners,
  );
  if (refusal) throw REFUSALS[refusal]();
}

const tellRooms = (context: TenantContext, eventIds: string[]): void => {
  for (const eventId of eventIds) context.defer(publishEvent(context, eventId));
};

/**
 * Changes a member's role or status; what they may do changes with their next request, and their sockets close.
 * @throws DomainError member.not_found, member.last_owner, access.denied
 */
export async function changeMember(
  context: TenantContext,
  actor: StaffActor,
  userId: string,
  change: MemberPatch,
): Promise<Member> {
  const tenantId = context.tenant.id;
  const { row, rooms } = await writeTenant(context.db, { tenantId, userId: actor.userId }, async (tx) => {
    await judge(tx, context, actor, userId, change);
    await updateMember(tx, tenantId, userId, change);
    const told = await addModeratorsEnd(tx, tenantId, userId, ROOMS_TOLD);
    return { row: (await findTeamMember(tx, tenantId, userId))[0], rooms: told };
  });
  tellRooms(context, rooms);
  if (!row) throw REFUSALS.not_found();
  return toMember(row);
}

/** Takes somebody out of the team, with their sign-ins here. @throws as `changeMember` */
export async function dismissMember(context: TenantContext, actor: StaffActor, userId: string): Promise<void> {
  const tenantId = context.tenant.id;
  const rooms = await writeTenant(context.db, { tenantId, userId: actor.userId }, async (tx) => {
    await judge(tx, context, actor, userId, null);
    await removeMember(tx, tenantId, userId);
    await unassignEverywhere(tx, tenantId, userId);
    await revokeSessionsOf(tx, { tenantId, userId, now: context.ports.clock.now() });
    return addModeratorsEnd(tx, tenantId, userId, ROOMS_TOLD);
  });
  tellRooms(context, rooms);
}
