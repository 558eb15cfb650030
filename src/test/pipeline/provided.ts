/** What the set-up, in Node, tells the tests, in the Workers runtime. */
export interface PipelineDatabase {
  appUrl: string;
  ownerUrl: string;
  /** host and port of the Neon-compatible endpoint */
  endpoint: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    pipeline: PipelineDatabase;
  }
}
