import { thumbnailJobSchema } from '../../src/contract/jobs.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { processPhoto } from './process-photo.ts';
import type { ProcessPhotoDeps } from './process-photo.ts';

export interface BatchDeps extends ProcessPhotoDeps {
  /** Puts a message that can never be processed where a person sees it. It is acknowledged afterwards. */
  park(message: Message<unknown>, reason: string): Promise<void>;
  /** One line for each message that is tried again or parked; never the message's body. */
  log(line: { event: string; messageId: string; attempts: number; reason: string }): void;
}

const RETRY_FIRST_SECONDS = 5;
const RETRY_MAX_SECONDS = 300;

const alone = oneAtATime();

/** 5, 10, 20 … 300 seconds. @param attempts how often the message was delivered, from 1 */
export const retryDelaySeconds = (attempts: number): number =>
  Math.min(RETRY_MAX_SECONDS, RETRY_FIRST_SECONDS * 2 ** Math.max(0, attempts - 1));

/**
 * Works through a batch, one photo at a time, whatever other batches this isolate has: a second decoded photo does
 * not fit into its memory. Every message is acknowledged or retried by itself, so that a neighbour's failure repeats nothing.
 */
export async function handleBatch(batch: Pick<MessageBatch<unknown>, 'messages'>, deps: BatchDeps): Promise<void> {
  for (const message of batch.messages) {
    try {
      await handleMessage(message, deps);
    } catch (error) {
      const reason = error instanceof Error ? error.name : typeof error;
      deps.log({ event: 'thumbnail.retried', messageId: message.id, attempts: message.attempts, reason });
      message.retry({ delaySeconds: retryDelaySeconds(message.attempts) });
    }
  }
}

async function handleMessage(message: Message<unknown>, deps: BatchDeps): Promise<void> {
  const job = thumbnailJobSchema.safeParse(message.body);
  if (job.success) {
    await alone(() => processPhoto(deps, job.data));
  } else {
    const reason = `not a thumbnail job: ${job.error.issues.map((issue) => `${issue.path.join('.')} ${issue.code}`).join(', ')}`;
    await deps.park(message, reason);
    deps.log({ event: 'thumbnail.parked', messageId: message.id, attempts: message.attempts, reason });
  }
  message.ack();
  await deps.onStep?.('acked');
}
