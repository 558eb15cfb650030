import * as z from 'zod';
import {
  helperInvitationSchema,
  helperListQuerySchema,
  helperListSchema,
  helperRequestSchema,
} from '../../contract/helpers.ts';
import { eventRefSchema, idSchema } from '../../contract/ids.ts';
import { inviteHelper, listHelpers, revokeHelper } from '../../domain/people/helpers.ts';
import { json } from '../answers.ts';
import { defineRoute, type Route } from '../route.ts';
import { eventParams } from './guests.ts';

const helperParams = z.strictObject({ event: eventRefSchema, helper: idSchema });

export const helperRoutes: Route[] = [
  defineRoute({
    method: 'GET',
    path: '/api/v1/events/{event}/helpers',
    access: 'viewer',
    tag: 'staff',
    summary: 'Helpers of an event and the links that wait for one, newest first',
    params: eventParams,
    query: helperListQuerySchema,
    answers: [{ status: 200, description: 'one page', schema: helperListSchema }],
    handler: async (call, { params, query }) =>
      json(await listHelpers(call.context, call.staff, { event: params.event, ...query })),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/v1/events/{event}/helpers',
    access: 'member',
    tag: 'staff',
    summary: 'A link for one helper; it works once',
    params: eventParams,
    body: helperRequestSchema,
    answers: [{ status: 201, description: 'the link, shown this once', schema: helperInvitationSchema }],
    async handler(call, { params, body }) {
      const { helper, token } = await inviteHelper(call.context, call.staff, { event: params.event, ...body });
      // After the '#', which no browser sends and no log keeps.
      const url = new URL(`/admin/help#${token}`, `${call.url.protocol}//${call.request.headers.get('host')}`).href;
      return json({ helper, url }, 201);
    },
  }),
  defineRoute({
    method: 'DELETE',
    path: '/api/v1/events/{event}/helpers/{helper}',
    access: 'member',
    tag: 'staff',
    summary: 'End a helper’s access at once, or a link that nobody has used',
    params: helperParams,
    answers: [{ status: 204, description: 'ended' }],
    async handler(call, { params }) {
      await revokeHelper(call.context, call.staff, params);
      return new Response(null, { status: 204 });
    },
  }),
];
