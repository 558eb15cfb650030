import * as z from 'zod';
import { eventRefSchema, idSchema } from '../../../contract/ids.ts';
import {
  announcementAnswerSchema,
  announcementListSchema,
  announcementRequestSchema,
  panicAnswerSchema,
  panicSchema,
  photoCallSchema,
  recallAnswerSchema,
  spotlightSchema,
  stageAnswerSchema,
} from '../../../contract/stage.ts';
import { announce, listAnnouncementsFor, takeBack } from '../../../domain/screens/announcements.ts';
import {
  callForPhotos,
  endPhotoCall,
  endSpotlight,
  getPanic,
  getRecall,
  getStage,
  lightPhoto,
  releasePanic,
  startPanic,
} from '../../../domain/screens/stage.ts';
import { json } from '../../answers.ts';
import { defineRoute, type Route } from '../../route.ts';
import { eventParams, eventPhotoParams } from '../guests.ts';

const announcementParams = z.strictObject({ event: eventRefSchema, announcement: idSchema });
const answers = [{ status: 200, description: 'what is on the stage now', schema: stageAnswerSchema }];

/** What every wall of an event shows besides photos. */
export const stageRoutes: Route[] = [
  defineRoute({
    method: 'GET',
    path: '/api/v1/events/{event}/stage',
    access: 'insider',
    tag: 'screens',
    summary: 'What walls show besides photos: emergency slide, spotlight, announcements, photo call',
    params: eventParams,
    answers,
    handler: async (call, { params }) => json(await getStage(call.context, call.actor, params.event)),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/v1/events/{event}/panic',
    access: 'viewer',
    tag: 'screens',
    summary: 'Whether every wall shows the emergency slide, and how many screens say that they do',
    params: eventParams,
    answers: [{ status: 200, description: 'as it is now', schema: panicAnswerSchema }],
    handler: async (call, { params }) => json(await getPanic(call.context, call.staff, params.event)),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/v1/events/{event}/panic',
    access: 'member',
    tag: 'screens',
    summary: 'Put a branded slide on every wall and hold publication, until released',
    params: eventParams,
    body: panicSchema,
    answers,
    handler: async (call, { params, body }) =>
      json(await startPanic(call.context, call.staff, params.event, body.text ?? null)),
  }),
  defineRoute({
    method: 'DELETE',
    path: '/api/v1/events/{event}/panic',
    access: 'member',
    tag: 'screens',
    summary: 'Show photos again; what was held before stays held',
    params: eventParams,
    answers,
    handler: async (call, { params }) => json(await releasePanic(call.context, call.staff, params.event)),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/v1/events/{event}/photos/{photo}/recall',
    access: 'insider',
    tag: 'screens',
    summary: 'From how many screens a photo that was taken down is gone',
    params: eventPhotoParams,
    answers: [{ status: 200, description: 'as far as its room knows', schema: recallAnswerSchema }],
    handler: async (call, { params }) => json(await getRecall(call.context, call.actor, params)),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/v1/events/{event}/spotlight',
    access: 'moderator',
    tag: 'screens',
    summary: 'Show one published photo alone on every wall',
    params: eventParams,
    body: spotlightSchema,
    answers,
    handler: async (call, { params, body }) => json(await lightPhoto(call.context, call.actor, params.event, body)),
  }),
  defineRoute({
    method: 'DELETE',
    path: '/api/v1/events/{event}/spotlight',
    access: 'moderator',
    tag: 'screens',
    summary: 'End the spotlight',
    params: eventParams,
    answers,
    handler: async (call, { params }) => json(await endSpotlight(call.context, call.actor, params.event)),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/v1/events/{event}/photo-call',
    access: 'member',
    tag: 'screens',
    summary: 'A while of large code, mission and countdown on every wall',
    params: eventParams,
    body: photoCallSchema,
    answers,
    handler: async (call, { params, body }) => json(await callForPhotos(call.context, call.staff, params.event, body)),
  }),
  defineRoute({
    method: 'DELETE',
    path: '/api/v1/events/{event}/photo-call',
    access: 'member',
    tag: 'screens',
    summary: 'End the photo call',
    params: eventParams,
    answers,
    handler: async (call, { params }) => json(await endPhotoCall(call.context, call.staff, params.event)),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/v1/events/{event}/announcements',
    access: 'viewer',
    tag: 'screens',
    summary: 'Announcements of an event, newest first',
    params: eventParams,
    answers: [{ status: 200, description: 'those to come, shown and over', schema: announcementListSchema }],
    handler: async (call, { params }) => json(await listAnnouncementsFor(call.context, call.staff, params.event)),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/v1/events/{event}/announcements',
    access: 'member',
    tag: 'screens',
    summary: 'Announce something on walls and in galleries, now or from a time, until a time',
    params: eventParams,
    body: announcementRequestSchema,
    answers: [{ status: 201, description: 'made', schema: announcementAnswerSchema }],
    handler: async (call, { params, body }) =>
      json({ announcement: await announce(call.context, call.staff, params.event, body) }, 201),
  }),
  defineRoute({
    method: 'DELETE',
    path: '/api/v1/events/{event}/announcements/{announcement}',
    access: 'member',
    tag: 'screens',
    summary: 'Take an announcement back wherever it is shown',
    params: announcementParams,
    answers: [{ status: 204, description: 'gone' }],
    async handler(call, { params }) {
      await takeBack(call.context, call.staff, params.event, params.announcement);
      return new Response(null, { status: 204 });
    },
  }),
];
