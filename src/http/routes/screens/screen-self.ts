import { liveTicketSchema, TICKET_TTL_SECONDS } from '../../../contract/live.ts';
import { photoListSchema } from '../../../contract/photos.ts';
import {
  screenCommandsQuerySchema,
  screenCommandsSchema,
  screenMeSchema,
  screenPhotosQuerySchema,
  screenReportAnswerSchema,
  screenReportRequestSchema,
} from '../../../contract/screens.ts';
import { checkIn, issueScreenTicket, listOwnCommands } from '../../../domain/screens/screen-live.ts';
import { describeSelf, listOwnPhotos } from '../../../domain/screens/screen-self.ts';
import { json, listAnswer } from '../../answers.ts';
import { defineRoute, type Route } from '../../route.ts';

/** What a paired screen asks for itself; its credential opens nothing else. */
export const screenSelfRoutes: Route[] = [
  defineRoute({
    method: 'GET',
    path: '/api/v1/screens/me',
    access: 'screen',
    tag: 'screens',
    summary: 'Everything this screen needs to begin: its event, its layout, photos and the room’s position',
    answers: [{ status: 200, description: 'in one snapshot', schema: screenMeSchema }],
    handler: async (call) =>
      json(
        await describeSelf(call.context, call.screen, {
          origin: `${call.url.protocol}//${call.request.headers.get('host')}`,
          theme: call.tenant.theme,
        }),
      ),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/v1/screens/me/photos',
    access: 'screen',
    tag: 'screens',
    summary: 'Published photos of this screen’s event, with the room’s position',
    query: screenPhotosQuerySchema,
    answers: [{ status: 200, description: 'one page, newest first', schema: photoListSchema }],
    handler: async (call, { query }) => listAnswer(call.request, await listOwnPhotos(call.context, call.screen, query)),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/v1/screens/me/live-ticket',
    access: 'screen',
    tag: 'screens',
    summary: `A ticket that opens this screen’s socket within ${TICKET_TTL_SECONDS} seconds`,
    answers: [{ status: 200, description: 'the ticket', schema: liveTicketSchema }],
    handler: async (call) =>
      json({ ticket: await issueScreenTicket(call.context, call.screen), expiresIn: TICKET_TTL_SECONDS }),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/v1/screens/me/report',
    access: 'screen',
    tag: 'screens',
    summary: 'What a screen without a socket says of itself when it polls',
    body: screenReportRequestSchema,
    answers: [{ status: 200, description: 'what it has yet to take down', schema: screenReportAnswerSchema }],
    handler: async (call, { body }) =>
      json(await checkIn(call.context, call.screen, { ...body, report: body.report ?? null })),
  }),
  defineRoute({
    method: 'GET',
    path: '/api/v1/screens/me/commands',
    access: 'screen',
    tag: 'screens',
    summary: 'What a screen without a socket has been told since it last asked',
    query: screenCommandsQuerySchema,
    answers: [{ status: 200, description: 'oldest first', schema: screenCommandsSchema }],
    handler: async (call, { query }) => json(await listOwnCommands(call.context, call.screen, query.after)),
  }),
];
