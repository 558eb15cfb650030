import { loginAnswerSchema, loginRequestSchema, meSchema } from '../../contract/auth.ts';
import { refresh, signIn, signOut, whoAmI } from '../../domain/auth.ts';
import { sha256Hex } from '../../domain/digests.ts';
import { DomainError } from '../../domain/errors.ts';
import { json } from '../answers.ts';
import { clearRefreshCookie, readRefreshToken, refreshCookie } from '../cookies.ts';
import { defineRoute, type Call, type Route } from '../route.ts';

/** What tells one browser from another: enough to notice a stolen refresh token, and not an address that changes on the way. */
const clientOf = (call: Call): Promise<string> => sha256Hex(`client ${call.request.headers.get('user-agent') ?? ''}`);

const setCookie = (call: Call, token: string) => ({
  'set-cookie': refreshCookie(token, call.secure, call.config.REFRESH_TOKEN_TTL_SECONDS),
});

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
        address: (await call.device()).address,
      });
      return json(answer, 200, setCookie(call, refreshToken));
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
      const token = readRefreshToken(call.request, call.secure);
      if (!token) throw new DomainError('auth.required', 'You are not signed in.');
      const { answer, refreshToken } = await refresh(call.context, { token, client: await clientOf(call) });
      return json(answer, 200, setCookie(call, refreshToken));
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/v1/auth/logout',
    access: 'anyone',
    tag: 'staff',
    summary: 'Sign out; works without a session too',
    cookieWrite: true,
    answers: [{ status: 204, description: 'signed out' }],
    async handler(call) {
      const token = readRefreshToken(call.request, call.secure);
      if (token) await signOut(call.context, token);
      return new Response(null, { status: 204, headers: { 'set-cookie': clearRefreshCookie(call.secure) } });
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
