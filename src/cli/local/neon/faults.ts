import * as z from 'zod';

/** `POST /control`, for tests: cut the line now, or right after the next COMMIT (that `matching` was part of). */
export const controlSchema = z.strictObject({
  cut: z.number().int().nonnegative().max(600_000).optional(),
  cutAfterCommit: z
    .union([
      z.boolean(),
      z.strictObject({ matching: z.string().min(1).optional(), thenMs: z.number().int().nonnegative().default(0) }),
    ])
    .optional(),
});

export interface Faults {
  isCut(): boolean;
  cutFor(ms: number): void;
  arm(order: z.infer<typeof controlSchema>['cutAfterCommit']): void;
  /** Whether this transaction's COMMIT is the one to cut after; does not disarm. */
  wants(statements: readonly string[]): boolean;
  /** Says that the cut has happened, and starts the time without a line. */
  fired(): void;
}

export function createFaults(now: () => number = Date.now): Faults {
  let cutUntil = 0;
  let armed: { matching?: string | undefined; thenMs: number } | null = null;
  return {
    isCut: () => now() < cutUntil,
    cutFor: (ms) => (cutUntil = now() + ms),
    arm(order) {
      armed = order === true ? { thenMs: 0 } : order ? order : null;
    },
    wants(statements) {
      const { matching } = armed ?? {};
      return armed !== null && (matching === undefined || statements.some((text) => text.includes(matching)));
    },
    fired() {
      if (armed && armed.thenMs > 0) cutUntil = now() + armed.thenMs;
      armed = null;
    },
  };
}
