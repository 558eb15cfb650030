import type { ErrorCode } from '../contract/errors.ts';

/** A refusal with a code from the closed list and a sentence that says what to do. */
export class DomainError extends Error {
  readonly code: ErrorCode;
  /** Seconds after which trying again makes sense (`Retry-After`). */
  readonly retryAfterSeconds: number | undefined;
  readonly fields: { path: string; message: string }[] | undefined;

  constructor(
    code: ErrorCode,
    detail: string,
    options: { retryAfterSeconds?: number; fields?: { path: string; message: string }[]; cause?: unknown } = {},
  ) {
    super(detail, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'DomainError';
    this.code = code;
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.fields = options.fields;
  }
}
