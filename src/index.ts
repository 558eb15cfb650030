import type { Hono } from 'hono';
import { createApp } from './http/app.ts';
import { openServices } from './platform/services.ts';
import type { PortBindings } from './platform/ports.ts';

interface CourierBinding {
  sweep(): Promise<unknown>;
}
type Env = PortBindings & { COURIER: CourierBinding };

const apps = new WeakMap<object, ReturnType<typeof createApp>>();

function appOf(env: Env): Hono<never> {
  const known = apps.get(env) ?? createApp(openServices(env));
  apps.set(env, known);
  return known as unknown as Hono<never>;
}

export default {
  fetch: (request, env, context) => appOf(env).fetch(request, env as never, context),
  // The schedule is this Worker's, here and deployed, because local schedules reach the primary one only.
  scheduled: (_controller, env, context) => context.waitUntil(env.COURIER.sweep()),
} satisfies ExportedHandler<Env>;
