import { ROOM_HEADERS } from '../contract/live.ts';
import type { Problem } from '../contract/errors.ts';

/** As much of a namespace of rooms as is needed to knock at one. */
interface Doors {
  idFromName(name: string): DurableObjectId;
  get(id: DurableObjectId): unknown;
}
type Door = { fetch(request: Request): Promise<Response> };

/**
 * Knocks at a room with the headers of `ROOM_HEADERS`, and at one of its relays when it says so. The socket then
 * does not pass through the room.
 */
export async function knockAt(
  { rooms, relays }: { rooms: Doors; relays: Doors | undefined },
  name: string,
  headers: Record<string, string>,
): Promise<Response> {
  const knock = (doors: Doors, at: string, extra: Record<string, string>): Promise<Response> =>
    (doors.get(doors.idFromName(at)) as Door).fetch(
      new Request('https://room/connect', { headers: { upgrade: 'websocket', ...headers, ...extra } }),
    );
  const answer = await knock(rooms, name, {});
  const relay = answer.headers.get(ROOM_HEADERS.relay);
  const slip = answer.headers.get(ROOM_HEADERS.slip);
  if (relay === null || slip === null) return answer;
  if (relays === undefined) return noRelays();
  return knock(relays, `${name}/${relay}`, { [ROOM_HEADERS.slip]: slip });
}

function noRelays(): Response {
  const detail = 'The live connection is not to be had now; the page will try again.';
  const problem: Problem = { type: 'about:blank', title: 'Room full', status: 503, code: 'unavailable', detail };
  return Response.json(problem, { status: 503, headers: { 'content-type': 'application/problem+json' } });
}
