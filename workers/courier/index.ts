import { WorkerEntrypoint } from 'cloudflare:workers';
import { sweep, type SweepReport } from '../../src/domain/sweeps.ts';
import { openServices } from '../../src/platform/services.ts';
import { parkBatch } from './dead-letters.ts';
import { deliverBatch } from './mail.ts';

/** Reached by the main Worker's schedule. */
export class Courier extends WorkerEntrypoint<CourierEnv> {
  /** One round of everything that may have been missed. */
  async sweep(): Promise<SweepReport> {
    const report = await sweep(openServices(this.env));
    const did = report.republished + report.requeued + report.abandoned + report.erased + report.errors.length;
    if (did > 0) console.log(JSON.stringify({ at: 'sweep', ...report }));
    return report;
  }
}

export default {
  // No public address.
  fetch: () => new Response('Not found\n', { status: 404 }),
  async queue(batch, env) {
    const services = openServices(env);
    if (batch.queue.startsWith('momentique-dead-letters')) await parkBatch(services, batch);
    else await deliverBatch(services, batch);
  },
} satisfies ExportedHandler<CourierEnv>;
