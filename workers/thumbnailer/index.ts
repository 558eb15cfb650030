import { handleBatch } from './batch.ts';
import type { BatchDeps } from './batch.ts';

/** Queue consumer of `momentique-thumbnails`; `connect` makes the real ports from the Worker's bindings. */
export function createThumbnailer<Env>(connect: (env: Env, ctx: ExecutionContext) => BatchDeps) {
  return {
    queue: (batch: MessageBatch<unknown>, env: Env, ctx: ExecutionContext): Promise<void> =>
      handleBatch(batch, connect(env, ctx)),
  };
}
