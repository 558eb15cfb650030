import * as z from 'zod';
import { idSchema } from '../../contract/ids.ts';
import {
  photoBulkResultSchema,
  photoBulkSchema,
  photoPatchSchema,
  staffPhotoAnswerSchema,
  staffPhotoListQuerySchema,
  staffPhotoListSchema,
} from '../../contract/photos.ts';
import { decide, decideMany, deleteAsStaff, getForStaff, listForStaff } from '../../domain/photos.ts';
import { json, listAnswer } from '../answers.ts';
import { defineRoute, type Route } from '../route.ts';

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
    summary: 'Decide on a photo; a repeat changes nothing',
    params: photoParams,
    body: photoPatchSchema,
    answers: [{ status: 200, description: 'the photo', schema: staffPhotoAnswerSchema }],
    handler: async (call, { params, body }) =>
      json({ photo: await decide(call.context, call.actor, params.id, body.status) }),
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
    handler: async (call, { body }) =>
      json({ results: await decideMany(call.context, call.actor, body.ids, body.status) }),
  }),
];
