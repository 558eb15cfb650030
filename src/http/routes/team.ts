import * as z from 'zod';
import { idSchema } from '../../contract/ids.ts';
import {
  memberAnswerSchema,
  memberListQuerySchema,
  memberListSchema,
  memberPatchSchema,
} from '../../contract/members.ts';
import { changeMember, dismissMember, listTeam } from '../../domain/people/members.ts';
import { json } from '../answers.ts';
import { defineRoute, type Route } from '../route.ts';

const memberParams = z.strictObject({ user: idSchema });

export const teamRoutes: Route[] = [
  defineRoute({
    method: 'GET',
    path: '/api/v1/members',
    access: 'viewer',
    tag: 'staff',
    summary: 'The team: who may do what in this account',
    query: memberListQuerySchema,
    answers: [{ status: 200, description: 'one page', schema: memberListSchema }],
    handler: async (call, { query }) => json(await listTeam(call.context, call.staff, query)),
  }),
  defineRoute({
    method: 'PATCH',
    path: '/api/v1/members/{user}',
    access: 'admin',
    tag: 'staff',
    summary: 'Change a role, suspend somebody or let them back; only owners touch owners, and one always stays',
    params: memberParams,
    body: memberPatchSchema,
    answers: [{ status: 200, description: 'the member', schema: memberAnswerSchema }],
    handler: async (call, { params, body }) =>
      json({ member: await changeMember(call.context, call.staff, params.user, body) }),
  }),
  defineRoute({
    method: 'DELETE',
    path: '/api/v1/members/{user}',
    access: 'admin',
    tag: 'staff',
    summary: 'Take somebody out of the team, at once',
    params: memberParams,
    answers: [{ status: 204, description: 'gone' }],
    async handler(call, { params }) {
      await dismissMember(call.context, call.staff, params.user);
      return new Response(null, { status: 204 });
    },
  }),
];
