/**
 * The words of this page, which a script of its own has put there before this one (`vite.config.ts`):
 * one language, one surface. Empty where that script did not arrive: keys are then shown, and nothing breaks.
 */
export function readWords<T>(): T {
  return ((globalThis as { momentiqueWords?: unknown }).momentiqueWords || {}) as T;
}
