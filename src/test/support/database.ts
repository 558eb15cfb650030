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
