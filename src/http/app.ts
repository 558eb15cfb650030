import { Hono } from 'hono';
import type { Services } from '../domain/context.ts';
import { DomainError } from '../domain/errors.ts';
import { moderatorOf, NOBODY, type Caller } from '../domain/events.ts';
import { describeError, toDomainError } from '../domain/failures.ts';
import { readHost } from '../domain/host-directory.ts';
import { readRest } from '../domain/intake/rest-of-body.ts';
import { readDevice } from './device.ts';
import { openTenantDirectory, type Tenant } from '../domain/tenants.ts';
import { hasSessionCookie } from './cookies.ts';
import { problemResponse } from './errors.ts';
import { readInput } from './input.ts';
import { chosenLanguageCookie } from './language.ts';
import { logRequest, withoutKey } from './log.ts';
import { checkAccess, checkOrigin, identify } from './middleware/caller.ts';
import { withSecurityHeaders } from './middleware/security-headers.ts';
import type { Call, Route } from './route.ts';
import { withTusVersion } from './tus.ts';
import { bareHostPage, notFoundPage, problemPage, statusPage } from './routes/fallback-pages.ts';
import { healthResponse } from './routes/health.ts';
import { routes } from './routes/index.ts';

interface Environment {
  Variables: { tenant: Tenant; secure: boolean; defer: (work: Promise<unknown>) => void };
}

const isMachine = (path: string): boolean =>
  path.startsWith('/api/') || path.startsWith('/i/') || path.startsWith('/brand/');
/** `{event}` of OpenAPI is `:event` of the router; `{rest}` takes what is left of a path. */
const toPattern = (path: string): string => path.replace('{rest}', ':rest{.+}').replaceAll(/\{(\w+)\}/g, ':$1');

/** Outside of one's own machine nothing is answered, and no cookie set, over plain http. */
const toHttps = (address: string): Response => {
  const url = new URL(address);
  url.protocol = 'https:';
  return new Response(null, { status: 308, headers: { location: url.href } });
};

/** Runs one route: caller, origin, access and input are judged before its handler sees anything. */
async function run(
  services: Services,
  route: Route,
  request: Request,
  params: Record<string, string>,
  on: Environment['Variables'],
) {
  const { config } = services;
  const { tenant, secure, defer } = on;
  // That cookie decides alone: an access token that has ended must not keep anybody from signing out.
  const identified =
    route.cookieWrite && hasSessionCookie(request, secure)
      ? ({ caller: NOBODY, by: 'nothing' } as const)
      : await identify(request, route.access, tenant.id, config, secure, services.ports.clock.now());
  checkOrigin(request, identified.by, route.cookieWrite ?? false);
  checkAccess(route.access, identified.caller);
  const url = new URL(request.url);
  const input = await readInput(route, request, url, params);
  const { caller } = identified;
  const call: Call &
    Pick<Caller, 'staff' | 'guests' | 'screen' | 'pairing'> & { actor: ReturnType<typeof moderatorOf> } = {
    request,
    url,
    secure,
    tenant,
    context: { ...services, tenant, defer },
    config,
    caller,
    staff: caller.staff,
    actor: moderatorOf(caller),
    guests: caller.guests,
    screen: caller.screen,
    pairing: caller.pairing,
    device: () => readDevice(request.headers),
  };
  return route.handler(call as never, input as never);
}

/** The staircase every request walks: host to tenant, tenant to caller, caller to route. */
export function createApp(services: Services): Hono<Environment> {
  const { config } = services;
  const directory = openTenantDirectory(services);
  const app = new Hono<Environment>();

  app.use(async (c, next) => {
    const started = Date.now();
    const url = new URL(c.req.url);
    c.set('secure', url.protocol === 'https:');
    c.set('defer', (work) => {
      c.executionCtx.waitUntil(
        work.catch((error: unknown) => console.error(JSON.stringify({ at: 'deferred', ...describeError(error) }))),
      );
    });
    await next();
    if (c.res.status >= 400) await readRest(c.req.raw.body);
    logRequest(c.req.raw, url, c.res, Date.now() - started);
    if (c.res.status === 101) return;
    const answer = withTusVersion(c.res, c.req.path);
    c.res = withSecurityHeaders(answer, c.get('secure'), c.req.header('host') ?? url.host);
    const chosen = isMachine(c.req.path) ? null : chosenLanguageCookie(c.req.raw, url, c.get('secure'));
    if (chosen) c.res.headers.append('set-cookie', chosen);
  });

  app.get('/healthz', () => healthResponse(services.ports.clock.now()));

  app.use(async (c, next) => {
    const address = readHost(c.req.header('host') ?? new URL(c.req.url).host, config.PLATFORM_HOST);
    if (address && !c.get('secure') && config.LOCAL_MODE !== '1') return toHttps(c.req.url);
    if (address?.isBare && config.LOCAL_MODE === '1' && c.req.path === '/') return bareHostPage(config);
    const tenant = address && !address.isBare ? await directory.find(address.host, address.slug, c.get('defer')) : null;
    if (!tenant) {
      if (isMachine(c.req.path)) throw new DomainError('tenant.not_found', 'There is nothing here. Check the address.');
      return notFoundPage();
    }
    // The status page wears the tenant's colours, and its logo.
    if (tenant.status !== 'active' && c.req.path !== '/theme.css' && !c.req.path.startsWith('/brand/')) {
      if (isMachine(c.req.path))
        throw new DomainError('tenant.inactive', 'This account is not active. Its photos are safe.');
      return statusPage(tenant, c.req.raw);
    }
    c.set('tenant', tenant);
    return next();
  });

  for (const route of routes) {
    app.on(route.method, toPattern(route.path), (c) => run(services, route, c.req.raw, c.req.param(), c.var));
  }
  for (const path of new Set(routes.map((route) => route.path))) {
    app.all(toPattern(path), () => {
      const methods = routes.filter((route) => route.path === path).map((route) => route.method);
      throw new DomainError('route.method_not_allowed', `This address answers ${methods.join(', ')} only.`);
    });
  }

  app.notFound(() => {
    throw new DomainError('route.not_found', 'There is nothing at this address.');
  });
  app.onError((error, c) => {
    const refusal = toDomainError(error);
    if (refusal.code === 'internal' || refusal.code === 'unavailable') {
      console.error(JSON.stringify({ at: withoutKey(c.req.path), ...describeError(refusal.cause ?? error) }));
    }
    return isMachine(c.req.path) ? problemResponse(refusal) : problemPage(refusal, c.req.raw, c.get('tenant'));
  });
  return app;
}
