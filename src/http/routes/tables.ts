import { tableListSchema, tablesRequestSchema } from '../../contract/tables.ts';
import { getTables, replaceTables } from '../../domain/organiser/tables.ts';
import { json } from '../answers.ts';
import { defineRoute, type Route } from '../route.ts';
import { eventParams } from './guests.ts';

/** Five hundred labels of eighty characters, each of four bytes, with their codes. */
const TABLES_MAX_BYTES = 256 * 1024;

export const tableRoutes: Route[] = [
  defineRoute({
    method: 'GET',
    path: '/api/v1/events/{event}/tables',
    access: 'viewer',
    tag: 'events',
    summary: 'Tables or groups of an event, each with a QR code of its own',
    params: eventParams,
    answers: [{ status: 200, description: 'in their order, with who came by each', schema: tableListSchema }],
    handler: async (call, { params }) => json(await getTables(call.context, call.staff, params.event)),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/v1/events/{event}/tables',
    access: 'member',
    tag: 'events',
    summary: 'Replace the list of tables; a table keeps its code when it is called something else',
    params: eventParams,
    body: tablesRequestSchema,
    bodyMaxBytes: TABLES_MAX_BYTES,
    answers: [{ status: 200, description: 'the list as it is now', schema: tableListSchema }],
    handler: async (call, { params, body }) =>
      json(await replaceTables(call.context, call.staff, { event: params.event, tables: body.tables })),
  }),
];
