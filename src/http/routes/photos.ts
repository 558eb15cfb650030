import {
  ownPhotoListQuerySchema,
  ownPhotoListSchema,
  photoListQuerySchema,
  photoListSchema,
  uploadQuerySchema,
  uploadedSchema,
} from '../../contract/photos.ts';
import { DomainError } from '../../domain/errors.ts';
import { deleteMine, listMine, listPublished } from '../../domain/photos.ts';
import { NO_NOTES } from '../../domain/intake/recording.ts';
import { receivePhoto } from '../../domain/intake/uploads.ts';
import { json, listAnswer } from '../answers.ts';
import { readContentDigest } from '../digest-header.ts';
import { readIdempotencyKey } from '../idempotency-key.ts';
import { localeOf } from '../language.ts';
import { defineRoute, type Route } from '../route.ts';
import { eventParams, eventPhotoParams } from './guests.ts';

function readLength(request: Request): number {
  const header = request.headers.get('content-length');
  if (header === null || !/^\d{1,15}$/.test(header)) {
    throw new DomainError('request.length_required', 'Send the photo with its Content-Length.');
  }
  return Number(header);
}

export const photoRoutes: Route[] = [
  defineRoute({
    method: 'POST',
    path: '/api/v1/events/{event}/photos',
    access: 'guest',
    tag: 'photos',
    summary: 'Send one photo or video, as the raw body',
    params: eventParams,
    query: uploadQuerySchema,
    rawBody: 'image/*',
    answers: [
      { status: 201, description: 'received', schema: uploadedSchema },
      { status: 200, description: 'received before', schema: uploadedSchema },
    ],
    async handler(call, { params, query }) {
      const { request } = call;
      const length = readLength(request);
      if (query.stands && query.original) {
        const message = 'a copy is no original of another';
        throw new DomainError('request.invalid', `Check “query.stands”: ${message}.`, {
          fields: [{ path: 'query.stands', message }],
        });
      }
      const outcome = await receivePhoto(call.context, {
        event: params.event,
        guests: call.guests,
        body: request.body ?? new Blob([]).stream(),
        length,
        contentType: request.headers.get('content-type') ?? '',
        sha256: readContentDigest(request.headers.get('content-digest')),
        idempotencyKey: readIdempotencyKey(request),
        notes: {
          ...NO_NOTES,
          caption: query.caption ? query.caption : null,
          location: query.location ?? 'remove',
          stands: query.stands ?? 'original',
          original: query.original ?? null,
          consentVersion: query.consent ?? null,
        },
        reader: (event) => localeOf(request, event),
        previewComing: query.preview === 'coming',
      });
      return json({ photo: outcome.photo }, outcome.created ? 201 : 200);
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/api/v1/events/{event}/photos',
    access: 'reader',
    tag: 'photos',
    summary: 'Published photos, with the room’s position',
    params: eventParams,
    query: photoListQuerySchema,
    answers: [{ status: 200, description: 'one page', schema: photoListSchema }],
    async handler(call, { params, query }) {
      const { items, nextCursor, epoch, seq, state } = await listPublished(call.context, call.caller, {
        event: params.event,
        ...query,
      });
      return listAnswer(call.request, { items, nextCursor, epoch, seq, event: state });
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/api/v1/events/{event}/mine',
    access: 'guest',
    tag: 'photos',
    summary: 'Everything this guest has sent, in every status',
    params: eventParams,
    query: ownPhotoListQuerySchema,
    answers: [{ status: 200, description: 'one page', schema: ownPhotoListSchema }],
    async handler(call, { params, query }) {
      return json(await listMine(call.context, call.guests, { event: params.event, ...query }));
    },
  }),
  defineRoute({
    method: 'DELETE',
    path: '/api/v1/events/{event}/mine/{photo}',
    access: 'guest',
    tag: 'photos',
    summary: 'Delete an own photo for everybody, at once',
    params: eventPhotoParams,
    answers: [{ status: 204, description: 'gone' }],
    async handler(call, { params }) {
      await deleteMine(call.context, call.guests, params.event, params.photo);
      return new Response(null, { status: 204 });
    },
  }),
];
