import type { AccountAnswer } from '../../../contract/account.ts';
import { Skeleton } from '../../shared/ui/states.tsx';
import { Failure, useConsole, useTitle } from '../shell/console.tsx';
import { AccountForm } from './account-form.tsx';
import '../people/people.css';
import { Day } from '../people/parts.tsx';
import { useLoad } from '../people/use-load.ts';
import { LinkButton } from '../shell/ui.tsx';
import './account.css';
import { Usage } from './usage.tsx';

const TIERS = {
  enterprise: 'tierEnterprise',
  standard: 'tierStandard',
  starter: 'tierStarter',
  trial: 'tierTrial',
  free: 'tierFree',
} as const;
const RESIDENCY = { eu: 'residencyEu', us: 'residencyUs' } as const;

function Facts({ tenant, limits }: Pick<AccountAnswer, 'tenant' | 'limits'>) {
  const { boot, say } = useConsole();
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
        <dt>{say.people('photosPerEvent')}</dt>
        <dd>
          {limits.photosPerEvent === null
            ? say.people('noLimit')
            : say.people('upTo', { count: new Intl.NumberFormat(boot.locale).format(limits.photosPerEvent) })}
        </dd>
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

function ConsentLink() {
  const { say } = useConsole();
  return (
    <section class="section column" aria-labelledby="consent-title">
      <h2 id="consent-title">{say.people('consentTitle')}</h2>
      <p>{say.people('consentText')}</p>
      <div>
        <LinkButton to="/admin/account/consent">{say.people('consentOpen')}</LinkButton>
      </div>
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
          <Usage {...data} />
          <Facts tenant={data.tenant} limits={data.limits} />
          <ConsentLink />
          <AccountForm tenant={data.tenant} onSaved={(answer) => change(() => answer)} />
        </div>
      )}
    </main>
  );
}
