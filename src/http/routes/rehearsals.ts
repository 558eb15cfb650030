import * as z from 'zod';
import { eventRefSchema, idSchema } from '../../contract/ids.ts';
import { rehearsalAnswerSchema, rehearsalListSchema, rehearsalStartSchema } from '../../contract/rehearsals.ts';
import { endRehearsal, listRehearsalsFor, startRehearsal } from '../../domain/rehearsal/rehearsals.ts';
import { json } from '../answers.ts';
import { defineRoute, type Route } from '../route.ts';
import { eventParams } from './guests.ts';

const rehearsalParams = z.strictObject({ event: eventRefSchema, rehearsal: idSchema });

/** Pretend guests on the real screens, before the real ones come. */
export const rehearsalRoutes: Route[] = [
  defineRoute({
    method: 'GET',
    path: '/api/v1/events/{event}/rehearsals',
    access: 'viewer',
    tag: 'screens',
    summary: 'Rehearsals of an event, newest first, each with its checklist',
    params: eventParams,
    answers: [{ status: 200, description: 'at most 20', schema: rehearsalListSchema }],
    handler: async (call, { params }) => json(await listRehearsalsFor(call.context, call.staff, params.event)),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/v1/events/{event}/rehearsals',
    access: 'member',
    tag: 'screens',
    summary:
      'Let pretend guests send sample photos to the screens of an event; it ends by itself and leaves a checklist',
    params: eventParams,
    body: rehearsalStartSchema,
    answers: [{ status: 201, description: 'begun', schema: rehearsalAnswerSchema }],
    handler: async (call, { params, body }) =>
      json({ rehearsal: await startRehearsal(call.context, call.staff, params.event, body.pace) }, 201),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/v1/events/{event}/rehearsals/{rehearsal}/end',
    access: 'member',
    tag: 'screens',
    summary: 'Give the screens their event back at once; what was sent vanishes',
    params: rehearsalParams,
    answers: [{ status: 200, description: 'ending, or ended before', schema: rehearsalAnswerSchema }],
    handler: async (call, { params }) => json({ rehearsal: await endRehearsal(call.context, call.staff, params) }),
  }),
];
