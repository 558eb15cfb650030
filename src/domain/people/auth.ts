import { compare } from 'bcryptjs';
import type { LoginAnswer, Me, Role } from '../../contract/auth.ts';
import { signInBegin, type SignInTry } from '../../db/doors.ts';
import {
  findMember,
  findOwnTenant,
  forgetLoginTries,
  insertRefreshSession,
  lockRefreshSession,
  markRotated,
  revokeFamily,
} from '../../db/sessions.ts';
import { readTenant, writeTenant, type TenantTx } from '../../db/scope.ts';
import { requireMember, type StaffActor, type TenantContext } from '../context.ts';
import { randomToken, sha256Hex } from '../digests.ts';
import { DomainError } from '../errors.ts';
import { fitsBcrypt } from './password-rules.ts';
import { signStaffToken } from './tokens.ts';

/** A rotated refresh token is still taken for this long, from the same client: a lost answer is not a theft. */
const ROTATION_GRACE_MS = 30_000;
// Of a random password nobody knows, cost 10 as all are: an unknown address costs the same work.
const DECOY_HASH = '$2b$10$2PPS0etL3ySxw5vTjILQgOGjXx6px50y8.pRP3dfp9cch/dsn0hKi';

export interface SignedIn {
  answer: LoginAnswer;
  refreshToken: string;
}

const invalidCredentials = () =>
  new DomainError('auth.invalid_credentials', 'E-mail and password do not belong together. Check both and try again.');

/** One more refresh token of a sign-in. Each carries the sign-in's own time, so that it outlives the first of them. */
async function openSession(
  tx: TenantTx,
  context: TenantContext,
  input: { userId: string; familyId: string; clientHash: string; device: string | null; since: Date; now: Date },
): Promise<string> {
  const token = randomToken();
  await insertRefreshSession(tx, {
    tenantId: context.tenant.id,
    userId: input.userId,
    familyId: input.familyId,
    tokenHash: await sha256Hex(token),
    clientHash: input.clientHash,
    device: input.device,
    createdAt: input.since,
    expiresAt: new Date(input.now.getTime() + context.config.REFRESH_TOKEN_TTL_SECONDS * 1000),
  });
  return token;
}

async function toAnswer(
  context: TenantContext,
  user: { id: string; email: string; name: string; role: Role },
  sessionId: string,
  now: Date,
): Promise<LoginAnswer> {
  const ttl = context.config.ACCESS_TOKEN_TTL_SECONDS;
  const claims = { tenantId: context.tenant.id, userId: user.id, role: user.role, sessionId };
  return {
    accessToken: await signStaffToken(context.config.STAFF_JWT_SECRET, claims, ttl, now),
    expiresIn: ttl,
    user: { id: user.id, email: user.email, name: user.name },
    role: user.role,
  };
}

/**
 * Counts one try at a password before it is looked at.
 * @param subject what is locked after too many, as a hash
 * @throws DomainError rate.limited, auth.locked
 */
export async function countTry(
  context: TenantContext,
  input: { email: string; subject: string; address: string },
): Promise<SignInTry> {
  if (!(await context.ports.limiter.allow('logins', `${context.tenant.id}:${input.address}`))) {
    throw new DomainError('rate.limited', 'Too many tries to sign in from here. Wait a minute and try again.', {
      retryAfterSeconds: 60,
    });
  }
  const attempt = await signInBegin(context.db, {
    tenantId: context.tenant.id,
    email: input.email,
    subject: input.subject,
    maxFailures: context.config.LOGIN_MAX_FAILURES,
    lockSeconds: context.config.LOGIN_LOCK_SECONDS,
  });
  if (attempt.failures <= context.config.LOGIN_MAX_FAILURES) return attempt;
  const wait = Math.max(1, Math.ceil((attempt.resetsAt.getTime() - context.ports.clock.now().getTime()) / 1000));
  throw new DomainError(
    'auth.locked',
    `Too many tries for this address. Wait ${Math.ceil(wait / 60)} minutes and try again.`,
    { retryAfterSeconds: wait },
  );
}

/**
 * Signs in with e-mail and password.
 * @param client hash of what tells one browser from another (never stored in clear).
 * @param device what the browser says it is, as `deviceLabel` makes it.
 * @param address hash of the network address: one place can neither try one password on everybody nor
 *   keep the isolates busy with bcrypt; what locks an account is counted by its e-mail alone.
 * @throws DomainError auth.invalid_credentials, auth.locked, rate.limited
 */
export async function signIn(
  context: TenantContext,
  input: { email: string; password: string; client: string; device: string | null; address: string },
): Promise<SignedIn> {
  const now = context.ports.clock.now();
  const subject = await sha256Hex(input.email);
  const attempt = await countTry(context, { ...input, subject });
  const matches = await compare(input.password, attempt.user?.passwordHash ?? DECOY_HASH);
  const user = attempt.user;
  if (!user || !matches || !fitsBcrypt(input.password)) {
    if (user && attempt.failures === context.config.LOGIN_MAX_FAILURES) {
      context.defer(mailAboutLock(context, user.email, subject, attempt.resetsAt));
    }
    throw invalidCredentials();
  }
  const familyId = crypto.randomUUID();
  const refreshToken = await writeTenant(context.db, { tenantId: context.tenant.id, userId: user.id }, async (tx) => {
    await forgetLoginTries(tx, context.tenant.id, subject);
    return openSession(tx, context, {
      userId: user.id,
      familyId,
      clientHash: input.client,
      device: input.device,
      since: now,
      now,
    });
  });
  return { answer: await toAnswer(context, user, familyId, now), refreshToken };
}

const mailAboutLock = (context: TenantContext, email: string, subject: string, until: Date) =>
  context.ports.jobs.mail({
    v: 1,
    key: `lock-${context.tenant.id}-${subject.slice(0, 16)}-${until.toISOString()}`,
    to: email,
    subject: 'Sign-in paused for your address',
    text: [
      'Somebody tried several wrong passwords for your account in a row.',
      `Sign-in with your address is paused until ${until.toISOString()} (UTC).`,
      'If it was you, wait and try again. If it was not, nobody got in; tell an owner of your account.',
    ].join('\n\n'),
  });

/**
 * Exchanges a refresh token for a new pair. Used a second time it is taken only from the same client
 * and for a short while; otherwise the whole family ends.
 * @throws DomainError auth.required, auth.refresh_reused
 */
export async function refresh(
  context: TenantContext,
  input: { token: string; client: string; device: string | null },
): Promise<SignedIn> {
  const now = context.ports.clock.now();
  const tokenHash = await sha256Hex(input.token);
  const tenantId = context.tenant.id;
  const outcome = await writeTenant(context.db, { tenantId }, async (tx) => {
    const [session] = await lockRefreshSession(tx, tenantId, tokenHash);
    if (!session || session.revokedAt || session.expiresAt <= now) return 'ended' as const;
    const sinceRotation = session.rotatedAt ? now.getTime() - session.rotatedAt.getTime() : null;
    if (sinceRotation !== null && (sinceRotation > ROTATION_GRACE_MS || session.clientHash !== input.client)) {
      await revokeFamily(tx, tenantId, session.familyId, now);
      return 'reused' as const;
    }
    const [member] = await findMember(tx, tenantId, session.userId);
    if (!member) return 'ended' as const;
    await markRotated(tx, tenantId, session.id, now);
    const refreshToken = await openSession(tx, context, {
      userId: session.userId,
      familyId: session.familyId,
      clientHash: input.client,
      device: input.device,
      since: session.createdAt,
      now,
    });
    return { member, refreshToken, familyId: session.familyId };
  });
  if (outcome === 'ended') throw new DomainError('auth.required', 'Your session has ended. Sign in again.');
  if (outcome === 'reused') {
    throw new DomainError(
      'auth.refresh_reused',
      'This session was used from two places and has been ended. Sign in again.',
    );
  }
  return { answer: await toAnswer(context, outcome.member, outcome.familyId, now), refreshToken: outcome.refreshToken };
}

/** Ends the session behind a refresh token, with all that were rotated from it; unknown tokens are ignored. */
export async function signOut(context: TenantContext, token: string): Promise<void> {
  const tokenHash = await sha256Hex(token);
  const tenantId = context.tenant.id;
  await writeTenant(context.db, { tenantId }, async (tx) => {
    const [session] = await lockRefreshSession(tx, tenantId, tokenHash);
    if (session) await revokeFamily(tx, tenantId, session.familyId, context.ports.clock.now());
  });
}

/** The signed-in person, as the database knows them now. */
export async function whoAmI(context: TenantContext, actor: StaffActor): Promise<Me> {
  const scope = { tenantId: context.tenant.id, userId: actor.userId };
  const [members, own] = await readTenant(context.db, scope, (tx) => [
    findMember(tx, context.tenant.id, actor.userId),
    findOwnTenant(tx, context.tenant.id),
  ]);
  const member = requireMember(members, 'viewer');
  const tenant = own[0];
  if (!tenant) throw new DomainError('tenant.not_found', 'There is nothing here.');
  return { user: { id: member.id, email: member.email, name: member.name }, role: member.role, tenant };
}
