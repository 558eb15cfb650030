import { loginAnswerSchema, loginRequestSchema, meSchema } from '../../contract/auth.ts';
import { helperSignInSchema } from '../../contract/helpers.ts';
import { refresh, signIn, signOut, whoAmI } from '../../domain/people/auth.ts';
import { deviceLabel } from '../../domain/people/device-name-rules.ts';
import { sha256Hex } from '../../domain/digests.ts';
import { DomainError } from '../../domain/errors.ts';
import { leaveAsHelper, redeemHelperLink, refreshHelper } from '../../domain/people/helpers.ts';
import { json } from '../answers.ts';
import {
  clearHelperCookie,
  clearRefreshCookie,
  helperCookie,
  readHelperToken,
  readRefreshToken,
  refreshCookie,
} from '../cookies.ts';
import { defineRoute, type Call, type Route } from '../route.ts';

/** What tells one browser from another: enough to notice a stolen refresh token, and not an address that changes on the way. */
const clientOf = (call: Call): Promise<string> => sha256Hex(`client ${call.request.headers.get('user-agent') ?? ''}`);

const deviceOf = (call: Call): string | null => deviceLabel(call.request.headers.get('user-agent'));

const staffCookie = (call: Call, token: string): string =>
  refreshCookie(token, call.secure, call.config.REFRESH_TOKEN_TTL_SECONDS);
/** As long as a guest's: a link works once, so its device must not be forgotten before the event. */
const deviceCookie = (call: Call, token: string): string =>
  helperCookie(token, call.secure, call.config.GUEST_SESSION_TTL_SECONDS);

function withCookies(answer: Response, ...cookies: string[]): Response {
  for (const cookie of cookies) answer.headers.append('set-cookie', cookie);
  return answer;
}

/** A device is one person's: whoever signs in on it last ends what was there before. */
async function endHelper(call: Call): Promise<string[]> {
  const token = readHelperToken(call.request, call.secure);
  if (!token) return [];
  await leaveAsHelper(call.context, token);
  return [clearHelperCookie(call.secure)];
}

async function endStaff(call: Call): Promise<string[]> {
  const token = readRefreshToken(call.request, call.secure);
  if (!token) return [];
  await signOut(call.context, token);
  return [clearRefreshCookie(call.secure)];
}

export const authRoutes: Route[] = [
  defineRoute({
    method: 'POST',
    path: '/api/v1/auth/login',
    access: 'anyone',
    tag: 'staff',
    summary: 'Sign in with e-mail and password',
    body: loginRequestSchema,
    answers: [
      { status: 200, description: 'signed in; the refresh token is set as a cookie', schema: loginAnswerSchema },
    ],
    async handler(call, { body }) {
      const { answer, refreshToken } = await signIn(call.context, {
        ...body,
        client: await clientOf(call),
        device: deviceOf(call),
        address: (await call.device()).address,
      });
      return withCookies(json(answer), staffCookie(call, refreshToken), ...(await endHelper(call)));
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/v1/auth/helper',
    access: 'anyone',
    tag: 'staff',
    summary: 'Use a helper’s link, once: this device may then moderate its event',
    body: helperSignInSchema,
    cookieWrite: true,
    answers: [
      { status: 200, description: 'a helper; what the device stays known by is a cookie', schema: loginAnswerSchema },
    ],
    async handler(call, { body }) {
      const { answer, sessionToken } = await redeemHelperLink(call.context, {
        token: body.token,
        device: deviceOf(call),
        address: (await call.device()).address,
      });
      await endHelper(call);
      return withCookies(json(answer), ...(await endStaff(call)), deviceCookie(call, sessionToken));
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/v1/auth/refresh',
    access: 'anyone',
    tag: 'staff',
    summary: 'A new access token for the refresh cookie, which is replaced',
    cookieWrite: true,
    answers: [{ status: 200, description: 'renewed', schema: loginAnswerSchema }],
    async handler(call) {
      const helper = readHelperToken(call.request, call.secure);
      const token = readRefreshToken(call.request, call.secure);
      // Where a device holds both after all, the one that may do less is meant, for as long as it counts.
      if (helper) {
        try {
          return withCookies(json(await refreshHelper(call.context, helper)), deviceCookie(call, helper));
        } catch (error) {
          if (!token || !(error instanceof DomainError && error.code === 'helper.ended')) throw error;
        }
      }
      if (!token) throw new DomainError('auth.required', 'You are not signed in.');
      const { answer, refreshToken } = await refresh(call.context, {
        token,
        client: await clientOf(call),
        device: deviceOf(call),
      });
      return withCookies(json(answer), staffCookie(call, refreshToken));
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/v1/auth/logout',
    access: 'anyone',
    tag: 'staff',
    summary: 'Sign out; a helper gives the access back; works without a session too',
    cookieWrite: true,
    answers: [{ status: 204, description: 'signed out' }],
    async handler(call) {
      await endStaff(call);
      return withCookies(
        new Response(null, { status: 204 }),
        clearRefreshCookie(call.secure),
        ...(await endHelper(call)),
      );
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/api/v1/auth/me',
    access: 'viewer',
    tag: 'staff',
    summary: 'Who is signed in',
    answers: [{ status: 200, description: 'the person, their role and this account', schema: meSchema }],
    handler: async (call) => json(await whoAmI(call.context, call.staff)),
  }),
];
