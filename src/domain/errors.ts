import type { ErrorCode, Problem } from '../contract/errors.ts';

/** Members that the problem of some codes has besides those of every problem (RFC 9457, 3.2). */
type ProblemMembers = Omit<Problem, 'type' | 'title' | 'status' | 'code' | 'detail' | 'errors'>;

/** A refusal with a code from the closed list and a sentence that says what to do. */
export class DomainError extends Error {
  readonly code: ErrorCode;
  /** Seconds after which trying again makes sense (`Retry-After`). */
  readonly retryAfterSeconds: number | undefined;
  readonly fields: { path: string; message: string }[] | undefined;
  readonly members: ProblemMembers;

  constructor(
    code: ErrorCode,
    detail: string,
    options: {
      retryAfterSeconds?: number;
      fields?: { path: string; message: string }[];
      members?: ProblemMembers;
      cause?: unknown;
    } = {},
  ) {
    super(detail, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'DomainError';
    this.code = code;
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.fields = options.fields;
    this.members = options.members ?? {};
  }
}
