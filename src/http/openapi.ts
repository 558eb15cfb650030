import * as z from 'zod';
import { problemSchema } from '../contract/errors.ts';
import type { DocumentedRoute } from '../pages/index.ts';
import type { Access, Route } from './route.ts';

/** What `x-access` says of a route, in words. */
const WHO: Record<Access, string> = {
  anyone: 'Anyone.',
  reader: 'Whoever may read the event: anyone at a public one, admitted guests, staff of the tenant.',
  guest: 'A guest with a session of this event.',
  insider: 'Any member of staff of the tenant, and helpers of this event.',
  moderator: 'Members of the tenant and above, and helpers of this event.',
  screen: 'A screen of the tenant, with the credential it was paired with and its installation.',
  pairing: 'The screen that shows the code, with the secret it was given.',
  owner: 'Owners of the tenant.',
  admin: 'Admins of the tenant and above.',
  member: 'Members of the tenant and above.',
  viewer: 'Any member of staff of the tenant.',
};

type Json = Record<string, unknown>;

/** Turns a schema into JSON Schema whose named parts live under `components`. */
function toSchema(schema: z.ZodType, components: Json, io: 'input' | 'output'): Json {
  const {
    $defs,
    $schema: _dialect,
    ...root
  } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Json & { $defs?: Json };
  for (const [name, part] of Object.entries($defs ?? {})) components[name] ??= rewrite(part);
  const named = root['id'];
  if (typeof named === 'string') {
    components[named] ??= rewrite(root);
    return { $ref: `#/components/schemas/${named}` };
  }
  return rewrite(root) as Json;
}

function rewrite(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(rewrite);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      key === '$ref' && typeof inner === 'string' ? inner.replace('#/$defs/', '#/components/schemas/') : rewrite(inner),
    ]),
  );
}

function parametersOf(route: Route, components: Json): Json[] {
  const list: Json[] = [];
  for (const [place, schema] of [
    ['path', route.params],
    ['query', route.query],
  ] as const) {
    if (!(schema instanceof z.ZodObject)) continue;
    for (const [name, field] of Object.entries(schema.shape as Record<string, z.ZodType>)) {
      list.push({
        name,
        in: place,
        required: place === 'path',
        schema: toSchema(field, components, 'input'),
      });
    }
  }
  return list;
}

const securityOf = (access: Access): Json[] | undefined => {
  if (access === 'anyone') return undefined;
  if (access === 'reader') return [{}, { guest: [] }, { staff: [] }];
  if (access === 'screen' || access === 'pairing') return [{ screen: [] }];
  return access === 'guest' ? [{ guest: [] }] : [{ staff: [] }];
};

/** The OpenAPI 3.1 document, made from the schemas the routes are validated with. */
export function describeApi(routes: Route[], version: string): Json {
  const components: Json = {};
  const problem = toSchema(problemSchema, components, 'output');
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    const responses: Json = {
      default: { description: 'refused', content: { 'application/problem+json': { schema: problem } } },
    };
    for (const answer of route.answers) {
      const type = answer.contentType ?? 'application/json';
      responses[answer.status] = {
        description: answer.description,
        ...(answer.schema
          ? { content: { [type]: { schema: toSchema(answer.schema, components, 'output') } } }
          : answer.contentType
            ? { content: { [type]: {} } }
            : {}),
      };
    }
    const security = securityOf(route.access);
    const body = route.body
      ? { 'application/json': { schema: toSchema(route.body, components, 'input') } }
      : route.rawBody
        ? { [route.rawBody]: { schema: { type: 'string', format: 'binary' } } }
        : null;
    (paths[route.path] ??= {})[route.method.toLowerCase()] = {
      summary: route.summary,
      description: WHO[route.access],
      tags: [route.tag],
      'x-access': route.access,
      parameters: parametersOf(route, components),
      ...(security ? { security } : {}),
      ...(body ? { requestBody: { required: true, content: body } } : {}),
      responses,
    };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Momentique', version, description: 'Event photos, on a tenant’s own host.' },
    paths,
    components: {
      schemas: components,
      securitySchemes: {
        staff: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'accessToken of login, or of a helper’s link',
        },
        guest: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'token of an event’s session, or its cookie',
        },
        screen: {
          type: 'http',
          scheme: 'bearer',
          description:
            'credential of a paired screen, which is bound to its `X-Screen-Installation`; secret of a pairing',
        },
      },
    },
  };
}

const namesOf = (schema: z.ZodType | undefined): string[] =>
  schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];

/** The routes in words, for the page that people read. */
export const describeRoutes = (routes: Route[]): DocumentedRoute[] =>
  routes.map((route) => ({
    method: route.method,
    path: route.path,
    summary: route.summary,
    who: WHO[route.access],
    tag: route.tag,
    takes: [
      ...namesOf(route.query).map((name) => `?${name}`),
      ...namesOf(route.body),
      ...(route.rawBody ? [`a body of ${route.rawBody}`] : []),
    ],
  }));
