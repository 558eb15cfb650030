import * as z from 'zod';
import { readEventSettings } from '../../contract/event-settings.ts';
import { cursorSchema, isId } from '../../contract/ids.ts';
import { GUEST_NAME_MAX_CHARACTERS } from '../../contract/guests.ts';
import { readTableCode } from '../../contract/table-codes.ts';
import { themeSchema, type Theme } from '../../contract/tenants.ts';
import { askedOf } from '../../domain/admission/consent-rules.ts';
import { DomainError } from '../../domain/errors.ts';
import { inLookOf, toEvent, uploadsClosedReason } from '../../domain/event-rules.ts';
import { findEventForDoor, listHomeEvents, moderatorOf } from '../../domain/events.ts';
import { joinEvent } from '../../domain/guests/joining.ts';
import { listPublished } from '../../domain/photos.ts';
import { acceptedFormats } from '../../domain/intake/accepted-formats.ts';
import {
  galleryPath,
  renderAdminShell,
  renderDesign,
  renderGallery,
  renderPinForm,
  renderPreview,
  renderScreen,
  renderTenantHome,
  renderWall,
  themeCss,
} from '../../pages/index.ts';
import { htmlAnswer, revalidated } from '../answers.ts';
import { guestCookie } from '../cookies.ts';
import { readBounded } from '../input.ts';
import { askedLanguage, localeOf } from '../language.ts';
import { defineRoute, type Call, type Route } from '../route.ts';
import { VERSION } from '../version.ts';
import { eventParams } from './guests.ts';

const GALLERY_PAGE = 100;
const WALL_PAGE = 100;
const FORM_MAX_BYTES = 8 * 1024;
const HTML = 'text/html; charset=utf-8';
/** The one page that a page of ours may have in a frame; nobody else's may. */
const FRAMED_BY_US = { 'x-frame-options': 'SAMEORIGIN' };
const language = { lang: z.string().max(20).optional() };
const joinFormSchema = z.object({
  name: z.string().trim().max(GUEST_NAME_MAX_CHARACTERS).optional(),
  pin: z.string().trim().max(32).optional(),
  t: z.string().max(200).optional(),
});

const themeQuerySchema = z.looseObject({
  accent: z
    .string()
    .regex(/^[0-9a-f]{6}$/i)
    .optional(),
  temperature: z.string().max(20).optional(),
  face: z.string().max(20).optional(),
});
const toLook = ({ accent, temperature, face }: z.infer<typeof themeQuerySchema>): Theme =>
  themeSchema.parse({ accent: `#${accent}`, temperature, displayFace: face });

/** Guests without a session at a PIN event see its door: 200, the form, and no photo. */
async function pinForm(call: Call, ref: string, tableCode: string | undefined, error?: DomainError): Promise<Response> {
  const event = await findEventForDoor(call.context, ref);
  const html = renderPinForm({
    tenant: inLookOf(event, call.tenant),
    event,
    locale: localeOf(call.request, event),
    lang: askedLanguage(call.url) ?? undefined,
    languages: readEventSettings(event.settings).languages,
    tableCode,
    ...(error ? { error: error.code } : {}),
  });
  const status = error?.code === 'event.wrong_pin' ? 403 : error?.code === 'rate.limited' ? 429 : 200;
  return htmlAnswer(html, status);
}

const needsPin = (error: unknown): boolean =>
  error instanceof DomainError && (error.code === 'event.pin_required' || error.code === 'auth.required');

export const pageRoutes: Route[] = [
  defineRoute({
    method: 'GET',
    path: '/',
    access: 'anyone',
    tag: 'pages',
    summary: 'The tenant’s own page with its public events',
    query: z.strictObject(language),
    answers: [{ status: 200, description: 'page', contentType: 'text/html' }],
    async handler(call) {
      const events = await listHomeEvents(call.context);
      return revalidated(
        call.request,
        renderTenantHome({
          tenant: call.tenant,
          events,
          locale: localeOf(call.request),
          lang: askedLanguage(call.url) ?? undefined,
        }),
        HTML,
      );
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/e/{event}',
    access: 'reader',
    tag: 'pages',
    summary: 'The gallery; reads without JavaScript',
    params: eventParams,
    query: z.looseObject({
      ...language,
      album: z.string().optional(),
      cursor: cursorSchema.optional(),
      t: z.string().optional(),
    }),
    answers: [{ status: 200, description: 'page, or the PIN form', contentType: 'text/html' }],
    async handler(call, { params, query }) {
      const tableCode = readTableCode(query.t);
      const lang = askedLanguage(call.url) ?? undefined;
      const album = query.album && isId(query.album) ? query.album : undefined;
      try {
        const page = await listPublished(call.context, call.caller, {
          event: params.event,
          limit: GALLERY_PAGE,
          sort: '-arrived',
          isForGuests: true,
          album,
          ...(query.cursor ? { cursor: query.cursor } : {}),
        });
        const settings = readEventSettings(page.event.settings);
        const locale = localeOf(call.request, page.event);
        const closed = uploadsClosedReason(page.event, call.context.ports.clock.now());
        const html = renderGallery({
          tenant: inLookOf(page.event, call.tenant),
          event: toEvent(page.event),
          photos: page.items,
          nextPage: page.nextCursor
            ? galleryPath(page.event.slug, { album, cursor: page.nextCursor, lang, t: tableCode })
            : null,
          tableCode,
          lang,
          languages: settings.languages,
          downloads: settings.downloads === 'on',
          held: page.state.held ? { message: page.state.heldMessage } : null,
          shows: page.state.shows,
          albums: page.albums,
          album,
          older: query.cursor !== undefined,
          position: { epoch: page.epoch, seq: page.seq },
          locale,
          consent: askedOf(page.wording, page.event, locale),
          camera: settings.camera,
          viewer: call.caller.guests.some((guest) => guest.eventId === page.event.id) ? 'guest' : 'anyone',
          canUpload: closed === null,
          uploadClosedReason: closed === 'not_yet' ? 'not_yet' : closed ? 'closed' : undefined,
          formats: acceptedFormats(call.context),
        });
        return await revalidated(call.request, html, HTML);
      } catch (error) {
        if (needsPin(error) && !moderatorOf(call.caller)) return pinForm(call, params.event, tableCode);
        // An album that is not published any more: the link of a friend still leads to the party.
        if (album && error instanceof DomainError && error.code === 'album.not_found') {
          return new Response(null, {
            status: 303,
            headers: { location: galleryPath(params.event, { lang, t: tableCode }) },
          });
        }
        throw error;
      }
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/e/{event}/join',
    access: 'anyone',
    tag: 'pages',
    summary: 'Join by a plain form',
    params: eventParams,
    rawBody: 'application/x-www-form-urlencoded',
    answers: [{ status: 303, description: 'back to the gallery' }],
    async handler(call, { params }) {
      const bytes = await readBounded(call.request, FORM_MAX_BYTES);
      const fields = Object.fromEntries(new URLSearchParams(new TextDecoder().decode(bytes)));
      const form = joinFormSchema.safeParse(fields);
      if (!form.success) throw new DomainError('request.invalid', 'The name or the PIN is too long.');
      const tableCode = readTableCode(form.data.t);
      try {
        const session = await joinEvent(call.context, {
          event: params.event,
          ...(form.data.name ? { name: form.data.name } : {}),
          ...(form.data.pin ? { pin: form.data.pin } : {}),
          ...(tableCode ? { tableCode } : {}),
          held: call.caller.guests,
          device: await call.device(),
        });
        const headers = {
          location: galleryPath(session.event.slug, { lang: askedLanguage(call.url) ?? undefined, t: tableCode }),
          'set-cookie': guestCookie(session.event.id, session.token, call.secure, session.expiresInSeconds),
        };
        return new Response(null, { status: 303, headers });
      } catch (error) {
        if (
          error instanceof DomainError &&
          ['event.wrong_pin', 'event.pin_required', 'rate.limited'].includes(error.code)
        ) {
          return pinForm(call, params.event, tableCode, error);
        }
        throw error;
      }
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/e/{event}/wall',
    access: 'reader',
    tag: 'pages',
    summary: 'The live wall',
    params: eventParams,
    query: z.looseObject(language),
    answers: [{ status: 200, description: 'page, or the PIN form', contentType: 'text/html' }],
    async handler(call, { params }) {
      try {
        const page = await listPublished(call.context, call.caller, {
          event: params.event,
          limit: WALL_PAGE,
          sort: '-arrived',
        });
        const joinUrl = new URL(`/e/${page.event.slug}`, `${call.url.protocol}//${call.request.headers.get('host')}`)
          .href;
        const html = renderWall({
          tenant: inLookOf(page.event, call.tenant),
          event: toEvent(page.event),
          joinUrl,
          position: { epoch: page.epoch, seq: page.seq },
          photos: page.items,
          nextCursor: page.nextCursor,
          state: page.state,
          locale: localeOf(call.request, page.event),
        });
        return await revalidated(call.request, html, HTML);
      } catch (error) {
        if (needsPin(error) && !moderatorOf(call.caller)) return pinForm(call, params.event, undefined);
        throw error;
      }
    },
  }),
  ...['/screen', '/pair'].map((path) =>
    defineRoute({
      method: 'GET',
      path,
      access: 'anyone',
      tag: 'pages',
      summary: 'A screen: it shows a code to pair it by, then its event; everything by its own credential',
      query: z.looseObject(language),
      answers: [{ status: 200, description: 'page', contentType: 'text/html' }],
      handler: (call) =>
        revalidated(
          call.request,
          renderScreen({ tenant: call.tenant, locale: localeOf(call.request), version: VERSION }),
          HTML,
        ),
    }),
  ),
  defineRoute({
    method: 'GET',
    path: '/screen/preview',
    access: 'anyone',
    tag: 'pages',
    summary: 'An empty wall for the console to show in a frame, with settings that are not saved yet',
    query: z.looseObject(language),
    answers: [{ status: 200, description: 'page', contentType: 'text/html' }],
    handler: (call) =>
      htmlAnswer(renderPreview({ tenant: call.tenant, locale: localeOf(call.request) }), 200, FRAMED_BY_US),
  }),
  ...['/admin', '/admin/{rest}'].map((path) =>
    defineRoute({
      method: 'GET',
      path,
      access: 'anyone',
      tag: 'pages',
      summary: 'The console; it shows nothing before signing in',
      answers: [{ status: 200, description: 'page', contentType: 'text/html' }],
      handler: (call) => htmlAnswer(renderAdminShell({ tenant: call.tenant, locale: localeOf(call.request) })),
    }),
  ),
  defineRoute({
    method: 'GET',
    path: '/design',
    access: 'anyone',
    tag: 'platform',
    summary: 'Every component in every state; local mode only',
    query: z.looseObject(language),
    answers: [{ status: 200, description: 'page', contentType: 'text/html' }],
    handler(call) {
      if (call.config.LOCAL_MODE !== '1') throw new DomainError('route.not_found', 'There is nothing at this address.');
      return htmlAnswer(renderDesign({ tenant: call.tenant, locale: localeOf(call.request) }));
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/theme.css',
    access: 'anyone',
    tag: 'pages',
    summary: 'A look’s colours as CSS variables; without a query, the tenant’s own',
    query: themeQuerySchema,
    answers: [{ status: 200, description: 'style sheet', contentType: 'text/css' }],
    handler: (call, { query }) =>
      new Response(themeCss(query.accent ? toLook(query) : call.tenant.theme), {
        headers: {
          'content-type': 'text/css; charset=utf-8',
          // An address that says what the sheet is made of is never out of date.
          'cache-control': query.accent ? 'public, max-age=86400' : 'public, max-age=10',
        },
      }),
  }),
];
