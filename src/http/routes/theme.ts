import * as z from 'zod';
import { themeAnswerSchema, themePatchSchema } from '../../contract/tenants.ts';
import { LOGO_MAX_BYTES } from '../../contract/theme/logo.ts';
import { DomainError } from '../../domain/errors.ts';
import { logoTooLarge } from '../../domain/organiser/logo-rules.ts';
import { changeTheme, getTheme, openLogo, setLogo } from '../../domain/organiser/themes.ts';
import { json } from '../answers.ts';
import { readBounded } from '../input.ts';
import { defineRoute, type Call, type Route } from '../route.ts';

/** The body up to the limit, refused in the logo's own words beyond it. */
async function readLogo(call: Call): Promise<Uint8Array<ArrayBuffer>> {
  if (Number(call.request.headers.get('content-length') ?? 0) > LOGO_MAX_BYTES) throw logoTooLarge();
  try {
    return (await readBounded(call.request, LOGO_MAX_BYTES)) as Uint8Array<ArrayBuffer>;
  } catch (error) {
    throw error instanceof DomainError && error.code === 'request.too_large' ? logoTooLarge() : error;
  }
}

const answers = [{ status: 200, description: 'the look as it is now', schema: themeAnswerSchema }];

export const themeRoutes: Route[] = [
  defineRoute({
    method: 'GET',
    path: '/api/v1/tenant/theme',
    access: 'viewer',
    tag: 'staff',
    summary: 'The look of this account',
    answers,
    handler: async (call) => json({ theme: await getTheme(call.context, call.staff) }),
  }),
  defineRoute({
    method: 'PATCH',
    path: '/api/v1/tenant/theme',
    access: 'admin',
    tag: 'staff',
    summary: 'Change the look; guests see it within seconds',
    body: themePatchSchema,
    answers,
    handler: async (call, { body }) => json({ theme: await changeTheme(call.context, call.staff, body) }),
  }),
  defineRoute({
    method: 'POST',
    path: '/api/v1/tenant/logo',
    access: 'admin',
    tag: 'staff',
    summary: 'Send a logo, as the raw body; it takes the place of the one before',
    rawBody: 'image/*',
    answers,
    handler: async (call) => json({ theme: await setLogo(call.context, call.staff, await readLogo(call)) }),
  }),
  defineRoute({
    method: 'DELETE',
    path: '/api/v1/tenant/logo',
    access: 'admin',
    tag: 'staff',
    summary: 'Take the logo away',
    answers,
    handler: async (call) => json({ theme: await changeTheme(call.context, call.staff, { logo: null }) }),
  }),
  defineRoute({
    method: 'GET',
    path: '/brand/{file}',
    access: 'anyone',
    tag: 'pages',
    summary: 'A logo of this account; its name is the digest of its content',
    params: z.strictObject({ file: z.string().max(100) }),
    answers: [{ status: 200, description: 'PNG, JPEG or WebP', contentType: 'image/*' }],
    async handler(call, { params }) {
      const logo = await openLogo(call.context, `/brand/${params.file}`);
      if (!logo) throw new DomainError('route.not_found', 'There is no such logo here.');
      const { object, type } = logo;
      const headers = { 'cache-control': 'public, max-age=31536000, immutable', etag: object.etag };
      if (call.request.headers.get('if-none-match') === object.etag) {
        await object.body.cancel();
        return new Response(null, { status: 304, headers });
      }
      return new Response(object.body, {
        headers: { ...headers, 'content-type': type, 'content-length': String(object.bytes) },
      });
    },
  }),
];
