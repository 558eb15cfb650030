import * as z from 'zod';
import { eventRefSchema, isId } from '../../contract/ids.ts';
import { uploadReceiptSchema } from '../../contract/uploads.ts';
import { DomainError } from '../../domain/errors.ts';
import { createUpload } from '../../domain/intake/resumable/creation.ts';
import {
  appendTo,
  cancelUpload,
  findOffset,
  findReceipt,
  receiptOf,
  type UploadRef,
} from '../../domain/intake/resumable/transfers.ts';
import { json } from '../answers.ts';
import { readIdempotencyKey } from '../idempotency-key.ts';
import { localeOf } from '../language.ts';
import { defineRoute, type GuestCall, type Route } from '../route.ts';
import * as tus from '../tus.ts';
import { eventParams } from './guests.ts';

const uploadParams = z.strictObject({ event: eventRefSchema, upload: z.string().max(100).describe('id of an upload') });
type UploadParams = z.infer<typeof uploadParams>;

const COLLECTION = '/api/v1/events/{event}/uploads';
const UPLOAD = `${COLLECTION}/{upload}`;

const empty = (status: number, headers: Record<string, string>): Response =>
  new Response(null, { status, headers: { 'cache-control': 'no-store', ...headers } });

function refOf(call: GuestCall, { event, upload }: UploadParams): UploadRef {
  if (!isId(upload)) throw new DomainError('upload.not_found', 'There is no such upload here. Begin a new one.');
  return { event, guests: call.guests, upload };
}

const applied = { 'preference-applied': 'return=representation' };

async function create(call: GuestCall, event: string): Promise<Response> {
  const { request, context } = call;
  const first = tus.readFirstBytes(request);
  const { state: created, caller } = await createUpload(context, {
    event,
    guests: call.guests,
    length: tus.readUploadLength(request),
    metadata: request.headers.get('upload-metadata'),
    idempotencyKey: readIdempotencyKey(request),
    reader: (event) => localeOf(request, event),
  });
  const ref = { event: caller.event, guests: call.guests, upload: created.id };
  // One that was begun before is carried on by a PATCH from where it is.
  const isBegun = created.status !== 'receiving' || created.offset > 0;
  const { state, photo } = first && !isBegun ? await appendTo(context, ref, first) : { state: created, photo: null };
  const headers = {
    location: `/api/v1/events/${state.eventId}/uploads/${state.id}`,
    // To a creation without bytes there is no offset to speak of, unless it was begun before.
    ...(first || isBegun ? tus.progressOf(state) : { 'upload-expires': new Date(state.expiresAt).toUTCString() }),
  };
  if (!tus.prefersReceipt(request)) return empty(201, headers);
  return json(await receiptOf(context, state, photo), 201, { ...headers, ...applied });
}

async function tell(call: GuestCall, ref: UploadRef): Promise<Response> {
  const state = await findOffset(call.context, ref);
  return empty(200, {
    'upload-length': String(state.length),
    ...tus.progressOf(state),
    ...(state.metadata === null ? {} : { 'upload-metadata': state.metadata }),
  });
}

async function append(call: GuestCall, ref: UploadRef): Promise<Response> {
  const { state, photo } = await appendTo(call.context, ref, tus.readBytes(call.request));
  const isWhole = state.offset === state.length;
  if (!isWhole || !tus.prefersReceipt(call.request)) return empty(204, tus.progressOf(state));
  return json(await receiptOf(call.context, state, photo), 200, { ...tus.progressOf(state), ...applied });
}

async function end(call: GuestCall, ref: UploadRef): Promise<Response> {
  await cancelUpload(call.context, ref);
  return empty(204, {});
}

/** What a method means at the address of an upload, whatever it was sent as. */
const METHODS: Record<string, (call: GuestCall, ref: UploadRef) => Promise<Response>> = {
  HEAD: tell,
  PATCH: append,
  DELETE: end,
};

function serve(call: GuestCall, params: UploadParams): Promise<Response> {
  const method = tus.methodOf(call.request);
  const work = Object.hasOwn(METHODS, method) ? METHODS[method] : undefined;
  if (!work) {
    throw new DomainError(
      'route.method_not_allowed',
      'This address answers GET, HEAD, PATCH and DELETE, and POST with X-HTTP-Method-Override.',
    );
  }
  tus.requireVersion(call.request);
  return work(call, refOf(call, params));
}

const discovery = (path: string, params: z.ZodType<unknown>): Route =>
  defineRoute({
    method: 'OPTIONS',
    path,
    access: 'anyone',
    tag: 'photos',
    summary: 'What of tus is spoken here: versions, extensions, checksums, the largest file',
    params,
    answers: [{ status: 204, description: 'in headers' }],
    handler: (call) => empty(204, tus.capabilities(call.config.MAX_RESUMABLE_BYTES)),
  });

export const uploadRoutes: Route[] = [
  discovery(COLLECTION, eventParams),
  discovery(UPLOAD, uploadParams),
  defineRoute({
    method: 'POST',
    path: COLLECTION,
    access: 'guest',
    tag: 'photos',
    summary:
      'Begin a resumable upload (tus 1.0: creation, creation-with-upload); the same Idempotency-Key finds it again',
    params: eventParams,
    rawBody: 'application/offset+octet-stream',
    answers: [
      {
        status: 201,
        description: 'begun, its address in Location; with Prefer: return=representation the receipt',
        schema: uploadReceiptSchema,
      },
    ],
    handler(call, { params }) {
      if (tus.methodOf(call.request) === 'OPTIONS') {
        return empty(204, tus.capabilities(call.config.MAX_RESUMABLE_BYTES));
      }
      tus.requireVersion(call.request);
      return create(call, params.event);
    },
  }),
  defineRoute({
    method: 'GET',
    path: UPLOAD,
    access: 'guest',
    tag: 'photos',
    summary:
      'The receipt: what has become of an upload, for a day after its end. HEAD is tus’s: the offset, in headers',
    params: uploadParams,
    answers: [{ status: 200, description: 'the receipt', schema: uploadReceiptSchema }],
    handler: async (call, { params }) =>
      call.request.method === 'HEAD' ? serve(call, params) : json(await findReceipt(call.context, refOf(call, params))),
  }),
  defineRoute({
    method: 'PATCH',
    path: UPLOAD,
    access: 'guest',
    tag: 'photos',
    summary: 'Carry an upload on from Upload-Offset; the last byte waits until a photo has become of it',
    params: uploadParams,
    rawBody: 'application/offset+octet-stream',
    answers: [
      { status: 204, description: 'taken, Upload-Offset says how far it is' },
      { status: 200, description: 'whole, with Prefer: return=representation', schema: uploadReceiptSchema },
    ],
    handler: (call, { params }) => serve(call, params),
  }),
  defineRoute({
    method: 'DELETE',
    path: UPLOAD,
    access: 'guest',
    tag: 'photos',
    summary: 'End an upload (tus: termination); a photo that has become of it stays',
    params: uploadParams,
    answers: [{ status: 204, description: 'gone' }],
    handler: (call, { params }) => serve(call, params),
  }),
  defineRoute({
    method: 'POST',
    path: UPLOAD,
    access: 'guest',
    tag: 'photos',
    summary: 'The same for clients that cannot send these methods: X-HTTP-Method-Override names one',
    params: uploadParams,
    rawBody: 'application/offset+octet-stream',
    answers: [
      { status: 200, description: 'as HEAD, or whole and with its receipt' },
      { status: 204, description: 'as PATCH or DELETE' },
    ],
    handler: (call, { params }) => serve(call, params),
  }),
];
