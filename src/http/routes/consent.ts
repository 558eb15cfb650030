import { consentAnswerSchema, consentWriteSchema } from '../../contract/consent.ts';
import { getConsent, writeConsent } from '../../domain/admission/consent.ts';
import { json } from '../answers.ts';
import { defineRoute, type Route } from '../route.ts';

/** Five texts of four thousand characters, each of four bytes. */
const BODY_MAX_BYTES = 128 * 1024;

export const consentRoutes: Route[] = [
  defineRoute({
    method: 'GET',
    path: '/api/v1/tenant/consent',
    access: 'viewer',
    tag: 'staff',
    summary: 'What guests agree to before they send photos, and every version before',
    answers: [{ status: 200, description: 'the versions', schema: consentAnswerSchema }],
    handler: async (call) => json(await getConsent(call.context, call.staff)),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/v1/tenant/consent',
    access: 'admin',
    tag: 'staff',
    summary: 'Write the next version of the text, in some languages; in none, guests are asked for nothing',
    body: consentWriteSchema,
    bodyMaxBytes: BODY_MAX_BYTES,
    answers: [{ status: 201, description: 'the versions', schema: consentAnswerSchema }],
    handler: async (call, { body }) => json(await writeConsent(call.context, call.staff, body), 201),
  }),
];
