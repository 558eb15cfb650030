import { randomUUID } from 'node:crypto';
import { eventually, openSocket, type Answer, type Client, type Socket } from './http.ts';
import { busy } from './images.ts';
import { encodeJpeg } from './image-encoders.ts';

/** What a person does at the platform, over HTTP only. */
export interface Guest {
  id: string;
  token: string;
  headers: { authorization: string };
}

export async function join(
  client: Client,
  event: string,
  body: { name?: string; pin?: string; tableCode?: string } = {},
): Promise<Guest> {
  const answer = await client(`/api/v1/events/${event}/session`, { method: 'POST', body });
  if (answer.status !== 201) throw new Error(`joining ${event}: ${answer.status} ${answer.text}`);
  return {
    id: answer.json.guest.id,
    token: answer.json.token,
    headers: { authorization: `Bearer ${answer.json.token}` },
  };
}

export async function signIn(client: Client, email: string, password = 'password123') {
  const answer = await client('/api/v1/auth/login', { method: 'POST', body: { email, password } });
  if (answer.status !== 200) throw new Error(`signing in as ${email}: ${answer.status} ${answer.text}`);
  return {
    token: answer.json.accessToken as string,
    headers: { authorization: `Bearer ${answer.json.accessToken}` },
    answer,
  };
}

let serial = 0;
/** A photo that no other call has made. */
export async function freshPhoto(width = 640, height = 480): Promise<Uint8Array> {
  serial++;
  return encodeJpeg(busy(width, height, (Date.now() % 1_000_000) * 1000 + serial));
}

export const send = (
  client: Client,
  event: string,
  guest: Guest,
  bytes: Uint8Array,
  headers: Record<string, string> = {},
): Promise<Answer> =>
  client(`/api/v1/events/${event}/photos`, {
    method: 'POST',
    headers: { ...guest.headers, 'content-type': 'image/jpeg', 'idempotency-key': randomUUID(), ...headers },
    body: bytes,
  });

/** Waits until a guest's own list shows a photo in one of the statuses. */
export const untilStatus = (client: Client, event: string, guest: Guest, id: string, ...statuses: string[]) =>
  eventually(
    async () => {
      const mine = await client(`/api/v1/events/${event}/mine?limit=200`, { headers: guest.headers });
      const photo = mine.json?.items?.find((one: { id: string }) => one.id === id);
      return photo && statuses.includes(photo.status) ? photo : null;
    },
    `photo ${id} becoming ${statuses.join(' or ')}`,
  );

export async function ticketFor(client: Client, event: string, headers: Record<string, string> = {}): Promise<string> {
  const answer = await client(`/api/v1/events/${event}/live-ticket`, { method: 'POST', headers });
  if (answer.status !== 200) throw new Error(`ticket for ${event}: ${answer.status} ${answer.text}`);
  return answer.json.ticket;
}

/** A socket of the event's room with a ticket of its own. */
export async function listen(
  client: Client,
  port: number,
  event: string,
  headers: Record<string, string> = {},
  since?: string,
): Promise<Socket> {
  const ticket = await ticketFor(client, event, headers);
  const resume = since ? `&since=${since}` : '';
  return openSocket(port, client.host, `/api/v1/events/${event}/live?ticket=${ticket}${resume}`);
}
