import { DatabaseRefusal, DatabaseUnavailable } from '../db/errors.ts';

/** One line a request; never a query string, which may hold a ticket. */
export function logRequest(request: Request, url: URL, response: Response, ms: number): void {
  const line = {
    at: 'request',
    method: request.method,
    host: request.headers.get('host') ?? url.host,
    path: url.pathname,
    status: response.status,
    ms,
  };
  console.log(JSON.stringify(line));
}

/** An error without what a caller sent: names, codes, and the stack for those that are ours. */
export function describeError(error: unknown): Record<string, string> {
  if (error instanceof DatabaseRefusal || error instanceof DatabaseUnavailable) {
    const cause = error.cause;
    return {
      error: error.name,
      message: error.message,
      cause: cause instanceof Error ? cause.message : String(cause ?? ''),
    };
  }
  if (error instanceof Error) return { error: error.name, message: error.message, stack: error.stack ?? '' };
  return { error: 'unknown' };
}
