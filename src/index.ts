import { WorkerEntrypoint } from 'cloudflare:workers';
import type { Hono } from 'hono';
import { incompleteConfig } from './contract/config.ts';
import { rehearsalJobSchema, type CourierRpc } from './contract/jobs.ts';
import {
  reactionBatchSchema,
  shownBatchSchema,
  type ReactionBatch,
  type RoomServiceRpc,
  type ShownBatch,
} from './contract/live.ts';
import type { Services } from './domain/context.ts';
import { advance } from './domain/rehearsal/steps.ts';
import { keepReactions } from './domain/screens/reactions.ts';
import { keepShown } from './domain/screens/shown-photos.ts';
import { contextFor } from './domain/tenants.ts';
import { createApp } from './http/app.ts';
import { samplesOf } from './platform/samples.ts';
import { openServices } from './platform/services.ts';

const apps = new WeakMap<object, ReturnType<typeof createApp>>();

/** Receipts are given here and nowhere else: no other Worker holds the key. */
function requireReceiptKey(services: Services): Services {
  if (services.config.RECEIPT_SIGNING_KEY) return services;
  throw incompleteConfig([['RECEIPT_SIGNING_KEY', 'is missing']]);
}

function appOf(env: MainEnv): Hono<never> {
  const known = apps.get(env) ?? createApp(requireReceiptKey(openServices(env)));
  apps.set(env, known);
  return known as unknown as Hono<never>;
}

/** What rooms ask of Postgres: they have a binding to it, and nobody else has. */
export class RoomService extends WorkerEntrypoint<MainEnv> implements RoomServiceRpc {
  keepReactions(batch: ReactionBatch): ReturnType<RoomServiceRpc['keepReactions']> {
    return keepReactions(openServices(this.env).db, reactionBatchSchema.parse(batch));
  }

  keepShown(batch: ShownBatch): ReturnType<RoomServiceRpc['keepShown']> {
    return keepShown(openServices(this.env).db, shownBatchSchema.parse(batch));
  }
}

export default {
  fetch: (request, env, context) => appOf(env).fetch(request, env as never, context),
  // The schedule is this Worker's, here and deployed, because local schedules reach the primary one only.
  // The steps of rehearsals. One that fails comes again, and after that the sweeper's.
  async queue(batch, env, context) {
    const services = openServices(env);
    for (const message of batch.messages) {
      const job = rehearsalJobSchema.parse(message.body);
      const tenant = await contextFor(services, job.tenantId, (work) => context.waitUntil(work));
      await advance(tenant, samplesOf(env.ASSETS), job);
    }
  },
  scheduled: (_controller, env, context) => context.waitUntil((env.COURIER as unknown as CourierRpc).sweep()),
} satisfies ExportedHandler<MainEnv>;
