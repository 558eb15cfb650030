import type { Site, SiteCreate, SiteMember, SitePatch } from '../../contract/sites.ts';
import { findTeamMember } from '../../db/members.ts';
import { findMember } from '../../db/sessions.ts';
import { writeTenant, type TenantTx } from '../../db/scope.ts';
import {
  assignToSite,
  deleteSite,
  findSite,
  holdSite,
  insertSite,
  listSiteMembers,
  listSites,
  unassignFromSite,
  updateSite,
  type SiteRecord,
} from '../../db/screens/sites.ts';
import type { Role } from '../../contract/auth.ts';
import { readAsStaff, requireMember, type StaffActor, type TenantContext } from '../context.ts';
import { decodeCursor, toPage } from '../cursors.ts';
import { DomainError } from '../errors.ts';

const siteNotFound = () => new DomainError('site.not_found', 'There is no such site in this account.');

const toSite = ({ site, devices, members, mine }: SiteRecord): Site => ({
  id: site.id,
  name: site.name,
  address: site.address,
  latitude: site.latitude,
  longitude: site.longitude,
  timeZone: site.timeZone,
  devices,
  members,
  mine,
  createdAt: site.createdAt.toISOString(),
});

/** Throws unless the site is there, and keeps it there for this transaction; none given is none to look for. */
export async function requireSite(tx: TenantTx, tenantId: string, siteId: string | null | undefined): Promise<void> {
  if (siteId && !(await holdSite(tx, tenantId, siteId))[0]) throw siteNotFound();
}

export async function listSitesFor(
  context: TenantContext,
  actor: StaffActor,
  input: { limit: number; cursor?: string | undefined },
): Promise<{ items: Site[]; nextCursor: string | null }> {
  const after = decodeCursor(input.cursor);
  const [rows] = await readAsStaff(context, actor, 'viewer', (tx) => [
    listSites(tx, context.tenant.id, actor.userId, input.limit + 1, after),
  ]);
  const page = toPage(rows, input.limit, (row) => ({ at: row.position, id: row.site.id }));
  return { items: page.rows.map(toSite), nextCursor: page.nextCursor };
}

export async function getSite(context: TenantContext, actor: StaffActor, siteId: string): Promise<Site> {
  const [rows] = await readAsStaff(context, actor, 'viewer', (tx) => [
    findSite(tx, context.tenant.id, actor.userId, siteId),
  ]);
  if (!rows[0]) throw siteNotFound();
  return toSite(rows[0]);
}

const write = <T>(
  context: TenantContext,
  actor: StaffActor,
  needed: Role,
  work: (tx: TenantTx, tenantId: string) => Promise<T>,
): Promise<T> =>
  writeTenant(context.db, { tenantId: context.tenant.id, userId: actor.userId }, async (tx) => {
    requireMember(await findMember(tx, context.tenant.id, actor.userId), needed);
    return work(tx, context.tenant.id);
  });

async function readBack(tx: TenantTx, tenantId: string, actor: StaffActor, siteId: string): Promise<Site> {
  const [row] = await findSite(tx, tenantId, actor.userId, siteId);
  if (!row) throw siteNotFound();
  return toSite(row);
}

export const createSite = (context: TenantContext, actor: StaffActor, body: SiteCreate): Promise<Site> =>
  write(context, actor, 'member', async (tx, tenantId) => {
    const id = crypto.randomUUID();
    await insertSite(tx, {
      tenantId,
      id,
      name: body.name,
      address: body.address ?? null,
      latitude: body.latitude ?? null,
      longitude: body.longitude ?? null,
      timeZone: body.timeZone,
      createdBy: actor.userId,
    });
    return readBack(tx, tenantId, actor, id);
  });

export const changeSite = (
  context: TenantContext,
  actor: StaffActor,
  siteId: string,
  { name, address, latitude, longitude, timeZone }: SitePatch,
): Promise<Site> =>
  write(context, actor, 'member', async (tx, tenantId) => {
    await updateSite(tx, tenantId, siteId, {
      ...(name === undefined ? {} : { name }),
      ...(address === undefined ? {} : { address }),
      ...(latitude === undefined ? {} : { latitude }),
      ...(longitude === undefined ? {} : { longitude }),
      ...(timeZone === undefined ? {} : { timeZone }),
    });
    return readBack(tx, tenantId, actor, siteId);
  });

/** What stands there stays in the inventory, without a site. A repeat finds nothing: 404. */
export const removeSite = (context: TenantContext, actor: StaffActor, siteId: string): Promise<void> =>
  write(context, actor, 'admin', async (tx, tenantId) => {
    if (!(await deleteSite(tx, tenantId, siteId))[0]) throw siteNotFound();
  });

/* ---- who looks after it ---- */

export async function listMembersOfSite(
  context: TenantContext,
  actor: StaffActor,
  input: { site: string; limit: number; cursor?: string | undefined },
): Promise<{ items: SiteMember[]; nextCursor: string | null }> {
  const tenantId = context.tenant.id;
  const after = decodeCursor(input.cursor);
  const [sites, rows] = await readAsStaff(context, actor, 'viewer', (tx) => [
    findSite(tx, tenantId, actor.userId, input.site),
    listSiteMembers(tx, tenantId, input.site, input.limit + 1, after),
  ]);
  if (!sites[0]) throw siteNotFound();
  const page = toPage(rows, input.limit, (row) => ({ at: row.position, id: row.id }));
  return {
    items: page.rows.map((row) => ({
      id: row.id,
      name: row.name,
      email: row.email,
      assignedAt: row.assignedAt.toISOString(),
      assignedBy: row.assignedBy,
    })),
    nextCursor: page.nextCursor,
  };
}

/** @throws DomainError site.not_found, member.not_found */
export const assignMember = (
  context: TenantContext,
  actor: StaffActor,
  input: { site: string; user: string },
): Promise<void> =>
  write(context, actor, 'admin', async (tx, tenantId) => {
    await requireSite(tx, tenantId, input.site);
    if (!(await findTeamMember(tx, tenantId, input.user))[0]) {
      throw new DomainError('member.not_found', 'This person is not in the team.');
    }
    await assignToSite(tx, { tenantId, siteId: input.site, userId: input.user, assignedBy: actor.userId });
  });

/** A repeat changes nothing. */
export const unassignMember = (
  context: TenantContext,
  actor: StaffActor,
  input: { site: string; user: string },
): Promise<void> =>
  write(context, actor, 'admin', async (tx, tenantId) => {
    await requireSite(tx, tenantId, input.site);
    await unassignFromSite(tx, tenantId, input.site, input.user);
  });
