import * as z from 'zod';
import { idSchema } from '../../../contract/ids.ts';
import {
  commandAnswerSchema,
  PAIRING_MINUTES,
  pairingRequestSchema,
  pairingSchema,
  pairingStatusSchema,
  screenAnswerSchema,
  screenCommandSchema,
  screenCreateSchema,
  screenListQuerySchema,
  screenListSchema,
  screenPatchSchema,
} from '../../../contract/screens.ts';
import { askPairing, beginPairing, pairScreen } from '../../../domain/screens/pairing.ts';
import {
  changeScreen,
  commandScreen,
  getScreen,
  listScreensFor,
  revokeScreen,
} from '../../../domain/screens/steering.ts';
import { json } from '../../answers.ts';
import { defineRoute, type Route } from '../../route.ts';

const screenParams = z.strictObject({ id: idSchema });
const answers = [{ status: 200, description: 'the screen', schema: screenAnswerSchema }];

/** Screens for those who put them up and steer them, and the door by which a television becomes one. */
export const screenRoutes: Route[] = [
  defineRoute({
    method: 'POST',
    path: '/api/v1/screens/pairings',
    access: 'anyone',
    tag: 'screens',
    summary: `A code for a screen to show, good for ${PAIRING_MINUTES} minutes; an installation has one at a time`,
    body: pairingRequestSchema,
    answers: [{ status: 201, description: 'the code, and the secret to ask with', schema: pairingSchema }],
    async handler(call, { body }) {
      const { address } = await call.device();
      return json(await beginPairing(call.context, { installation: body.installation, address }), 201);
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/api/v1/screens/pairings/{code}',
    access: 'pairing',
    tag: 'screens',
    summary: 'What became of a code, for the screen that shows it',
    params: z.strictObject({ code: z.string().max(40) }),
    answers: [{ status: 200, description: 'the credential once it is paired', schema: pairingStatusSchema }],
    handler: async (call, { params }) => json(await askPairing(call.context, params.code, call.pairing)),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/v1/screens',
    access: 'viewer',
    tag: 'screens',
    summary: 'Screens of this account with what they show right now, newest first',
    query: screenListQuerySchema,
    answers: [{ status: 200, description: 'one page', schema: screenListSchema }],
    handler: async (call, { query }) => json(await listScreensFor(call.context, call.staff, query)),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/v1/screens',
    access: 'member',
    tag: 'screens',
    summary: 'Make the television that shows a code a screen of this account',
    body: screenCreateSchema,
    answers: [{ status: 201, description: 'paired', schema: screenAnswerSchema }],
    handler: async (call, { body }) => json({ screen: await pairScreen(call.context, call.staff, body) }, 201),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/v1/screens/{id}',
    access: 'viewer',
    tag: 'screens',
    summary: 'One screen',
    params: screenParams,
    answers,
    handler: async (call, { params }) => json({ screen: await getScreen(call.context, call.staff, params.id) }),
  }),
  defineRoute({
    method: 'PATCH',
    path: '/api/v1/screens/{id}',
    access: 'member',
    tag: 'screens',
    summary: 'Change what is given; the screen follows at once',
    params: screenParams,
    body: screenPatchSchema,
    answers,
    handler: async (call, { params, body }) =>
      json({ screen: await changeScreen(call.context, call.staff, params.id, body) }),
  }),
  defineRoute({
    method: 'DELETE',
    path: '/api/v1/screens/{id}',
    access: 'member',
    tag: 'screens',
    summary: 'End a screen’s credential, at once; it shows a code again',
    params: screenParams,
    answers: [{ status: 204, description: 'gone' }],
    async handler(call, { params }) {
      await revokeScreen(call.context, call.staff, params.id);
      return new Response(null, { status: 204 });
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/v1/screens/{id}/commands',
    access: 'member',
    tag: 'screens',
    summary: 'Tell a screen something; pause and resume last, the rest happens once if it is there',
    params: screenParams,
    body: screenCommandSchema,
    answers: [{ status: 202, description: 'on its way', schema: commandAnswerSchema }],
    handler: async (call, { params, body }) =>
      json({ command: await commandScreen(call.context, call.staff, params.id, body.command) }, 202),
  }),
];
