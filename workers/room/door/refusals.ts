import { ROOM_HEADERS } from '../../../src/contract/live.ts';
import type { ErrorCode, Problem } from '../../../src/contract/errors.ts';

/** A refused connection, as problem details; the gateway passes it on as it is. */
export function refuse(status: number, code: ErrorCode, title: string, detail: string): Response {
  const problem: Problem = { type: 'about:blank', title, status, code, detail };
  return new Response(JSON.stringify(problem), {
    status,
    headers: { 'content-type': 'application/problem+json', 'cache-control': 'no-store' },
  });
}

export const full = (): Response =>
  refuse(503, 'unavailable', 'Room full', 'Too many people are watching; the page will try again.');

/** Not here: the gateway knocks at the relay, with the slip. Nobody else sees this answer. */
export const pointTo = ({ relay, slip }: { relay: number; slip: string }): Response =>
  new Response(null, { status: 421, headers: { [ROOM_HEADERS.relay]: String(relay), [ROOM_HEADERS.slip]: slip } });
