import { readLegal, type AccountAnswer, type AccountPatch } from '../../contract/account.ts';
import { findAccount, listHosts, measureUsage, updateAccount } from '../../db/account.ts';
import { writeTenant } from '../../db/scope.ts';
import { findMember } from '../../db/sessions.ts';
import { limitsOf } from '../admission/plans.ts';
import { readAsStaff, requireMember, type StaffActor, type TenantContext } from '../context.ts';
import { DomainError } from '../errors.ts';

/** The account with what it has used so far, one round trip. `ownHost`: where it always is reached. */
export async function getAccount(
  context: TenantContext,
  actor: StaffActor,
  ownHost: (slug: string) => string,
): Promise<AccountAnswer> {
  const tenantId = context.tenant.id;
  const [accounts, hosts, measured] = await readAsStaff(context, actor, 'viewer', (tx) => [
    findAccount(tx, tenantId),
    listHosts(tx, tenantId),
    measureUsage(tx, tenantId),
  ]);
  const account = accounts[0];
  const usage = measured[0];
  if (!account || !usage) throw new DomainError('tenant.not_found', 'There is nothing here.');
  const legal = readLegal(account.settings['legal']);
  return {
    tenant: {
      id: account.id,
      slug: account.slug,
      name: account.name,
      type: account.type,
      plan: account.plan,
      status: account.status,
      residency: account.residency,
      hosts: [
        { host: ownHost(account.slug), verified: true },
        ...hosts.map((row) => ({ host: row.host, verified: row.verifiedAt !== null })),
      ],
      createdAt: account.createdAt.toISOString(),
      imprint: legal.imprint,
      privacyUrl: legal.privacyUrl,
      supportEmail: legal.supportEmail,
    },
    usage: {
      events: usage.events,
      photos: usage.sums.photos,
      bytes: usage.sums.bytes,
      members: usage.members,
      guests: usage.guests,
    },
    limits: limitsOf(account.plan, account.settings),
  };
}

/** Pages carry the new name and links as soon as the directory of hosts has forgotten the old ones: seconds. */
export async function changeAccount(context: TenantContext, actor: StaffActor, change: AccountPatch): Promise<void> {
  const tenantId = context.tenant.id;
  const { name, ...links } = change;
  const legal = Object.fromEntries(Object.entries(links).filter(([, value]) => value !== undefined));
  await writeTenant(context.db, { tenantId, userId: actor.userId }, async (tx) => {
    requireMember(await findMember(tx, tenantId, actor.userId), 'admin');
    await updateAccount(tx, tenantId, { ...(name === undefined ? {} : { name }), legal });
  });
}
