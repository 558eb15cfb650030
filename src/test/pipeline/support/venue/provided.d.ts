import 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** with every case, which takes longer than `npm test` may */
    soak: boolean;
  }
}
