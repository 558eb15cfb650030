import { ResumableUpload } from '../resumable-upload.ts';

// oxlint-disable-next-line import/no-default-export -- the entry of a Worker
export { default } from '../index.ts';

/** What a test wants of every object: its bindings, what happens after a step, and how far its clock is ahead. */
export interface Hooks {
  env: object;
  onStep: (name: string, ctx: DurableObjectState) => void | Promise<void>;
  aheadMs: number;
}

/** Shared by the tests and the objects, which live in one isolate. */
export const hooks: Hooks = ((globalThis as { uploadHooks?: Hooks }).uploadHooks ??= {
  env: {},
  onStep: () => undefined,
  aheadMs: 0,
});

export class TestedUpload extends ResumableUpload {
  constructor(ctx: DurableObjectState, env: UploadsEnv) {
    super(ctx, { ...env, ...hooks.env });
  }

  protected override step(name: string): void | Promise<void> {
    return hooks.onStep(name, this.ctx);
  }

  protected override now(): number {
    return super.now() + hooks.aheadMs;
  }
}
