import { INSTALLATION_HEADER } from '../../contract/screens.ts';
import { installationSchema } from '../../contract/live.ts';
import type { Role } from '../../contract/auth.ts';
import type { Config } from '../../contract/config.ts';
import { requireRole, type GuestActor } from '../../domain/context.ts';
import { sha256Hex } from '../../domain/digests.ts';
import { DomainError } from '../../domain/errors.ts';
import { moderatorOf, NOBODY, type Caller } from '../../domain/events.ts';
import { verifyGuestToken, verifyHelperToken, verifyStaffToken } from '../../domain/people/tokens.ts';
import { readGuestTokens } from '../cookies.ts';
import type { Access } from '../route.ts';

export interface IdentifiedCaller {
  caller: Caller;
  /** by what the caller was recognised; a cookie on a write needs an Origin */
  by: 'nothing' | 'bearer' | 'cookie';
}

const CREDENTIAL = /^scr_[A-Za-z0-9_-]{43}$/;
const PAIRING_SECRET = /^[A-Za-z0-9_-]{43}$/;

/** A screen's credential, or the secret of a pairing, at the doors for them; everywhere else they are nothing. */
async function identifyDevice(request: Request, access: Access, token: string): Promise<Caller | null> {
  if (access === 'pairing' && PAIRING_SECRET.test(token)) return { ...NOBODY, pairing: await sha256Hex(token) };
  if (access !== 'screen' || !CREDENTIAL.test(token)) return null;
  const installation = installationSchema.safeParse(request.headers.get(INSTALLATION_HEADER));
  const credentialHash = await sha256Hex(token);
  return { ...NOBODY, screen: { kind: 'screen', credentialHash, installation: installation.data ?? null } };
}

/**
 * Recognises staff, a helper or a guest. A Bearer token that is sent must be good; cookies that are not are
 * simply not a session.
 * @throws DomainError auth.required for a Bearer that is expired, foreign or forged.
 */
export async function identify(
  request: Request,
  access: Access,
  tenantId: string,
  config: Config,
  secure: boolean,
  now: Date,
): Promise<IdentifiedCaller> {
  const authorization = request.headers.get('authorization');
  if (authorization !== null) {
    const token = /^Bearer +([A-Za-z0-9._-]+)$/i.exec(authorization.trim())?.[1];
    const device = token ? await identifyDevice(request, access, token) : null;
    if (device) return { caller: device, by: 'bearer' };
    const staff = token ? await verifyStaffToken(config.STAFF_JWT_SECRET, tenantId, token, now) : null;
    if (staff) return { caller: { ...NOBODY, staff }, by: 'bearer' };
    const helper = token ? await verifyHelperToken(config.STAFF_JWT_SECRET, tenantId, token, now) : null;
    if (helper) return { caller: { ...NOBODY, helper }, by: 'bearer' };
    const guest = token ? await verifyGuestToken(config.GUEST_JWT_SECRET, tenantId, token, now) : null;
    if (guest) return { caller: { ...NOBODY, guests: [guest] }, by: 'bearer' };
    throw new DomainError('auth.required', 'Your sign-in is not valid here any more. Sign in again.');
  }
  const tokens = readGuestTokens(request, secure);
  if (tokens.length === 0) return { caller: NOBODY, by: 'nothing' };
  const verified = await Promise.all(
    tokens.map((token) => verifyGuestToken(config.GUEST_JWT_SECRET, tenantId, token, now)),
  );
  const guests = verified.filter((guest): guest is GuestActor => guest !== null);
  return guests.length > 0 ? { caller: { ...NOBODY, guests }, by: 'cookie' } : { caller: NOBODY, by: 'nothing' };
}

/** The role that staff need at a route. */
const NEEDED: Record<Exclude<Access, 'anyone' | 'reader' | 'guest' | 'screen' | 'pairing'>, Role> = {
  owner: 'owner',
  admin: 'admin',
  member: 'member',
  moderator: 'member',
  viewer: 'viewer',
  insider: 'viewer',
};

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

const foreignOrigin = () =>
  new DomainError(
    'request.origin_mismatch',
    'This request must come from our own page. Open the page again and retry there.',
  );

/** The same host; and on https nothing that a page loaded in clear, which anybody on the way may have written. */
function isOwnOrigin(request: Request, origin: string): boolean {
  if (!URL.canParse(origin)) return false;
  const { host, protocol } = new URL(origin);
  if (new URL(request.url).protocol === 'https:' && protocol !== 'https:') return false;
  return host !== '' && host === request.headers.get('host')?.toLowerCase();
}

/**
 * A write that a cookie authenticates needs an Origin equal to the host; a write without any
 * credentials may lack one (a command line), but must not carry a foreign one, nor come from a browser
 * that says it stands on another site.
 * @throws DomainError request.origin_mismatch
 */
export function checkOrigin(request: Request, by: IdentifiedCaller['by'], cookieWrite: boolean): void {
  const isSocket = request.headers.get('upgrade')?.toLowerCase() === 'websocket';
  if ((READS.has(request.method) && !isSocket) || (by === 'bearer' && !cookieWrite)) return;
  const origin = request.headers.get('origin');
  const needed = by === 'cookie' || cookieWrite;
  if (origin === null) {
    const site = request.headers.get('sec-fetch-site');
    const isForeign = site !== null && site !== 'same-origin' && site !== 'none';
    if (needed || isForeign) throw foreignOrigin();
    return;
  }
  if (!isOwnOrigin(request, origin)) throw foreignOrigin();
}

/**
 * Staff, a helper, a guest or nobody against what a route asks for; `reader`, and which event is a
 * helper's, is judged with the event.
 * @throws DomainError auth.required, access.denied
 */
export function checkAccess(access: Access, caller: Caller): void {
  if (access === 'anyone' || access === 'reader') return;
  if (access === 'guest') {
    if (caller.guests.length === 0) throw new DomainError('auth.required', 'Join the event first.');
    return;
  }
  if (access === 'screen' || access === 'pairing') {
    if (caller.screen ?? caller.pairing) return;
    if (moderatorOf(caller) ?? caller.guests[0]) {
      throw new DomainError('access.denied', 'Only screens ask here, with the credential they were paired with.');
    }
    throw new DomainError('auth.required', 'This screen is not paired. Pair it with a code.');
  }
  if (!moderatorOf(caller)) throw new DomainError('auth.required', 'Sign in first.');
  if (caller.helper) {
    if (access === 'moderator' || access === 'insider') return;
    throw new DomainError('access.denied', 'As a helper you may work on the photos of your event and nothing else.');
  }
  if (caller.staff) requireRole(caller.staff.role, NEEDED[access]);
}
