import { park } from '../../src/domain/dead-letters.ts';
import { contextFor as contextOf } from '../../src/domain/tenants.ts';
import { publishEvent } from '../../src/domain/outbox.ts';
import { completeProcessing, failProcessing, loadForProcessing } from '../../src/domain/intake/processing.ts';
import type { PortBindings } from '../../src/platform/ports.ts';
import { openServices } from '../../src/platform/services.ts';
import { handleBatch, type BatchDeps } from './batch.ts';
import type { Step } from './process-photo.ts';

/** Everything a batch needs, made from this Worker's bindings. `onStep` is for tests. */
export function connect(
  env: PortBindings,
  ctx: Pick<ExecutionContext, 'waitUntil'>,
  onStep?: (step: Step) => void,
): BatchDeps {
  const services = openServices(env);
  const contextFor = (tenantId: string) => contextOf(services, tenantId, (work) => ctx.waitUntil(work));
  return {
    originals: services.ports.originals,
    clock: services.ports.clock,
    async load(job) {
      const context = await contextFor(job.tenantId);
      const work = await loadForProcessing(context, job);
      return work ? { kind: 'work', residency: context.tenant.residency, ...work } : { kind: 'done' };
    },
    complete: async (job, result) => completeProcessing(await contextFor(job.tenantId), job, result),
    fail: async (job, code, message) => failProcessing(await contextFor(job.tenantId), job, { code, message }),
    publish: async (job) => publishEvent(await contextFor(job.tenantId), job.eventId),
    park: (message, reason) =>
      park(services, {
        messageId: message.id,
        queue: 'momentique-thumbnails',
        tenantId: null,
        body: message.body,
        reason,
      }),
    log: (line) => console.log(JSON.stringify({ at: 'thumbnailer', ...line })),
    ...(onStep ? { onStep } : {}),
  };
}

export default {
  // No public address.
  fetch: () => new Response('Not found\n', { status: 404 }),
  queue: (batch, env, ctx) => handleBatch(batch, connect(env, ctx)),
} satisfies ExportedHandler<ThumbnailerEnv>;
