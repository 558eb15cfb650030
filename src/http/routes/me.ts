import {
  captionPatchSchema,
  erasureSchema,
  meAnswerSchema,
  mePatchSchema,
  meSchema,
  ownPhotoAnswerSchema,
  ownRequestListSchema,
  transferSchema,
} from '../../contract/me.ts';
import { openOwnArchive } from '../../domain/guests/archive.ts';
import { captionMine } from '../../domain/guests/captions.ts';
import { eraseMe } from '../../domain/guests/erasure.ts';
import { listRequests, readMe, renameMe } from '../../domain/guests/me.ts';
import { makeTransfer } from '../../domain/guests/transfers.ts';
import { json } from '../answers.ts';
import { clearGuestCookie } from '../cookies.ts';
import { attachment, sized } from '../files.ts';
import { defineRoute, type Call, type Route } from '../route.ts';
import { eventParams, eventPhotoParams } from './guests.ts';

const hostOf = (call: Call): string => call.request.headers.get('host') ?? call.url.host;

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
    method: 'DELETE',
    path: '/api/v1/events/{event}/me',
    access: 'guest',
    tag: 'guests',
    summary: 'Erase oneself for good: photos, reactions, requests, name; asked again, the same receipt',
    params: eventParams,
    answers: [{ status: 200, description: 'gone, with a signed receipt', schema: erasureSchema }],
    async handler(call, { params }) {
      const giver = { host: hostOf(call), tenant: call.tenant.name };
      const { eventId, ...erasure } = await eraseMe(call.context, call.guests, params.event, giver);
      return json(erasure, 200, { 'set-cookie': clearGuestCookie(eventId, call.secure) });
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/v1/events/{event}/me/transfers',
    access: 'guest',
    tag: 'guests',
    summary: 'A link that makes one other device this guest; the one before it ends',
    params: eventParams,
    answers: [{ status: 201, description: 'the link, which is told once', schema: transferSchema }],
    async handler(call, { params }) {
      const { slug, token, expiresAt } = await makeTransfer(call.context, call.guests, params.event);
      const url = `${call.url.protocol}//${hostOf(call)}/e/${slug}#me=${token}`;
      return json({ url, expiresAt: expiresAt.toISOString() }, 201);
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/api/v1/events/{event}/mine/archive.zip',
    access: 'guest',
    tag: 'photos',
    summary: 'Everything this guest has sent, byte for byte as it came',
    params: eventParams,
    answers: [{ status: 200, description: 'a ZIP', contentType: 'application/zip' }],
    async handler(call, { params }) {
      const archive = await openOwnArchive(call.context, call.guests, params.event);
      const headers = {
        'content-type': 'application/zip',
        'content-disposition': attachment(archive.names),
        'cache-control': 'private, no-store',
      };
      if (call.request.method === 'HEAD') {
        return new Response(null, { headers: { ...headers, 'content-length': String(archive.bytes) } });
      }
      return new Response(sized(archive.open(), archive.bytes, call), { headers });
    },
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
