/**
 * What stops a command: one sentence for the person at the terminal, no stack.
 * `exitCode` is 1 unless a caller says otherwise.
 */
export class CommandFailure extends Error {
  readonly exitCode: number;

  constructor(sentence: string, options: { exitCode?: number; cause?: unknown } = {}) {
    super(sentence, { cause: options.cause });
    this.name = 'CommandFailure';
    this.exitCode = options.exitCode ?? 1;
  }
}

/** The sentence of whatever was thrown; never a stack. */
export function sentenceOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return sentenceOf(error.errors[0]);
  const text = error instanceof Error ? error.message || error.name : String(error);
  return text.trim();
}
