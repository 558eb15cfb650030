import { eventAnswerSchema, eventListQuerySchema, eventListSchema } from '../../contract/events.ts';
import {
  checklistPatchSchema,
  eventCreateSchema,
  eventDuplicateSchema,
  eventPatchSchema,
  eventSummarySchema,
} from '../../contract/event-writes.ts';
import { summarize } from '../../domain/organiser/event-summaries.ts';
import {
  changeEvent,
  checkOff,
  createEvent,
  deleteEvent,
  duplicateEvent,
  undeleteEvent,
} from '../../domain/organiser/event-writes.ts';
import { getStaffEvent, listStaffEvents } from '../../domain/events.ts';
import { json, listAnswer } from '../answers.ts';
import { defineRoute, type Route } from '../route.ts';
import { eventParams } from './guests.ts';

/** Events for those who run them. */
export const eventRoutes: Route[] = [
  defineRoute({
    method: 'GET',
    path: '/api/v1/events',
    access: 'viewer',
    tag: 'events',
    summary: 'Events of this account',
    query: eventListQuerySchema,
    answers: [{ status: 200, description: 'one page, with totals', schema: eventListSchema }],
    handler: async (call, { query }) =>
      listAnswer(call.request, await listStaffEvents(call.context, call.staff, query)),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/v1/events',
    access: 'member',
    tag: 'events',
    summary: 'A new event: a draft unless asked otherwise, private, moderated before publication',
    body: eventCreateSchema,
    answers: [{ status: 201, description: 'made', schema: eventAnswerSchema }],
    handler: async (call, { body }) => json({ event: await createEvent(call.context, call.staff, body) }, 201),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/v1/events/{event}',
    access: 'insider',
    tag: 'events',
    summary: 'One event',
    params: eventParams,
    answers: [{ status: 200, description: 'the event', schema: eventAnswerSchema }],
    handler: async (call, { params }) =>
      listAnswer(call.request, { event: await getStaffEvent(call.context, call.actor, params.event) }),
  }),
  defineRoute({
    method: 'PATCH',
    path: '/api/v1/events/{event}',
    access: 'member',
    tag: 'events',
    summary: 'Change what is given; null takes a date or the PIN away',
    params: eventParams,
    body: eventPatchSchema,
    answers: [{ status: 200, description: 'the event', schema: eventAnswerSchema }],
    handler: async (call, { params, body }) =>
      json({ event: await changeEvent(call.context, call.staff, params.event, body) }),
  }),
  defineRoute({
    method: 'DELETE',
    path: '/api/v1/events/{event}',
    access: 'member',
    tag: 'events',
    summary: 'Delete an event for everybody, at once; it can be restored for 30 days',
    params: eventParams,
    answers: [{ status: 204, description: 'gone' }],
    async handler(call, { params }) {
      await deleteEvent(call.context, call.staff, params.event);
      return new Response(null, { status: 204 });
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/v1/events/{event}/restore',
    access: 'member',
    tag: 'events',
    summary: 'Have a deleted event back as it was; a repeat changes nothing',
    params: eventParams,
    answers: [{ status: 200, description: 'the event', schema: eventAnswerSchema }],
    handler: async (call, { params }) => json({ event: await undeleteEvent(call.context, call.staff, params.event) }),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/v1/events/{event}/duplicate',
    access: 'member',
    tag: 'events',
    summary: 'A draft with the same settings and tables, without guests and photos',
    params: eventParams,
    body: eventDuplicateSchema,
    answers: [{ status: 201, description: 'made', schema: eventAnswerSchema }],
    handler: async (call, { params, body }) =>
      json({ event: await duplicateEvent(call.context, call.staff, params.event, body) }, 201),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/v1/events/{event}/summary',
    access: 'viewer',
    tag: 'events',
    summary: 'Checklist, timeline and numbers of one event',
    params: eventParams,
    answers: [{ status: 200, description: 'the summary', schema: eventSummarySchema }],
    handler: async (call, { params }) =>
      listAnswer(call.request, await summarize(call.context, call.staff, params.event)),
  }),
  defineRoute({
    method: 'PATCH',
    path: '/api/v1/events/{event}/checklist',
    access: 'member',
    tag: 'events',
    summary: 'Say that a step that nobody can see from the data is done',
    params: eventParams,
    body: checklistPatchSchema,
    answers: [{ status: 200, description: 'the event', schema: eventAnswerSchema }],
    handler: async (call, { params, body }) =>
      json({ event: await checkOff(call.context, call.staff, params.event, body) }),
  }),
];
