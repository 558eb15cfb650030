import type { Client } from 'pg';
import type { LocalIndex } from '../../contract/local-index.ts';
import { inTransaction } from '../db/connection.ts';
import { SEED_PASSWORD, USERS } from '../seed/seed-data.ts';

/** Reads the index as the operator. Sign-ins are those of the seed, whose password is no secret. */
export async function readLocalIndex(client: Client, port: number, mailUrl: string): Promise<LocalIndex> {
  const site = (slug: string): string => `http://${slug}.localhost:${port}`;
  return inTransaction(client, 'momentique_operator', async () => {
    const tenants = await client.query<{ id: string; slug: string; name: string; status: string }>(
      'select id, slug, name, status from tenants order by created_at, id',
    );
    const events = await client.query<{ tenant_id: string; slug: string; name: string; pin: string | null }>(
      'select tenant_id, slug, name, pin from events where deleted_at is null order by created_at, id',
    );
    const members = await client.query<{ email: string; role: string; slug: string }>(
      `select u.email, m.role, t.slug from users u join memberships m on m.user_id = u.id join tenants t on t.id = m.tenant_id
        where u.id = any ($1) order by u.id, t.id`,
      [USERS.map((user) => user.id)],
    );
    return {
      tenants: tenants.rows.map((tenant) => ({
        slug: tenant.slug,
        name: tenant.name,
        status: tenant.status,
        url: `${site(tenant.slug)}/`,
        admin: `${site(tenant.slug)}/admin`,
        events: events.rows
          .filter((event) => event.tenant_id === tenant.id)
          .map((event) => {
            const url = `${site(tenant.slug)}/e/${event.slug}`;
            return { name: event.name, slug: event.slug, url, wall: `${url}/wall`, pin: event.pin };
          }),
      })),
      signIns: members.rows.map(({ email, role, slug }) => ({
        email,
        password: SEED_PASSWORD,
        role,
        where: `${site(slug)}/admin`,
      })),
      mail: mailUrl,
      port,
    };
  });
}
