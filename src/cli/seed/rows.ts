import bcrypt from 'bcryptjs';
import type { Client } from 'pg';
import { inTransaction } from '../db/connection.ts';
import { DEVICES, EVENTS, MEMBERSHIPS, SEED_PASSWORD, SITE_ASSIGNMENTS, SITES, TENANTS, USERS } from './seed-data.ts';

const BCRYPT_COST = 10;

/**
 * Inserts the seeded tenants, people and events; what is there already is left as it is.
 * @param client connected as momentique_owner, who becomes the operator for this transaction
 */
export async function seedRows(client: Client): Promise<void> {
  const hash = await bcrypt.hash(SEED_PASSWORD, BCRYPT_COST);
  await inTransaction(client, 'momentique_operator', async () => {
    for (const tenant of TENANTS) {
      await client.query(
        `insert into tenants (id, slug, name, type, status, plan, settings) values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
        [
          tenant.id,
          tenant.slug,
          tenant.name,
          tenant.type,
          tenant.status,
          tenant.plan,
          { theme: { accent: tenant.accent, logo: null } },
        ],
      );
    }
    for (const user of USERS) {
      await client.query(`insert into users (id, email, name, type) values ($1, $2, $3, $4) on conflict do nothing`, [
        user.id,
        user.email,
        user.name,
        user.type,
      ]);
      await client.query(
        `insert into user_credentials (user_id, password_hash) select id, $2 from users where id = $1 on conflict do nothing`,
        [user.id, hash],
      );
    }
    for (const { tenant, user, role } of MEMBERSHIPS) {
      await client.query(
        `insert into memberships (tenant_id, user_id, role)
         select t.id, u.id, $3 from tenants t, users u where t.id = $1 and u.id = $2 on conflict do nothing`,
        [tenant, user, role],
      );
    }
    for (const event of EVENTS) {
      await client.query(
        `insert into events (tenant_id, id, slug, name, starts_at, ends_at, time_zone, status, visibility, pin, moderation, uploads)
         select id, $2, $3, $4, $5, $6, $7, 'live', $8, $9, 'before', $10 from tenants where id = $1 on conflict do nothing`,
        [
          event.tenant,
          event.id,
          event.slug,
          event.name,
          event.startsAt,
          event.endsAt,
          event.timeZone,
          event.visibility,
          event.pin,
          event.uploads,
        ],
      );
    }
    await seedSites(client);
  });
}

/** Sites with who looks after them and what stands there. */
async function seedSites(client: Client): Promise<void> {
  for (const site of SITES) {
    await client.query(
      `insert into sites (tenant_id, id, name, address, latitude, longitude, time_zone)
       select id, $2, $3, $4, $5, $6, $7 from tenants where id = $1 on conflict do nothing`,
      [site.tenant, site.id, site.name, site.address, site.latitude, site.longitude, site.timeZone],
    );
  }
  for (const { tenant, site, user, by } of SITE_ASSIGNMENTS) {
    await client.query(
      `insert into user_site_assignments (tenant_id, site_id, user_id, assigned_by)
       select tenant_id, id, $3, $4 from sites where tenant_id = $1 and id = $2 on conflict do nothing`,
      [tenant, site, user, by],
    );
  }
  for (const device of DEVICES) {
    const isScreen = device.lastSeenMinutesAgo !== undefined;
    await client.query(
      `insert into devices (tenant_id, id, site_id, kind, name, serial_number, status, event_id, layout, paused, last_seen_at,
         copied_at, paired_at, number)
       select tenant_id, $2, id, $4, $5, $6, $7, $8, $9, $10, now() - make_interval(mins => $11::integer),
         now() - make_interval(mins => $12::integer), case when $13::boolean then now() - interval '200 days' end,
         case when $13::boolean then (select coalesce(max(number), 0) + 1 from devices where tenant_id = $1) end
       from sites where tenant_id = $1 and id = $3 on conflict do nothing`,
      [
        device.tenant,
        device.id,
        device.site,
        device.kind,
        device.name,
        device.serialNumber,
        device.status,
        device.event ?? null,
        device.layout ?? {},
        device.paused ?? false,
        device.lastSeenMinutesAgo ?? null,
        device.copiedMinutesAgo ?? null,
        isScreen,
      ],
    );
  }
}
