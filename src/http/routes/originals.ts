import * as z from 'zod';
import { downloadLinkSchema, downloadQuerySchema } from '../../contract/downloads.ts';
import { DomainError } from '../../domain/errors.ts';
import { findDownload, followLink, linkDownload, openDownload, type Download } from '../../domain/downloads.ts';
import type { ByteRange } from '../../domain/ports.ts';
import { json, matches } from '../answers.ts';
import { problemResponse } from '../errors.ts';
import { attachment, sized } from '../files.ts';
import { readRange } from '../range-rules.ts';
import { defineRoute, type Call, type Route } from '../route.ts';
import { eventPhotoParams } from './guests.ts';

const TICKET_MAX_CHARACTERS = 2_048;

/** A file is no page of ours, whatever is in it. */
const SANDBOX = "default-src 'none'; sandbox";

/** Of the whole file, also beside a part of it (RFC 9530, section 3). */
const digestOf = (sha256: string): string =>
  `sha-256=:${btoa(String.fromCharCode(...(sha256.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16))))}:`;

const headersOf = ({ type, etag, sha256, names, receivedBy }: Download): Record<string, string> => ({
  'content-type': type,
  'content-disposition': attachment(names),
  'accept-ranges': 'bytes',
  etag,
  ...(sha256 ? { 'repr-digest': digestOf(sha256) } : {}),
  // Asked again each time: it may have been taken down since.
  'cache-control': receivedBy === null ? 'private, no-cache' : 'private, no-store',
  vary: 'Cookie, Authorization',
  'content-security-policy': SANDBOX,
});

function unsatisfiable(size: number): Response {
  const response = problemResponse(
    new DomainError('request.range_unsatisfiable', `The file has ${size} bytes; ask for a range within them.`),
  );
  response.headers.set('content-range', `bytes */${size}`);
  return response;
}

async function answer(call: Call, download: Download): Promise<Response> {
  const { request } = call;
  const headers = headersOf(download);
  const { bytes } = download;
  if (matches(request, download.etag)) return new Response(null, { status: 304, headers });
  if (request.method === 'HEAD') {
    return new Response(null, { headers: { ...headers, 'content-length': String(bytes) } });
  }
  const range = readRange(request.headers.get('range'), request.headers.get('if-range'), download.etag, bytes);
  if (range === 'unsatisfiable') return unsatisfiable(bytes);
  const wanted: ByteRange = range ?? { offset: 0, length: bytes };
  const body = sized(await openDownload(call.context, download, wanted), wanted.length, call);
  if (!range) return new Response(body, { headers });
  const { offset, length } = range;
  return new Response(body, {
    status: 206,
    headers: { ...headers, 'content-range': `bytes ${offset}-${offset + length - 1}/${bytes}` },
  });
}

export const originalRoutes: Route[] = [
  defineRoute({
    method: 'GET',
    path: '/api/v1/events/{event}/photos/{photo}/original',
    access: 'reader',
    tag: 'photos',
    summary: 'The file itself, without its place, maker and device; always the same bytes, takes Range',
    params: eventPhotoParams,
    query: downloadQuerySchema.extend({
      ticket: z.string().max(TICKET_MAX_CHARACTERS).optional().describe('of a link, instead of a Bearer'),
    }),
    answers: [
      { status: 200, description: 'the file', contentType: 'application/octet-stream' },
      { status: 206, description: 'a range of it', contentType: 'application/octet-stream' },
      { status: 304, description: 'as it was' },
    ],
    async handler(call, { params, query }) {
      const { caller, as } = query.ticket
        ? await followLink(call.context, query.ticket, params.photo)
        : { caller: call.caller, as: query.as };
      const download = await findDownload(call.context, caller, { ...params, as });
      if (download.receivedBy !== null) {
        const { photoId, receivedBy } = download;
        console.log(
          JSON.stringify({ at: 'original.received', tenant: call.tenant.id, photo: photoId, user: receivedBy }),
        );
      }
      return answer(call, download);
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/v1/events/{event}/photos/{photo}/original-link',
    access: 'insider',
    tag: 'photos',
    summary: 'A link to that file for a browser, good for some minutes',
    params: eventPhotoParams,
    query: downloadQuerySchema,
    answers: [{ status: 200, description: 'the link', schema: downloadLinkSchema }],
    handler: async (call, { params, query }) =>
      json(await linkDownload(call.context, call.actor, { ...params, ...query })),
  }),
];
