import { compare, hash } from 'bcryptjs';
import type { LoginAnswer } from '../../contract/auth.ts';
import type { SignInSession } from '../../contract/profile.ts';
import { renameUser } from '../../db/account.ts';
import { writeTenant } from '../../db/scope.ts';
import {
  changeOwnPassword,
  findMember,
  forgetLoginTries,
  listSignIns,
  revokeOwnFamily,
  revokeSessionsOf,
} from '../../db/sessions.ts';
import { countTry } from './auth.ts';
import { readAsStaff, requireMember, type StaffActor, type TenantContext } from '../context.ts';
import { toDeviceName } from './device-name-rules.ts';
import { sha256Hex } from '../digests.ts';
import { DomainError } from '../errors.ts';
import { fitsBcrypt, passwordWeakness, type PasswordWeakness } from './password-rules.ts';

/** As all are; about 65 ms. */
const BCRYPT_COST = 10;
const SESSIONS_LISTED = 100;

const WEAKNESSES: Record<PasswordWeakness, string> = {
  short: 'Choose a password of at least 10 characters.',
  long: 'Choose a shorter password: 72 bytes are the most, and emoji and accents take several.',
  address: 'Choose a password that is not your own address or name.',
  repeated: 'Choose a password of more than two different characters.',
};

/** Sets one's own name, in every account one works for. */
export async function renameMyself(
  context: TenantContext,
  actor: StaffActor,
  name: string,
): Promise<LoginAnswer['user']> {
  const tenantId = context.tenant.id;
  return writeTenant(context.db, { tenantId, userId: actor.userId }, async (tx) => {
    const member = requireMember(await findMember(tx, tenantId, actor.userId), 'viewer');
    await renameUser(tx, actor.userId, name);
    return { id: member.id, email: member.email, name };
  });
}

/**
 * Changes one's own password and ends every other sign-in here.
 * @param address hash of the network address, for the limit that sign-in has
 * @throws DomainError auth.wrong_password, auth.weak_password, auth.locked, rate.limited
 */
export async function changeMyPassword(
  context: TenantContext,
  actor: StaffActor,
  input: { current: string; next: string; address: string },
): Promise<void> {
  const tenantId = context.tenant.id;
  const [members] = await readAsStaff(context, actor, 'viewer', (tx) => [findMember(tx, tenantId, actor.userId)]);
  const member = requireMember(members, 'viewer');
  const weakness = passwordWeakness(input.next, member);
  if (weakness) {
    throw new DomainError('auth.weak_password', WEAKNESSES[weakness], {
      fields: [{ path: 'body.next', message: WEAKNESSES[weakness] }],
    });
  }
  // A count of its own: whoever holds somebody's open browser must not lock them out of signing in.
  const subject = await sha256Hex(`password ${actor.userId}`);
  const attempt = await countTry(context, { email: member.email, subject, address: input.address });
  const before = attempt.user?.passwordHash;
  const wrong = () =>
    new DomainError('auth.wrong_password', 'That is not your current password. Check it and try again.');
  if (!before || !fitsBcrypt(input.current) || !(await compare(input.current, before))) throw wrong();
  const after = await hash(input.next, BCRYPT_COST);
  const now = context.ports.clock.now();
  await writeTenant(context.db, { tenantId, userId: actor.userId }, async (tx) => {
    requireMember(await findMember(tx, tenantId, actor.userId), 'viewer');
    if (!(await changeOwnPassword(tx, { tenantId, userId: actor.userId, before, after }))) throw wrong();
    await revokeSessionsOf(tx, { tenantId, userId: actor.userId, exceptFamily: actor.sessionId, now });
    await forgetLoginTries(tx, tenantId, subject);
  });
  context.defer(
    context.ports.jobs.mail({
      v: 1,
      key: `password-${tenantId}-${actor.userId}-${now.toISOString()}`,
      to: member.email,
      subject: 'Your password was changed',
      text: [
        `The password of your account was changed at ${now.toISOString()} (UTC).`,
        'If it was you, there is nothing to do. If it was not, tell an owner of your account at once.',
      ].join('\n\n'),
    }),
  );
}

/** Where one is signed in here, the last used first. */
export async function listMySessions(context: TenantContext, actor: StaffActor): Promise<SignInSession[]> {
  const tenantId = context.tenant.id;
  const [rows] = await readAsStaff(context, actor, 'viewer', (tx) => [
    listSignIns(tx, tenantId, actor.userId, context.ports.clock.now(), SESSIONS_LISTED),
  ]);
  return rows.map((row) => ({
    id: row.familyId,
    device: toDeviceName(row.device),
    since: row.since.toISOString(),
    lastUsedAt: row.lastUsedAt.toISOString(),
    current: row.familyId === actor.sessionId,
  }));
}

/** Ends one of one's own sign-ins; one that is not there is ended already. */
export async function endMySession(context: TenantContext, actor: StaffActor, familyId: string): Promise<void> {
  const tenantId = context.tenant.id;
  await writeTenant(context.db, { tenantId, userId: actor.userId }, async (tx) => {
    requireMember(await findMember(tx, tenantId, actor.userId), 'viewer');
    await revokeOwnFamily(tx, { tenantId, userId: actor.userId, familyId, now: context.ports.clock.now() });
  });
}

/** Ends all of one's own sign-ins here but the one that asks. */
export async function endMyOtherSessions(context: TenantContext, actor: StaffActor): Promise<void> {
  const tenantId = context.tenant.id;
  await writeTenant(context.db, { tenantId, userId: actor.userId }, async (tx) => {
    requireMember(await findMember(tx, tenantId, actor.userId), 'viewer');
    await revokeSessionsOf(tx, {
      tenantId,
      userId: actor.userId,
      exceptFamily: actor.sessionId,
      now: context.ports.clock.now(),
    });
  });
}
