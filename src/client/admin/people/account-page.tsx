import type { AccountAnswer } from '../../../contract/account.ts';
import { Skeleton } from '../../shared/ui/states.tsx';
import { Failure, useConsole, useTitle } from '../shell/console.tsx';
import { AccountForm } from './account-form.tsx';
import { inUnits } from './account-rules.ts';
import { Day } from './parts.tsx';
import './people.css';
import { useLoad } from './use-load.ts';

const TIERS = {
  enterprise: 'tierEnterprise',
  standard: 'tierStandard',
  starter: 'tierStarter',
  trial: 'tierTrial',
  free: 'tierFree',
} as const;
const RESIDENCY = { eu: 'residencyEu', us: 'residencyUs' } as const;

function Usage({ usage }: Pick<AccountAnswer, 'usage'>) {
  const { boot, say } = useConsole();
  const number = (count: number) => new Intl.NumberFormat(boot.locale, { maximumFractionDigits: 1 }).format(count);
  const size = (bytes: number) => {
    const [unit, count] = inUnits(bytes);
    return say.people(unit, { count: number(count) });
  };
  const { bytes, events, guests, members, photos } = usage;
  const perEvent = (count: number) =>
    events > 0 ? say.people('perEvent', { count: number(Math.round(count / events)) }) : null;
  const rows: [string, string, string | null][] = [
    [say.people('usedEvents'), number(events), null],
    [say.people('usedPhotos'), number(photos), perEvent(photos)],
    [
      say.people('usedStorage'),
      size(bytes),
      photos > 0 ? say.people('perPhoto', { size: size(bytes / photos) }) : null,
    ],
    [say.people('usedGuests'), number(guests), perEvent(guests)],
    [say.people('usedMembers'), number(members), null],
  ];
  return (
    <section class="section" aria-labelledby="usage-title">
      <h2 id="usage-title">{say.people('usageTitle')}</h2>
      <dl class="usage">
        {rows.map(([label, value, comparison]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd class="usage-number">{value}</dd>
            {comparison && <dd class="quiet small">{comparison}</dd>}
          </div>
        ))}
      </dl>
    </section>
  );
}

function Facts({ tenant }: Pick<AccountAnswer, 'tenant'>) {
  const { say } = useConsole();
  const tier = (name: string) => (name in TIERS ? say.people(TIERS[name as keyof typeof TIERS]) : name);
  return (
    <section class="section" aria-labelledby="facts-title">
      <h2 id="facts-title">{say.people('infoTitle')}</h2>
      <dl class="facts">
        <dt>{say.people('addresses')}</dt>
        <dd>
          {tenant.hosts.map(({ host, verified }) => (
            <div key={host}>
              <bdi dir="ltr">{host}</bdi>
              {!verified && <span class="quiet small">{say.people('notVerified')}</span>}
            </div>
          ))}
        </dd>
        <dt>{say.people('plan')}</dt>
        <dd>{tier(tenant.plan)}</dd>
        <dt>{say.people('kind')}</dt>
        <dd>{tier(tenant.type)}</dd>
        <dt>{say.people('residency')}</dt>
        <dd>{say.people(tenant.residency ? RESIDENCY[tenant.residency] : 'residencyAny')}</dd>
        <dt>{say.people('accountSince')}</dt>
        <dd>
          <Day iso={tenant.createdAt} />
        </dd>
      </dl>
    </section>
  );
}

/** What the account is and holds, and what its pages tell guests about it. */
export function AccountPage() {
  const { boot, say } = useConsole();
  useTitle(`${say.people('accountTitle')} · ${boot.tenant.name}`);
  const { data, refusal, load, change } = useLoad<AccountAnswer>('/api/v1/tenant');
  return (
    <main class="page" id="main" tabIndex={-1}>
      <div class="page-head">
        <h1>{say.people('accountTitle')}</h1>
      </div>
      {refusal && !data && <Failure refusal={refusal} again={() => void load()} />}
      {!data && !refusal && <Skeleton height="480px" />}
      {data && (
        <div class="stack stack-wide">
          <Usage usage={data.usage} />
          <Facts tenant={data.tenant} />
          <AccountForm tenant={data.tenant} onSaved={(answer) => change(() => answer)} />
        </div>
      )}
    </main>
  );
}
