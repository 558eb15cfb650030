import * as z from 'zod';
import { eventRefSchema, idSchema } from '../../contract/ids.ts';
import {
  guestAnswerSchema,
  guestListQuerySchema,
  guestListSchema,
  guestPatchSchema,
  heldAnswerSchema,
  holdSchema,
} from '../../contract/moderation.ts';
import {
  reportAnswerSchema,
  reportListQuerySchema,
  reportListSchema,
  reportPatchSchema,
  reportRequestSchema,
  reportedSchema,
} from '../../contract/reports.ts';
import { changeGuest, listGuestsFor } from '../../domain/moderation/guests.ts';
import { holdEvent } from '../../domain/moderation/hold.ts';
import { listReportsFor, reportPhoto, resolveReport } from '../../domain/moderation/reports.ts';
import { json, listAnswer } from '../answers.ts';
import { defineRoute, type Route } from '../route.ts';
import { eventParams, eventPhotoParams } from './guests.ts';

const guestParams = z.strictObject({ event: eventRefSchema, guest: idSchema });
const reportParams = z.strictObject({ event: eventRefSchema, id: idSchema });

export const moderationRoutes: Route[] = [
  defineRoute({
    method: 'GET',
    path: '/api/v1/events/{event}/guests',
    access: 'moderator',
    tag: 'guests',
    summary: 'Guests of an event and what they have sent',
    params: eventParams,
    query: guestListQuerySchema,
    answers: [{ status: 200, description: 'one page', schema: guestListSchema }],
    handler: async (call, { params, query }) =>
      listAnswer(call.request, await listGuestsFor(call.context, call.actor, { event: params.event, ...query })),
  }),
  defineRoute({
    method: 'PATCH',
    path: '/api/v1/events/{event}/guests/{guest}',
    access: 'moderator',
    tag: 'guests',
    summary: 'Block a guest or let them in again, trust them or not, take their name away',
    params: guestParams,
    body: guestPatchSchema,
    answers: [{ status: 200, description: 'the guest, and how many photos it changed', schema: guestAnswerSchema }],
    handler: async (call, { params, body }) =>
      json(await changeGuest(call.context, call.actor, { event: params.event, id: params.guest, patch: body })),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/v1/events/{event}/hold',
    access: 'moderator',
    tag: 'events',
    summary: 'Stop publication and clear what guests see, until released',
    params: eventParams,
    body: holdSchema,
    answers: [{ status: 200, description: 'the event', schema: heldAnswerSchema }],
    handler: async (call, { params, body }) =>
      json({
        event: await holdEvent(call.context, call.actor, params.event, { message: body.message ? body.message : null }),
      }),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/v1/events/{event}/release',
    access: 'moderator',
    tag: 'events',
    summary: 'Show guests what is approved again',
    params: eventParams,
    answers: [{ status: 200, description: 'the event', schema: heldAnswerSchema }],
    handler: async (call, { params }) =>
      json({ event: await holdEvent(call.context, call.actor, params.event, false) }),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/v1/events/{event}/photos/{photo}/reports',
    access: 'guest',
    tag: 'photos',
    summary: 'Ask the host to look at a photo',
    params: eventPhotoParams,
    body: reportRequestSchema,
    answers: [
      { status: 201, description: 'reported', schema: reportedSchema },
      { status: 200, description: 'reported before by this guest', schema: reportedSchema },
    ],
    async handler(call, { params, body }) {
      const { id, created } = await reportPhoto(call.context, call.guests, { ...params, ...body });
      return json({ report: { id } }, created ? 201 : 200);
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/api/v1/events/{event}/reports',
    access: 'moderator',
    tag: 'photos',
    summary: 'What guests ask the host to look at',
    params: eventParams,
    query: reportListQuerySchema,
    answers: [{ status: 200, description: 'one page', schema: reportListSchema }],
    handler: async (call, { params, query }) =>
      listAnswer(call.request, await listReportsFor(call.context, call.actor, { event: params.event, ...query })),
  }),
  defineRoute({
    method: 'PATCH',
    path: '/api/v1/events/{event}/reports/{id}',
    access: 'moderator',
    tag: 'photos',
    summary: 'Answer a report, and every open one of the same photo',
    params: reportParams,
    body: reportPatchSchema,
    answers: [{ status: 200, description: 'the report', schema: reportAnswerSchema }],
    handler: async (call, { params, body }) =>
      json({ report: await resolveReport(call.context, call.actor, { ...params, ...body }) }),
  }),
];
