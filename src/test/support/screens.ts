import { randomBytes, randomUUID } from 'node:crypto';
import { openSocket, type Client, type Socket } from './http.ts';

/** A television as the platform knows it: its installation, and its credential once it has been paired. */
export interface Television {
  installation: string;
  id: string;
  credential: string;
  headers: Record<string, string>;
}

let venues = 0;

/** Each from a network of its own: what one venue may ask for is less than what a run of tests does. */
export function showCode(client: Client, installation: string) {
  venues += 1;
  const headers = { 'cf-connecting-ip': `10.${randomBytes(2).join('.')}.${venues % 256}` };
  return client('/api/v1/screens/pairings', { method: 'POST', headers, body: { installation } });
}

export const askCode = (client: Client, code: string, secret: string) =>
  client(`/api/v1/screens/pairings/${code}`, { headers: { authorization: `Bearer ${secret}` } });

export const headersOf = (credential: string, installation: string): Record<string, string> => ({
  authorization: `Bearer ${credential}`,
  'x-screen-installation': installation,
});

/** A television that has been paired for an event, from its first start on. */
export async function pair(
  client: Client,
  staff: Record<string, string>,
  event: string,
  over: Record<string, unknown> = {},
  installation: string = randomUUID(),
): Promise<Television> {
  const shown = await showCode(client, installation);
  if (shown.status !== 201) throw new Error(`showing a code: ${shown.status} ${shown.text}`);
  const claimed = await client('/api/v1/screens', {
    method: 'POST',
    headers: staff,
    body: { code: shown.json.code, name: 'Foyer', event, layout: {}, ...over },
  });
  if (claimed.status !== 201) throw new Error(`pairing with ${event}: ${claimed.status} ${claimed.text}`);
  const told = await askCode(client, shown.json.code, shown.json.secret);
  if (told.json.status !== 'paired') throw new Error(`asking for the credential: ${told.status} ${told.text}`);
  const { credential, screenId: id } = told.json;
  return { installation, id, credential, headers: headersOf(credential, installation) };
}

/** The socket of a television at the room of its event. */
export async function plugIn(client: Client, port: number, television: Television, event: string): Promise<Socket> {
  const answer = await client('/api/v1/screens/me/live-ticket', { method: 'POST', headers: television.headers });
  if (answer.status !== 200) throw new Error(`ticket of a screen: ${answer.status} ${answer.text}`);
  return openSocket(port, client.host, `/api/v1/events/${event}/live?ticket=${answer.json.ticket}`);
}
