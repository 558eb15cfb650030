import { useState } from 'preact/hooks';
import type { Site } from '../../../contract/sites.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Badge } from '../../shared/ui/signs.tsx';
import { Empty, Skeleton } from '../../shared/ui/states.tsx';
import { useLoad, type Page } from '../people/use-load.ts';
import { Failure, Link, may, useConsole, useTitle } from '../shell/console.tsx';
import { SiteDialog } from './site-dialog.tsx';
import { clockOf } from './site-words.ts';
import './sites.css';

const MOST = 200;

function SiteCard({ site }: { site: Site }) {
  const { boot, say } = useConsole();
  return (
    <li class="site-card panel" data-site={site.id}>
      <h2>
        <Link to={`/admin/sites/${site.id}`}>
          <bdi>{site.name}</bdi>
        </Link>{' '}
        {site.mine && <Badge tone="good">{say.sites('mine')}</Badge>}
      </h2>
      <p class="quiet site-address">{site.address ? <bdi>{site.address}</bdi> : say.sites('noAddress')}</p>
      <p class="site-counts">
        <span>{say.sites('deviceCount', { count: site.devices })}</span>
        <span>{say.sites('memberCount', { count: site.members })}</span>
        <span class="quiet">{say.sites('clock', { time: clockOf(boot.locale, site.timeZone) })}</span>
      </p>
    </li>
  );
}

/** Venues of the account. */
export function SitesPage() {
  const { boot, go, role, say } = useConsole();
  useTitle(`${say.sites('title')} · ${boot.tenant.name}`);
  const { data, refusal, load } = useLoad<Page<Site>>(`/api/v1/sites?limit=${MOST}`);
  const [isMaking, setMaking] = useState(false);
  const make = (
    <Button
      kind="main"
      disabledReason={may(role, 'member') ? null : say.sites('membersOnly')}
      onClick={() => setMaking(true)}
    >
      {say.sites('newSite')}
    </Button>
  );
  return (
    <main class="page" id="main" tabIndex={-1}>
      <div class="page-head">
        <div>
          <h1>{say.sites('title')}</h1>
          <p class="quiet">{say.sites('text')}</p>
        </div>
        {data && data.items.length > 0 && make}
      </div>
      {refusal && !data && <Failure refusal={refusal} again={() => void load()} />}
      {!data && !refusal && <Skeleton height="132px" />}
      {data && data.items.length === 0 && (
        <Empty title={say.sites('firstTitle')} text={say.sites('firstText')} action={make} />
      )}
      {data && data.items.length > 0 && (
        <ul class="sites">
          {data.items.map((site) => (
            <SiteCard key={site.id} site={site} />
          ))}
        </ul>
      )}
      {data && data.nextCursor && <p class="quiet">{say.sites('shownFirst', { count: MOST })}</p>}
      {isMaking && (
        <SiteDialog site={null} onSaved={({ id }) => go(`/admin/sites/${id}`)} onClose={() => setMaking(false)} />
      )}
    </main>
  );
}
