import type { BatchItem as DrizzleBatchItem } from 'drizzle-orm/batch';

/** A query that has been built and not yet run. */
export type BatchItem = DrizzleBatchItem<'pg'>;
/** The rows of each query of a batch, in its order. */
export type BatchAnswers<Q extends readonly BatchItem[]> = { -readonly [K in keyof Q]: Awaited<Q[K]> };
