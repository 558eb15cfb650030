import {
  captionPatchSchema,
  meAnswerSchema,
  mePatchSchema,
  meSchema,
  ownPhotoAnswerSchema,
  ownRequestListSchema,
} from '../../contract/me.ts';
import { captionMine } from '../../domain/guests/captions.ts';
import { listRequests, readMe, renameMe } from '../../domain/guests/me.ts';
import { json } from '../answers.ts';
import { defineRoute, type Route } from '../route.ts';
import { eventParams, eventPhotoParams } from './guests.ts';

/** What a guest sees and says of themselves. */
export const meRoutes: Route[] = [
  defineRoute({
    method: 'GET',
    path: '/api/v1/events/{event}/me',
    access: 'guest',
    tag: 'guests',
    summary: 'Who this device is here, and how much it has sent',
    params: eventParams,
    answers: [{ status: 200, description: 'the guest', schema: meSchema }],
    handler: async (call, { params }) => json(await readMe(call.context, call.guests, params.event)),
  }),
  defineRoute({
    method: 'PATCH',
    path: '/api/v1/events/{event}/me',
    access: 'guest',
    tag: 'guests',
    summary: 'Give another name, which stands on all own photos',
    params: eventParams,
    body: mePatchSchema,
    answers: [{ status: 200, description: 'the guest', schema: meAnswerSchema }],
    handler: async (call, { params, body }) =>
      json({ guest: await renameMe(call.context, call.guests, { ...params, ...body }) }),
  }),
  defineRoute({
    method: 'PATCH',
    path: '/api/v1/events/{event}/mine/{photo}',
    access: 'guest',
    tag: 'photos',
    summary: 'Other words under an own photo; where the host looks first, they are looked at again',
    params: eventPhotoParams,
    body: captionPatchSchema,
    answers: [{ status: 200, description: 'the photo', schema: ownPhotoAnswerSchema }],
    handler: async (call, { params, body }) =>
      json({ photo: await captionMine(call.context, call.guests, { ...params, ...body }) }),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/v1/events/{event}/mine/requests',
    access: 'guest',
    tag: 'photos',
    summary: 'What this guest has asked the host to look at, and what became of it',
    params: eventParams,
    answers: [{ status: 200, description: 'the newest first', schema: ownRequestListSchema }],
    handler: async (call, { params }) => json({ items: await listRequests(call.context, call.guests, params.event) }),
  }),
];
