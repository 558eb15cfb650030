import type * as z from 'zod';
import { DomainError } from '../domain/errors.ts';
import { toWords } from './input-rules.ts';
import type { Route } from './route.ts';

const JSON_MAX_BYTES = 64 * 1024;

const fieldsOf = (error: z.ZodError, place: string) =>
  error.issues.slice(0, 20).map((issue) => ({
    path: [place, ...issue.path.map(String)].join('.'),
    message: issue.message.slice(0, 200),
  }));

function parse<T>(schema: z.ZodType<T>, value: unknown, place: string): T {
  const parsed = schema.safeParse(value, { error: toWords });
  if (parsed.success) return parsed.data;
  const fields = fieldsOf(parsed.error, place);
  const first = fields[0];
  throw new DomainError('request.invalid', `Check ${first ? `“${first.path}”: ${first.message}` : 'the request'}.`, {
    fields,
  });
}

async function readJson(request: Request, maxBytes: number): Promise<unknown> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json') {
    throw new DomainError(
      'request.unsupported_media_type',
      'Send the body as JSON, with Content-Type: application/json.',
    );
  }
  const bytes = await readBounded(request, maxBytes);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes));
  } catch {
    throw new DomainError('request.invalid', 'The body is not valid JSON. Check it for a missing quote or comma.', {
      fields: [{ path: 'body', message: 'must be valid JSON' }],
    });
  }
}

/** Reads a body up to a limit, whatever its Content-Length says. */
export async function readBounded(request: Request, maxBytes: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let total = 0;
  for await (const part of request.body?.values({ preventCancel: true }) ?? []) {
    total += part.length;
    if (total > maxBytes) throw new DomainError('request.too_large', `The body may have ${maxBytes} bytes at most.`);
    parts.push(part);
  }
  const bytes = new Uint8Array(total);
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}

function readQuery(url: URL): Record<string, string> {
  const query: Record<string, string> = {};
  for (const [name, value] of url.searchParams) {
    if (Object.hasOwn(query, name)) {
      throw new DomainError('request.invalid', `“${name}” stands twice in the address.`, {
        fields: [{ path: `query.${name}`, message: 'must stand once' }],
      });
    }
    query[name] = value;
  }
  return query;
}

/**
 * Validates what a route takes, strictly: unknown fields are refused. A path that names an event can
 * only be wrong by naming none, so that is the event's 404 and not a 400.
 */
export async function readInput(route: Route, request: Request, url: URL, params: Record<string, string>) {
  if (
    route.params &&
    'event' in params &&
    Object.keys(params).length === 1 &&
    !route.params.safeParse(params).success
  ) {
    throw new DomainError('event.not_found', 'There is no such event here. Check the link or the QR code.');
  }
  return {
    params: route.params ? parse(route.params, params, 'path') : undefined,
    query: route.query ? parse(route.query, readQuery(url), 'query') : undefined,
    body: route.body
      ? parse(route.body, await readJson(request, route.bodyMaxBytes ?? JSON_MAX_BYTES), 'body')
      : undefined,
  };
}
