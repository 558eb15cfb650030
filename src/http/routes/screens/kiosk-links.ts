import * as z from 'zod';
import { idSchema } from '../../../contract/ids.ts';
import {
  KIOSK_LINK_HOURS,
  kioskLinkAnswerSchema,
  kioskLinkCreateSchema,
  kioskLinkListSchema,
  kioskRedeemAnswerSchema,
  kioskRedeemSchema,
} from '../../../contract/kiosk-links.ts';
import {
  listKioskLinks,
  makeKioskLink,
  redeemKioskLink,
  takeBackKioskLink,
} from '../../../domain/screens/kiosk-links.ts';
import { json } from '../../answers.ts';
import { defineRoute, type Route } from '../../route.ts';

/** Links that make the browser that opens them a screen. They stand before `/screens/{id}`. */
export const kioskLinkRoutes: Route[] = [
  defineRoute({
    method: 'POST',
    path: '/api/v1/screens/links/redeem',
    access: 'anyone',
    tag: 'screens',
    summary: 'The browser that opens a link becomes the screen that it describes, once',
    body: kioskRedeemSchema,
    answers: [{ status: 200, description: 'the credential', schema: kioskRedeemAnswerSchema }],
    async handler(call, { body }) {
      const { address } = await call.device();
      return json(await redeemKioskLink(call.context, { ...body, address }));
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/api/v1/screens/links',
    access: 'viewer',
    tag: 'screens',
    summary: 'Links that nobody has opened yet',
    answers: [{ status: 200, description: 'newest first', schema: kioskLinkListSchema }],
    handler: async (call) => json(await listKioskLinks(call.context, call.staff)),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/v1/screens/links',
    access: 'member',
    tag: 'screens',
    summary: `A link that pairs the browser that opens it; good once, for ${KIOSK_LINK_HOURS} hours`,
    body: kioskLinkCreateSchema,
    answers: [{ status: 201, description: 'the link, told this once', schema: kioskLinkAnswerSchema }],
    async handler(call, { body }) {
      const origin = `${call.url.protocol}//${call.request.headers.get('host')}`;
      return json(await makeKioskLink(call.context, call.staff, { ...body, origin }), 201);
    },
  }),
  defineRoute({
    method: 'DELETE',
    path: '/api/v1/screens/links/{link}',
    access: 'member',
    tag: 'screens',
    summary: 'Take a link back before it is opened',
    params: z.strictObject({ link: idSchema }),
    answers: [{ status: 204, description: 'gone' }],
    async handler(call, { params }) {
      await takeBackKioskLink(call.context, call.staff, params.link);
      return new Response(null, { status: 204 });
    },
  }),
];
