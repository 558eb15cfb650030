import * as z from 'zod';
import {
  albumAnswerSchema,
  albumListSchema,
  albumOrderSchema,
  albumPatchSchema,
  albumRefSchema,
  movedSchema,
  newAlbumSchema,
} from '../../contract/albums.ts';
import { eventRefSchema, idSchema } from '../../contract/ids.ts';
import { photoIdsSchema } from '../../contract/moderation.ts';
import {
  changeAlbum,
  createAlbum,
  listAlbumsFor,
  movePhotosTo,
  removeAlbum,
  sortAlbums,
} from '../../domain/moderation/albums.ts';
import { json, listAnswer } from '../answers.ts';
import { defineRoute, type Route } from '../route.ts';
import { eventParams } from './guests.ts';

const albumParams = z.strictObject({ event: eventRefSchema, album: idSchema });
const moveParams = z.strictObject({ event: eventRefSchema, album: albumRefSchema });

export const albumRoutes: Route[] = [
  defineRoute({
    method: 'GET',
    path: '/api/v1/events/{event}/albums',
    access: 'reader',
    tag: 'photos',
    summary: 'Albums: all of them for staff, the published ones for guests',
    params: eventParams,
    answers: [{ status: 200, description: 'in their order', schema: albumListSchema }],
    handler: async (call, { params }) =>
      listAnswer(call.request, { items: await listAlbumsFor(call.context, call.caller, params.event) }),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/v1/events/{event}/albums',
    access: 'moderator',
    tag: 'photos',
    summary: 'A new album, not published yet',
    params: eventParams,
    body: newAlbumSchema,
    answers: [{ status: 201, description: 'the album', schema: albumAnswerSchema }],
    handler: async (call, { params, body }) =>
      json({ album: await createAlbum(call.context, call.actor, params.event, body.name) }, 201),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/v1/events/{event}/albums/order',
    access: 'moderator',
    tag: 'photos',
    summary: 'Put all albums into an order',
    params: eventParams,
    body: albumOrderSchema,
    answers: [{ status: 200, description: 'in their new order', schema: albumListSchema }],
    handler: async (call, { params, body }) =>
      json({ items: await sortAlbums(call.context, call.actor, params.event, body.ids) }),
  }),
  defineRoute({
    method: 'PATCH',
    path: '/api/v1/events/{event}/albums/{album}',
    access: 'moderator',
    tag: 'photos',
    summary: 'Rename an album, show it to guests or not',
    params: albumParams,
    body: albumPatchSchema,
    answers: [{ status: 200, description: 'the album', schema: albumAnswerSchema }],
    handler: async (call, { params, body }) =>
      json({ album: await changeAlbum(call.context, call.actor, params.event, params.album, body) }),
  }),
  defineRoute({
    method: 'DELETE',
    path: '/api/v1/events/{event}/albums/{album}',
    access: 'moderator',
    tag: 'photos',
    summary: 'Take an album away; its photos stay',
    params: albumParams,
    answers: [{ status: 204, description: 'gone' }],
    async handler(call, { params }) {
      await removeAlbum(call.context, call.actor, params.event, params.album);
      return new Response(null, { status: 204 });
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/v1/events/{event}/albums/{album}/photos',
    access: 'moderator',
    tag: 'photos',
    summary: 'Move photos into an album; “none” takes them out of theirs',
    params: moveParams,
    body: photoIdsSchema,
    answers: [{ status: 200, description: 'how many were elsewhere', schema: movedSchema }],
    handler: async (call, { params, body }) =>
      json({ moved: await movePhotosTo(call.context, call.actor, params.event, params.album, body.ids) }),
  }),
];
