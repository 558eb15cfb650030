import { WorkerEntrypoint } from 'cloudflare:workers';
import type { Hono } from 'hono';
import type { CourierRpc } from './contract/jobs.ts';
import { reactionBatchSchema, type ReactionBatch, type RoomServiceRpc } from './contract/live.ts';
import { keepReactions } from './domain/screens/reactions.ts';
import { createApp } from './http/app.ts';
import { openServices } from './platform/services.ts';

const apps = new WeakMap<object, ReturnType<typeof createApp>>();

function appOf(env: MainEnv): Hono<never> {
  const known = apps.get(env) ?? createApp(openServices(env));
  apps.set(env, known);
  return known as unknown as Hono<never>;
}

/** What rooms ask of Postgres: they have a binding to it, and nobody else has. */
export class RoomService extends WorkerEntrypoint<MainEnv> implements RoomServiceRpc {
  keepReactions(batch: ReactionBatch): ReturnType<RoomServiceRpc['keepReactions']> {
    return keepReactions(openServices(this.env).db, reactionBatchSchema.parse(batch));
  }
}

export default {
  fetch: (request, env, context) => appOf(env).fetch(request, env as never, context),
  // The schedule is this Worker's, here and deployed, because local schedules reach the primary one only.
  scheduled: (_controller, env, context) => context.waitUntil((env.COURIER as unknown as CourierRpc).sweep()),
} satisfies ExportedHandler<MainEnv>;
