import * as z from 'zod';
import { staffUserSchema } from '../../contract/auth.ts';
import { idSchema } from '../../contract/ids.ts';
import { passwordChangeSchema, profilePatchSchema, signInSessionListSchema } from '../../contract/profile.ts';
import {
  changeMyPassword,
  endMyOtherSessions,
  endMySession,
  listMySessions,
  renameMyself,
} from '../../domain/people/profile.ts';
import { json } from '../answers.ts';
import { defineRoute, type Route } from '../route.ts';

const done = (): Response => new Response(null, { status: 204 });

export const profileRoutes: Route[] = [
  defineRoute({
    method: 'PATCH',
    path: '/api/v1/auth/me',
    access: 'viewer',
    tag: 'staff',
    summary: 'Change one’s own name',
    body: profilePatchSchema,
    answers: [{ status: 200, description: 'the person', schema: z.strictObject({ user: staffUserSchema }) }],
    handler: async (call, { body }) => json({ user: await renameMyself(call.context, call.staff, body.name) }),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/v1/auth/password',
    access: 'viewer',
    tag: 'staff',
    summary: 'Change one’s own password; every other sign-in here ends',
    body: passwordChangeSchema,
    answers: [{ status: 204, description: 'changed' }],
    async handler(call, { body }) {
      await changeMyPassword(call.context, call.staff, { ...body, address: (await call.device()).address });
      return done();
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/api/v1/auth/sessions',
    access: 'viewer',
    tag: 'staff',
    summary: 'Where one is signed in',
    answers: [{ status: 200, description: 'all of them', schema: signInSessionListSchema }],
    handler: async (call) => json({ items: await listMySessions(call.context, call.staff), nextCursor: null }),
  }),
  defineRoute({
    method: 'DELETE',
    path: '/api/v1/auth/sessions',
    access: 'viewer',
    tag: 'staff',
    summary: 'Sign out everywhere else',
    answers: [{ status: 204, description: 'ended' }],
    async handler(call) {
      await endMyOtherSessions(call.context, call.staff);
      return done();
    },
  }),
  defineRoute({
    method: 'DELETE',
    path: '/api/v1/auth/sessions/{session}',
    access: 'viewer',
    tag: 'staff',
    summary: 'Sign out one of one’s own devices',
    params: z.strictObject({ session: idSchema }),
    answers: [{ status: 204, description: 'ended' }],
    async handler(call, { params }) {
      await endMySession(call.context, call.staff, params.session);
      return done();
    },
  }),
];
