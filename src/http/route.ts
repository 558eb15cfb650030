import type * as z from 'zod';
import type { Role } from '../contract/auth.ts';
import type { Config } from '../contract/config.ts';
import type { GuestActor, Moderator, ScreenActor, StaffActor, TenantContext } from '../domain/context.ts';
import type { Caller } from '../domain/events.ts';
import type { Device } from '../domain/people/guests.ts';
import type { Tenant } from '../domain/tenants.ts';

/**
 * Who may call a route. `reader` reads one event and is judged by the event itself; `guest` holds a
 * session of an event; `moderator` is a member, or a helper who holds a grant for the event; `insider` is
 * any member of staff, or such a helper. Whether the event is the helper's is judged where it is read.
 * `screen` is a screen of the tenant, whose credential opens nothing else; `pairing` one that waits to be paired.
 */
export type Access = 'anyone' | 'reader' | 'guest' | 'insider' | 'moderator' | 'screen' | 'pairing' | Role;

/** Everything a handler is given about its request, already judged. */
export interface Call {
  request: Request;
  url: URL;
  /** whether the guest came with a cookie over https or with plain http (local) */
  secure: boolean;
  tenant: Tenant;
  context: TenantContext;
  config: Config;
  caller: Caller;
  /** hashes that tell one device, and one address, from another, for limits only */
  device(): Promise<Device>;
}
export interface StaffCall extends Call {
  staff: StaffActor;
}
/** Whoever may look at or decide on an event's photos. */
export interface ModeratorCall extends Call {
  actor: Moderator;
}
export interface ScreenCall extends Call {
  screen: ScreenActor;
}
export interface PairingCall extends Call {
  /** hash of the secret that was given with the code */
  pairing: string;
}
export interface GuestCall extends Call {
  guests: GuestActor[];
}

type CallFor<A extends Access> = A extends 'anyone' | 'reader'
  ? Call
  : A extends 'guest'
    ? GuestCall
    : A extends 'insider' | 'moderator'
      ? ModeratorCall
      : A extends 'screen'
        ? ScreenCall
        : A extends 'pairing'
          ? PairingCall
          : StaffCall;
type Input<P, Q, B> = { params: P; query: Q; body: B };

export interface AnswerSpec {
  status: number;
  description: string;
  schema?: z.ZodType;
  contentType?: string;
}

export interface RouteSpec<A extends Access = Access, P = unknown, Q = unknown, B = unknown> {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS';
  /** OpenAPI form, `{name}` for parameters */
  path: string;
  access: A;
  summary: string;
  tag: 'events' | 'guests' | 'photos' | 'staff' | 'screens' | 'sites' | 'live' | 'pages' | 'platform';
  params?: z.ZodType<P>;
  query?: z.ZodType<Q>;
  /** a JSON body; a route that reads its body itself says so with `rawBody` */
  body?: z.ZodType<B>;
  rawBody?: string;
  /** where a JSON body may be larger than usual */
  bodyMaxBytes?: number;
  answers: AnswerSpec[];
  /** the write is authenticated by a cookie of its own (refresh), so that it always needs an Origin */
  cookieWrite?: boolean;
  handler: (call: CallFor<A>, input: Input<P, Q, B>) => Promise<Response> | Response;
}

/** A route as the table keeps it, its types forgotten. */
export type Route = Omit<RouteSpec, 'handler'> & {
  handler: (call: never, input: Input<never, never, never>) => Promise<Response> | Response;
};

/**
 * Declares a route. There is no other way to add one, and `access` has no default: a route that does
 * not say who may call it does not compile.
 */
export const defineRoute = <A extends Access, P = undefined, Q = undefined, B = undefined>(
  spec: RouteSpec<A, P, Q, B>,
): Route => spec as unknown as Route;
