import * as z from 'zod';
import { guestSessionRequestSchema, guestSessionSchema } from '../../contract/guests.ts';
import { eventRefSchema, idSchema } from '../../contract/ids.ts';
import { transferNameSchema, transferQuestionSchema } from '../../contract/me.ts';
import { TICKET_TTL_SECONDS, liveTicketSchema, sinceSchema } from '../../contract/live.ts';
import { joinEvent } from '../../domain/guests/joining.ts';
import { followTransfer, nameTransfer } from '../../domain/guests/transfers.ts';
import { connectLive, issueTicket } from '../../domain/live.ts';
import { json } from '../answers.ts';
import { guestCookie } from '../cookies.ts';
import { readIdempotencyKey } from '../idempotency-key.ts';
import { defineRoute, type Route } from '../route.ts';

export const eventParams = z.strictObject({ event: eventRefSchema });
export const eventPhotoParams = z.strictObject({ event: eventRefSchema, photo: idSchema });

export const guestRoutes: Route[] = [
  defineRoute({
    method: 'POST',
    path: '/api/v1/events/{event}/session',
    access: 'anyone',
    tag: 'guests',
    summary: 'Join an event as a guest, or become one by a link; a device that has joined keeps its identity',
    params: eventParams,
    body: guestSessionRequestSchema,
    answers: [{ status: 201, description: 'joined; the session is also set as a cookie', schema: guestSessionSchema }],
    async handler(call, { params, body }) {
      const at = { event: params.event, held: call.caller.guests, device: await call.device() };
      const { transfer, ...joining } = body;
      const { expiresInSeconds, ...session } =
        transfer === undefined
          ? await joinEvent(call.context, { ...at, ...joining })
          : await followTransfer(call.context, { ...at, transfer, requestKey: readIdempotencyKey(call.request) });
      const cookie = guestCookie(session.event.id, session.token, call.secure, expiresInSeconds);
      return json(session, 201, { 'set-cookie': cookie });
    },
  }),
  defineRoute({
    method: 'POST',
    path: '/api/v1/events/{event}/session/transfer',
    access: 'anyone',
    tag: 'guests',
    summary: 'Whose a link from another device is, before it is used; it stays good',
    params: eventParams,
    body: transferQuestionSchema,
    answers: [{ status: 200, description: 'the name, and nothing else', schema: transferNameSchema }],
    handler: async (call, { params, body }) =>
      json(
        await nameTransfer(call.context, { ...params, ...body, held: call.caller.guests, device: await call.device() }),
      ),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/v1/events/{event}/live-ticket',
    access: 'reader',
    tag: 'live',
    summary: `A ticket that opens one socket within ${TICKET_TTL_SECONDS} seconds`,
    params: eventParams,
    answers: [{ status: 200, description: 'the ticket', schema: liveTicketSchema }],
    async handler(call, { params }) {
      const ticket = await issueTicket(call.context, call.caller, params.event);
      return json({ ticket, expiresIn: TICKET_TTL_SECONDS });
    },
  }),
  defineRoute({
    method: 'GET',
    path: '/api/v1/events/{event}/live',
    access: 'reader',
    tag: 'live',
    summary: 'The event’s room as a WebSocket',
    params: eventParams,
    query: z.strictObject({ ticket: z.string().max(2048).optional(), since: sinceSchema.optional() }),
    answers: [{ status: 101, description: 'the socket; its frames are described beside the room' }],
    handler: (call, { params, query }) =>
      connectLive(call.context, call.caller, {
        event: params.event,
        ...query,
        isUpgrade: call.request.headers.get('upgrade')?.toLowerCase() === 'websocket',
      }),
  }),
];
