import { randomUUID } from 'node:crypto';
import pg from 'pg';

/** What a test arranges behind the platform's back, as the operator, and looks at afterwards. */
export async function asOperator<T>(ownerUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query('begin');
    await client.query('set local role momentique_operator');
    const result = await work(client);
    await client.query('commit');
    return result;
  } finally {
    await client.end();
  }
}

/** An event of its own for a test, live and public unless said otherwise. */
export async function makeEvent(ownerUrl: string, tenant: string, over: Record<string, unknown> = {}) {
  const id = randomUUID();
  const row: Record<string, unknown> = {
    slug: `test-${id.slice(0, 8)}`,
    name: 'A test',
    status: 'live',
    visibility: 'public',
    time_zone: 'Europe/Berlin',
    ...over,
  };
  const names = Object.keys(row);
  await asOperator(ownerUrl, (client) =>
    client.query(
      `insert into events (tenant_id, id, ${names.join(', ')})
       values ((select id from tenants where slug = $1), $2, ${names.map((_name, index) => `$${index + 3}`).join(', ')})`,
      [tenant, id, ...names.map((name) => row[name])],
    ),
  );
  return { id, slug: String(row['slug']) };
}

/** A tenant of its own for a test, active. */
export const makeTenant = (ownerUrl: string, slug: string): Promise<unknown> =>
  asOperator(ownerUrl, (client) =>
    client.query(`insert into tenants (slug, name, status) values ($1, $1, 'active') on conflict do nothing`, [slug]),
  );

/** Somebody with a role at a tenant and the password of the seed. @returns the address they sign in with */
export async function makeMember(ownerUrl: string, tenant: string, role: string): Promise<string> {
  const id = randomUUID();
  const email = `${id.slice(0, 8)}@example.com`;
  await asOperator(ownerUrl, async (client) => {
    await client.query(`insert into users (id, email, name, type) values ($1, $2, 'Nora New', 'regular')`, [id, email]);
    await client.query(
      `insert into user_credentials (user_id, password_hash)
       select $1, c.password_hash from user_credentials c join users u on u.id = c.user_id where u.email = 'admin@acme.com'`,
      [id],
    );
    await client.query(
      `insert into memberships (tenant_id, user_id, role) select id, $2, $3 from tenants where slug = $1`,
      [tenant, id, role],
    );
  });
  return email;
}

/**
 * Photos of a guest as if the pipeline had worked on them, the oldest first.
 * @returns their ids
 */
export async function makePhotos(
  ownerUrl: string,
  eventId: string,
  guestId: string,
  photos: { status: string; caption?: string }[],
): Promise<string[]> {
  const rows = photos.map((photo, place) => ({ id: randomUUID(), caption: null, place, ...photo }));
  await asOperator(ownerUrl, (client) =>
    client.query(
      `insert into photos (tenant_id, id, event_id, guest_id, status, sha256, bytes, type, stored_width, stored_height,
         width, height, caption, created_at)
       select e.tenant_id, p.id, e.id, $2, p.status, encode(sha256(p.id::text::bytea), 'hex'), 1000, 'image/jpeg', 640, 480,
         640, 480, p.caption, now() - interval '1 hour' + make_interval(secs => p.place)
       from events e, jsonb_to_recordset($3::jsonb) as p (id uuid, status text, caption text, place integer) where e.id = $1`,
      [eventId, guestId, JSON.stringify(rows)],
    ),
  );
  return rows.map((row) => row.id);
}

/**
 * Photos that wait, without the pipeline: they show the pictures of photos that are there already, and came a
 * second apart. @returns their ids, in the order in which they came
 */
export const makeWaitingPhotos = (
  ownerUrl: string,
  tenant: string,
  eventId: string,
  count: number,
  guests: readonly string[] = ['Ada'],
): Promise<string[]> =>
  asOperator(ownerUrl, async (client) => {
    const { rows: senders } = await client.query<{ id: string }>(
      `insert into guests (tenant_id, event_id, name)
       select (select id from tenants where slug = $1), $2, name from unnest($3::text[]) with ordinality as t(name, n)
       order by n returning id`,
      [tenant, eventId, guests],
    );
    const { rows } = await client.query<{ id: string }>(
      `with patterns as (
         select p.*, row_number() over (order by p.id) - 1 as n, count(*) over () as total from photos p
         where p.tenant_id = (select id from tenants where slug = $1) and p.rendition_key is not null
           and p.event_id = (select id from events where slug = 'launch-party' and tenant_id = p.tenant_id)
           and (select count(*) from photo_renditions r where r.tenant_id = p.tenant_id and r.photo_id = p.id) >= 2
       ), made as (
         insert into photos (tenant_id, id, event_id, guest_id, status, sha256, bytes, type, stored_width, stored_height,
           width, height, thumbhash, rendition_key, created_at)
         select tenant_id, gen_random_uuid(), $2::uuid, ($3::uuid[])[(g % cardinality($3::uuid[])) + 1], 'pending',
           encode(sha256(convert_to($2::uuid::text || g::text, 'UTF8')), 'hex'), bytes, type, stored_width, stored_height,
           width, height, thumbhash, rendition_key, now() - make_interval(secs => $4::integer - g)
         from generate_series(0, $4::integer - 1) g join patterns on patterns.n = g % patterns.total
         returning tenant_id, id, rendition_key, created_at
       ), drawn as (
         insert into photo_renditions (tenant_id, photo_id, name, width, height, bytes)
         select made.tenant_id, made.id, r.name, r.width, r.height, r.bytes from made
         join lateral (select * from patterns where patterns.rendition_key = made.rendition_key limit 1) pattern on true
         join photo_renditions r on r.tenant_id = pattern.tenant_id and r.photo_id = pattern.id
       )
       select id from made order by created_at`,
      [tenant, eventId, senders.map(({ id }) => id), count],
    );
    return rows.map(({ id }) => id);
  });
