import { uploadedSchema } from '../../contract/photos.ts';
import { receivePreview } from '../../domain/intake/previews.ts';
import { json } from '../answers.ts';
import { readBounded } from '../input.ts';
import { defineRoute, type Route } from '../route.ts';
import { eventPhotoParams } from './guests.ts';

export const previewRoutes: Route[] = [
  defineRoute({
    method: 'PUT',
    path: '/api/v1/events/{event}/mine/{photo}/preview',
    access: 'guest',
    tag: 'photos',
    summary: 'Send a picture of an own photo or video that is not decoded here, as the raw body',
    params: eventPhotoParams,
    rawBody: 'image/*',
    answers: [
      { status: 201, description: 'taken', schema: uploadedSchema },
      { status: 200, description: 'there is one already, or none is needed', schema: uploadedSchema },
    ],
    async handler(call, { params }) {
      const outcome = await receivePreview(call.context, {
        event: params.event,
        guests: call.guests,
        photo: params.photo,
        read: (maxBytes) => readBounded(call.request, maxBytes),
      });
      return json({ photo: outcome.photo }, outcome.stored ? 201 : 200);
    },
  }),
];
