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
