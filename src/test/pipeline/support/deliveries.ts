import { createExecutionContext, createMessageBatch, getQueueResult } from 'cloudflare:test';
import { handleBatch } from '../../../../workers/thumbnailer/batch.ts';
import { connect } from '../../../../workers/thumbnailer/index.ts';
import type { Step } from '../../../../workers/thumbnailer/process-photo.ts';
import { parkBatch } from '../../../../workers/courier/dead-letters.ts';
import type { ThumbnailJob } from '../../../contract/jobs.ts';
import type { PortBindings } from '../../../platform/ports.ts';
import { openServices } from '../../../platform/services.ts';

/** As in workers/thumbnailer/wrangler.toml. */
const BATCH_SIZE = 5;
const MAX_RETRIES = 5;

export interface Message {
  id: string;
  timestamp: Date;
  attempts: number;
  body: unknown;
}

export const messageOf = (body: unknown): Message => ({
  id: crypto.randomUUID(),
  timestamp: new Date(),
  attempts: 1,
  body,
});

/** One batch through the real consumer. @returns the messages that were not acknowledged, to be delivered again */
export async function deliver(
  env: PortBindings,
  messages: Message[],
  onStep?: (step: Step) => void,
): Promise<Message[]> {
  const ctx = createExecutionContext();
  const batch = createMessageBatch('momentique-thumbnails', messages);
  await handleBatch(batch, { ...connect(env, ctx, onStep), log: () => undefined });
  const { explicitAcks } = await getQueueResult(batch, ctx);
  return messages
    .filter((message) => !explicitAcks.includes(message.id))
    .map((message) => ({ ...message, attempts: message.attempts + 1 }));
}

/**
 * Delivers until the queue is empty, as the platform does: what is not acknowledged comes again, and what was
 * retried for the last time goes to the courier's dead letters.
 * @param jobs emptied
 */
export async function drain(env: PortBindings, jobs: ThumbnailJob[], onStep?: (step: Step) => void): Promise<void> {
  let waiting: Message[] = [];
  for (;;) {
    waiting.push(...jobs.splice(0).map(messageOf));
    if (waiting.length === 0) return;
    const batch = waiting.splice(0, BATCH_SIZE);
    const again = await deliver(env, batch, onStep);
    waiting = [...waiting, ...again.filter(({ attempts }) => attempts <= MAX_RETRIES + 1)];
    const dead = again.filter(({ attempts }) => attempts > MAX_RETRIES + 1);
    if (dead.length > 0) {
      const letters = createMessageBatch(
        'momentique-dead-letters',
        dead.map((message) => ({ ...message, attempts: 1 })),
      );
      await parkBatch(openServices(env), letters);
    }
  }
}
