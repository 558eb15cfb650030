import { randomUUID } from 'node:crypto';
import bcrypt from 'bcryptjs';
import type { Role } from '../../contract/auth.ts';
import { asOperator } from './database.ts';
import type { Answer, Client } from './http.ts';

export const PASSWORD = 'a password of tests';
const hash = bcrypt.hashSync(PASSWORD, 4);

/** A tenant of its own with a member for each role asked for; their passwords are `PASSWORD`. */
export async function makeTeam(ownerUrl: string, roles: readonly Role[]) {
  const slug = `team-${randomUUID().slice(0, 8)}`;
  const members = roles.map((role, place) => ({
    id: randomUUID(),
    role,
    name: `${role} ${place}`,
    email: `${role}-${place}@${slug}.example`,
  }));
  await asOperator(ownerUrl, async (client) => {
    const { rows } = await client.query<{ id: string }>(
      `insert into tenants (slug, name, status) values ($1, $1, 'active') returning id`,
      [slug],
    );
    for (const { id, role, name, email } of members) {
      await client.query('insert into users (id, email, name) values ($1, $2, $3)', [id, email, name]);
      await client.query('insert into user_credentials (user_id, password_hash) values ($1, $2)', [id, hash]);
      await client.query('insert into memberships (tenant_id, user_id, role) values ($1, $2, $3)', [
        rows[0]?.id,
        id,
        role,
      ]);
    }
  });
  return { slug, members };
}

/** What a browser would send back of the cookies it was given. */
export const cookiesOf = (answer: Answer): string =>
  [answer.headers['set-cookie'] ?? []]
    .flat()
    .filter((cookie) => !cookie.includes('Max-Age=0'))
    .map((cookie) => cookie.split(';')[0])
    .join('; ');

export interface Helper {
  id: string;
  url: string;
  token: string;
}

/** An organiser's invitation to help at an event. */
export async function invite(
  client: Client,
  event: string,
  staff: Record<string, string>,
  label = 'Ada at the bar',
): Promise<Helper> {
  const answer = await client(`/api/v1/events/${event}/helpers`, { method: 'POST', headers: staff, body: { label } });
  if (answer.status !== 201) throw new Error(`inviting to ${event}: ${answer.status} ${answer.text}`);
  return { id: answer.json.helper.id, url: answer.json.url, token: new URL(answer.json.url).hash.slice(1) };
}

export const redeem = (client: Client, token: string, headers: Record<string, string> = {}): Promise<Answer> =>
  client('/api/v1/auth/helper', { method: 'POST', headers: { origin: client.origin, ...headers }, body: { token } });

/** A helper of an event, on a device of their own. */
export async function helperOf(client: Client, event: string, staff: Record<string, string>) {
  const invited = await invite(client, event, staff);
  const answer = await redeem(client, invited.token);
  if (answer.status !== 200) throw new Error(`helping at ${event}: ${answer.status} ${answer.text}`);
  return {
    ...invited,
    headers: { authorization: `Bearer ${answer.json.accessToken}` },
    cookie: cookiesOf(answer),
    answer,
  };
}
