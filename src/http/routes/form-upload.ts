import { consentVersionSchema } from '../../contract/consent.ts';
import { readTableCode } from '../../contract/table-codes.ts';
import type { GuestActor } from '../../domain/context.ts';
import { DomainError } from '../../domain/errors.ts';
import { toDomainError } from '../../domain/failures.ts';
import { findReadableEvent, guestOf, NOBODY, type EventRow } from '../../domain/events.ts';
import { joinEvent } from '../../domain/guests/joining.ts';
import { requireOpenUploads } from '../../domain/intake/admission.ts';
import { NO_NOTES } from '../../domain/intake/recording.ts';
import { receivePhoto } from '../../domain/intake/uploads.ts';
import { verifyGuestToken } from '../../domain/people/tokens.ts';
import { renderMessage, type UploadResult } from '../../pages/index.ts';
import { htmlAnswer } from '../answers.ts';
import { guestCookie } from '../cookies.ts';
import { askedLanguage, localeOf } from '../language.ts';
import { defineRoute, type Call, type Route } from '../route.ts';
import { eventParams } from './guests.ts';

/**
 * A plain form is read whole into memory, twice over while it is taken apart, and an isolate of 128 MB
 * serves others at the same time: so it may carry less than the uploader of the page.
 */
const FORM_MAX_BYTES = 30_000_000;
const FORM_MAX_FILES = 20;

interface Session {
  guest: GuestActor;
  cookie: string | null;
}

/** The session of this event, made on the way where nothing but joining is needed. */
async function sessionOf(
  call: Call,
  event: EventRow,
  { name, tableCode }: { name: string | null; tableCode: string | undefined },
): Promise<Session> {
  const ref = event.id;
  const held = guestOf(call.caller, event);
  if (held && !tableCode) return { guest: held, cookie: null };
  const joined = await joinEvent(call.context, {
    event: ref,
    held: held ? [held] : [],
    device: await call.device(),
    ...(name ? { name } : {}),
    ...(tableCode ? { tableCode } : {}),
  });
  const guest = await verifyGuestToken(
    call.config.GUEST_JWT_SECRET,
    call.tenant.id,
    joined.token,
    call.context.ports.clock.now(),
  );
  if (!guest) throw new DomainError('auth.required', 'Join the event first.');
  return { guest, cookie: guestCookie(event.id, joined.token, call.secure, joined.expiresInSeconds) };
}

export const formUploadRoutes: Route[] = [
  defineRoute({
    method: 'POST',
    path: '/e/{event}/photos',
    access: 'reader',
    tag: 'pages',
    summary: 'Send photos by a plain form, for browsers in which the page’s uploader does not run',
    params: eventParams,
    rawBody: 'multipart/form-data',
    answers: [{ status: 200, description: 'which photos arrived and which did not', contentType: 'text/html' }],
    async handler(call, { params }) {
      const { request } = call;
      const length = Number(request.headers.get('content-length') ?? Number.NaN);
      if (!Number.isInteger(length))
        throw new DomainError('request.length_required', 'Send the form with its Content-Length.');
      if (length > FORM_MAX_BYTES) {
        throw new DomainError('request.too_large', 'That is too much for one form. Choose fewer photos at a time.');
      }
      if (!request.headers.get('content-type')?.toLowerCase().startsWith('multipart/form-data')) {
        throw new DomainError('request.unsupported_media_type', 'Send the photos as a form (multipart/form-data).');
      }
      // Whoever may not send is told so before a byte of the form is held.
      const open = await findReadableEvent(call.context, call.caller, params.event);
      requireOpenUploads(open, call.context.ports.clock.now());
      const form = await request.formData().catch(() => {
        throw new DomainError('request.invalid', 'The form could not be read. Choose the photos again.');
      });
      const name = form.get('name');
      const tableCode = readTableCode(form.get('t'));
      const session = await sessionOf(call, open, {
        name: typeof name === 'string' ? name.trim().slice(0, 80) : null,
        tableCode,
      });
      const files = form.getAll('photos').filter((entry) => typeof entry !== 'string') as unknown as File[];
      const chosen = files.filter((file) => file.size > 0 || file.name !== '');
      const agreed = consentVersionSchema.safeParse(form.get('consent') ?? undefined);
      const consentVersion = agreed.success ? agreed.data : null;
      const results: UploadResult[] = [];
      for (const file of chosen.slice(0, FORM_MAX_FILES)) {
        try {
          const { photo } = await receivePhoto(call.context, {
            event: params.event,
            guests: [session.guest],
            body: file.stream() as ReadableStream<Uint8Array>,
            length: file.size,
            contentType: file.type || 'application/octet-stream',
            sha256: null,
            idempotencyKey: null,
            notes: { ...NO_NOTES, consentVersion },
            reader: (event) => localeOf(request, event),
            // A plain form has no script that could make one.
            previewComing: false,
          });
          const mayBeTranscoded = photo.kind === 'photo' && call.context.ports.transcoder !== null;
          results.push({ name: file.name, isUnseen: photo.preview === 'missing' && !mayBeTranscoded });
        } catch (error) {
          const { code, members } = toDomainError(error);
          results.push({ name: file.name, code, quota: members.quota });
        }
      }
      for (const { name: left } of chosen.slice(FORM_MAX_FILES))
        results.push({ name: left, code: 'request.too_large' });
      const event = await findReadableEvent(call.context, { ...NOBODY, guests: [session.guest] }, params.event);
      const html = renderMessage({
        tenant: call.tenant,
        event,
        results,
        locale: localeOf(request, event),
        tableCode,
        lang: askedLanguage(call.url) ?? undefined,
      });
      return htmlAnswer(html, 200, session.cookie ? { 'set-cookie': session.cookie } : {});
    },
  }),
];
