import type { ErrorCode, Problem } from '../../../src/contract/errors.ts';

/** A refused connection, as problem details; the gateway passes it on as it is. */
export function refuse(status: number, code: ErrorCode, title: string, detail: string): Response {
  const problem: Problem = { type: 'about:blank', title, status, code, detail };
  return new Response(JSON.stringify(problem), {
    status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
  });
}
