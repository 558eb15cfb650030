import * as z from 'zod';
import { RENDITION_WIDTHS } from '../../contract/photos.ts';
import { photoNotFound } from '../../domain/photos.ts';
import { readRenditionKey, renditionObjectKey } from '../../domain/intake/rendition-keys.ts';
import { defineRoute, type Route } from '../route.ts';

const params = z.strictObject({ key: z.string().max(100), file: z.string().max(20) });

export const renditionRoutes: Route[] = [
  defineRoute({
    method: 'GET',
    path: '/i/{key}/{file}',
    access: 'anyone',
    tag: 'photos',
    summary: 'A rendition; whoever has its unguessable address may read it, and no database is asked',
    params,
    answers: [{ status: 200, description: 'WebP', contentType: 'image/webp' }],
    async handler(call, input) {
      const width = /^(\d{1,5})\.webp$/.exec(input.params.file)?.[1];
      if (!width || !(RENDITION_WIDTHS as readonly number[]).includes(Number(width))) throw photoNotFound();
      const address = await readRenditionKey(call.config.RENDITION_KEY_SECRET, call.tenant.id, input.params.key);
      if (!address) throw photoNotFound();
      const object = await call.context.ports.originals.get(
        call.tenant.residency,
        renditionObjectKey(address, Number(width)),
      );
      if (!object) throw photoNotFound();
      const headers = {
        'content-type': 'image/webp',
        'content-length': String(object.bytes),
        'cache-control': 'public, max-age=31536000, immutable',
        etag: object.etag,
      };
      if (call.request.headers.get('if-none-match') === object.etag) {
        await object.body.cancel();
        return new Response(null, {
          status: 304,
          headers: { etag: object.etag, 'cache-control': headers['cache-control'] },
        });
      }
      return new Response(object.body, { headers });
    },
  }),
];
