import { DatabaseRefusal, DatabaseUnavailable } from '../db/errors.ts';
import { DomainError } from './errors.ts';

/** What a caller may know of any error: a DomainError as it is, everything else without its message. */
export function toDomainError(error: unknown): DomainError {
  if (error instanceof DomainError) return error;
  if (error instanceof DatabaseUnavailable) {
    return new DomainError('unavailable', 'The service is busy for a moment. Nothing is lost; try again shortly.', {
      retryAfterSeconds: 2,
      cause: error,
    });
  }
  // Class 22: a value the database cannot read, so a caller's.
  if (error instanceof DatabaseRefusal && error.sqlState.startsWith('22')) {
    return new DomainError('request.invalid', 'A value in this request cannot be read. Check it and try again.', {
      cause: error,
    });
  }
  return new DomainError('internal', 'Something went wrong on our side. It has been noted; try again.', {
    cause: error,
  });
}

/** An error for the log, without what a caller sent: names, codes, and the stack of those that are ours. */
export function describeError(error: unknown): Record<string, string> {
  if (error instanceof DatabaseRefusal || error instanceof DatabaseUnavailable) {
    const { cause } = error;
    return {
      error: error.name,
      message: error.message,
      cause: cause instanceof Error ? cause.message : String(cause ?? ''),
    };
  }
  if (error instanceof Error) return { error: error.name, message: error.message, stack: error.stack ?? '' };
  return { error: 'unknown' };
}
