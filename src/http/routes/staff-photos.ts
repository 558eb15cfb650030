import * as z from 'zod';
import { idSchema } from '../../contract/ids.ts';
import {
  bulkRuleResultSchema,
  bulkRuleSchema,
  decisionListSchema,
  photoBulkResultSchema,
  photoBulkSchema,
  photoPatchSchema,
  staffPhotoListQuerySchema,
  staffPhotoListSchema,
} from '../../contract/moderation.ts';
import { staffPhotoAnswerSchema } from '../../contract/photos.ts';
import { changePhoto, decideByRule, decideMany, decisionsOf } from '../../domain/moderation/decisions.ts';
import { getForStaff, listForStaff } from '../../domain/moderation/photos.ts';
import { deleteAsStaff } from '../../domain/photos.ts';
import { json, listAnswer } from '../answers.ts';
import { defineRoute, type Route } from '../route.ts';
import { eventParams } from './guests.ts';

const photoParams = z.strictObject({ id: idSchema });

export const staffRoutes: Route[] = [
  defineRoute({
    method: 'GET',
    path: '/api/v1/photos',
    access: 'insider',
    tag: 'photos',
    summary: 'Photos of an event in any status',
    query: staffPhotoListQuerySchema,
    answers: [{ status: 200, description: 'one page, with counts', schema: staffPhotoListSchema }],
    handler: async (call, { query }) => listAnswer(call.request, await listForStaff(call.context, call.actor, query)),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/v1/photos/{id}',
    access: 'insider',
    tag: 'photos',
    summary: 'One photo',
    params: photoParams,
    answers: [{ status: 200, description: 'the photo', schema: staffPhotoAnswerSchema }],
    handler: async (call, { params }) => json({ photo: await getForStaff(call.context, call.actor, params.id) }),
  }),
  defineRoute({
    method: 'PATCH',
    path: '/api/v1/photos/{id}',
    access: 'moderator',
    tag: 'photos',
    summary: 'Decide on a photo, take its caption away, put it into an album; a repeat changes nothing',
    params: photoParams,
    body: photoPatchSchema,
    answers: [{ status: 200, description: 'the photo', schema: staffPhotoAnswerSchema }],
    handler: async (call, { params, body }) =>
      json({ photo: await changePhoto(call.context, call.actor, params.id, body) }),
  }),
  defineRoute({
    method: 'DELETE',
    path: '/api/v1/photos/{id}',
    access: 'moderator',
    tag: 'photos',
    summary: 'Delete a photo for everybody, at once',
    params: photoParams,
    answers: [{ status: 204, description: 'gone' }],
    async handler(call, { params }) {
      await deleteAsStaff(call.context, call.actor, params.id);
      return new Response(null, { status: 204 });
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/v1/photos/bulk',
    access: 'moderator',
    tag: 'photos',
    summary: 'Decide on many photos at once',
    body: photoBulkSchema,
    answers: [{ status: 200, description: 'a result for each', schema: photoBulkResultSchema }],
    handler: async (call, { body }) => json({ results: await decideMany(call.context, call.actor, body) }),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/v1/events/{event}/photos/bulk-rule',
    access: 'moderator',
    tag: 'photos',
    summary: 'Decide on every photo that fits, 500 at a time',
    params: eventParams,
    body: bulkRuleSchema,
    answers: [
      { status: 200, description: 'what was changed, and whether there is more', schema: bulkRuleResultSchema },
    ],
    handler: async (call, { params, body }) => json(await decideByRule(call.context, call.actor, params.event, body)),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/v1/photos/{id}/decisions',
    access: 'insider',
    tag: 'photos',
    summary: 'Who has decided what on a photo, newest first',
    params: photoParams,
    answers: [{ status: 200, description: 'at most 50', schema: decisionListSchema }],
    handler: async (call, { params }) => json({ items: await decisionsOf(call.context, call.actor, params.id) }),
  }),
];
