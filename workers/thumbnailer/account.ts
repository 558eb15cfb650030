/** What a photo goes through, in this order; a format without a step spends nothing on it. */
export const STAGES = ['decode', 'colour', 'turn', 'reduce', 'features', 'encode', 'redact'] as const;
export type Stage = (typeof STAGES)[number];

export interface AccountReport {
  /** most bytes of WebAssembly memory and JavaScript buffers that were alive at one moment */
  peakBytes: number;
  /** what made up the peak, by name */
  peak: Record<string, number>;
  /** milliseconds a stage; while one photo is at work at a time, this is processor time and the waits for its bytes */
  ms: Partial<Record<Stage, number>>;
}

/**
 * Books what one photo takes. The runtime tells nobody how much memory is in use, so every decoder and encoder says
 * itself what it holds; only buffers that grow with the photo are worth a line.
 */
export interface Account {
  /** @param bytes alive under `name` from now on, instead of what was said of it before; 0 when it is gone */
  hold(name: string, bytes: number): void;
  /** Adds the time that `work` takes to a stage. */
  stage<Result>(name: Stage, work: () => Result | Promise<Result>): Promise<Result>;
  report(): AccountReport;
}

/** @param tick lets time pass: in production the clock stands still while code runs, until something is waited for */
export function openAccount(tick: () => Promise<unknown>, now: () => number = () => performance.now()): Account {
  const alive = new Map<string, number>();
  const ms: Partial<Record<Stage, number>> = {};
  let peakBytes = 0;
  let peak: Record<string, number> = {};
  return {
    hold(name, bytes) {
      if (bytes === 0) alive.delete(name);
      else alive.set(name, bytes);
      const sum = [...alive.values()].reduce((total, one) => total + one, 0);
      if (sum <= peakBytes) return;
      peakBytes = sum;
      peak = Object.fromEntries(alive);
    },
    async stage(name, work) {
      const from = now();
      try {
        return await work();
      } finally {
        await tick();
        ms[name] = (ms[name] ?? 0) + now() - from;
      }
    },
    report: () => ({ peakBytes, peak, ms: { ...ms } }),
  };
}
