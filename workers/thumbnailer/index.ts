import { park } from '../../src/domain/dead-letters.ts';
import { contextFor as contextOf } from '../../src/domain/tenants.ts';
import { publishEvent } from '../../src/domain/outbox.ts';
import { completeBackfilling, failBackfill, loadForBackfill } from '../../src/domain/intake/backfill.ts';
import { completeProcessing, failProcessing, loadForProcessing } from '../../src/domain/intake/processing.ts';
import type { PortBindings } from '../../src/platform/ports.ts';
import { openServices } from '../../src/platform/services.ts';
import { handleBatch, type BatchDeps } from './batch.ts';
import { MODULES } from './codecs/modules.ts';
import { openWorkbench } from './decoders/index.ts';
import type { Step } from './process-photo.ts';

const bench = openWorkbench(MODULES);

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
    bench,
    async load(job) {
      const context = await contextFor(job.tenantId);
      const work = await (job.task === 'backfill' ? loadForBackfill(context, job) : loadForProcessing(context, job));
      return work ? { kind: 'work', residency: context.tenant.residency, ...work } : { kind: 'done' };
    },
    async complete(job, result) {
      const context = await contextFor(job.tenantId);
      await (job.task === 'backfill'
        ? completeBackfilling(context, job, result)
        : completeProcessing(context, job, result));
    },
    async fail(job, failure) {
      const context = await contextFor(job.tenantId);
      await (job.task === 'backfill'
        ? failBackfill(context, job, failure.code)
        : failProcessing(context, job, failure));
    },
    report: ({ tenantId, photoId, task }, line) =>
      console.log(JSON.stringify({ at: 'thumbnailer', tenantId, photoId, ...(task ? { task } : {}), ...line })),
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
