import { useState } from 'preact/hooks';
import type { Device, Site } from '../../../contract/sites.ts';
import { showToast } from '../../shared/toast.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Badge } from '../../shared/ui/signs.tsx';
import { Empty, Skeleton } from '../../shared/ui/states.tsx';
import { useLoad, type Page } from '../people/use-load.ts';
import { Failure, Link, may, reasonOf, useConsole, useTitle } from '../shell/console.tsx';
import type { PageProps } from '../shell/pages.ts';
import { ConfirmName, LinkButton } from '../shell/ui.tsx';
import { DevicesSection } from './devices-section.tsx';
import { MembersSection } from './members-section.tsx';
import { ScreensSection } from './screens-section.tsx';
import { SiteDialog } from './site-dialog.tsx';
import { mapOf } from './site-rules.ts';
import { clockOf } from './site-words.ts';
import './sites.css';

const MOST = 200;

function Head({ site, onChange, onDelete }: { site: Site; onChange: () => void; onDelete: () => void }) {
  const { boot, role, say } = useConsole();
  const { address, latitude, longitude, timeZone } = site;
  return (
    <div class="page-head">
      <div>
        <p class="small">
          <Link to="/admin/sites">{say.sites('title')}</Link>
        </p>
        <h1>
          <bdi>{site.name}</bdi> {site.mine && <Badge tone="good">{say.sites('mine')}</Badge>}
        </h1>
        <p class="quiet site-address">{address ? <bdi>{address}</bdi> : say.sites('noAddress')}</p>
        <p class="site-counts small">
          <span class="quiet" title={timeZone}>
            {say.sites('clock', { time: clockOf(boot.locale, timeZone) })}
          </span>
          {latitude !== null && longitude !== null && (
            <a href={mapOf(latitude, longitude)} target="_blank" rel="noopener noreferrer">
              {say.sites('map')} <bdi dir="ltr">{`${latitude}, ${longitude}`}</bdi>
            </a>
          )}
        </p>
      </div>
      <div class="row-wrap">
        <Button disabledReason={may(role, 'member') ? null : say.sites('membersOnly')} onClick={onChange}>
          {say.sites('change')}
        </Button>
        <Button kind="bad" disabledReason={may(role, 'admin') ? null : say.sites('adminsOnly')} onClick={onDelete}>
          {say.sites('delete')}
        </Button>
      </div>
    </div>
  );
}

function DeleteDialog({ site, onClose }: { site: Site; onClose: () => void }) {
  const console = useConsole();
  const { go, say, session } = console;
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const remove = async () => {
    setBusy(true);
    const answer = await session.authed(`/api/v1/sites/${site.id}`, { method: 'DELETE' });
    setBusy(false);
    // Somebody else was quicker: it is gone, as was wanted.
    if (!answer.ok && answer.code !== 'site.not_found') return setError(reasonOf(console, answer));
    showToast(say.sites('isDeleted', { name: site.name }));
    go('/admin/sites');
  };
  return (
    <ConfirmName
      title={say.sites('deleteTitle', { name: site.name })}
      text={say.sites('deleteText')}
      name={site.name}
      action={say.sites('delete')}
      busy={busy}
      error={error}
      onConfirm={() => void remove()}
      onClose={onClose}
    />
  );
}

/** One venue: where it is, what stands there, and who looks after it. */
export function SitePage({ params }: PageProps) {
  const { boot, say } = useConsole();
  const id = params['site'] || '';
  const known = useLoad<{ site: Site }>(`/api/v1/sites/${encodeURIComponent(id)}`);
  const devices = useLoad<Page<Device>>(`/api/v1/devices?site=${encodeURIComponent(id)}&limit=${MOST}`);
  const [open, setOpen] = useState<'change' | 'delete' | null>(null);
  const site = known.data && known.data.site;
  useTitle(`${site ? site.name : say.sites('title')} · ${boot.tenant.name}`);
  const failed = (!known.data && known.refusal) || (!devices.data && devices.refusal);
  const isGone = known.refusal !== null && (known.refusal.status === 404 || known.refusal.code === 'request.invalid');
  const close = () => setOpen(null);
  const again = () => {
    void known.load();
    void devices.load();
  };

  if (isGone && !site) {
    return (
      <main class="page" id="main" tabIndex={-1}>
        <Empty
          title={say.sites('goneTitle')}
          text={say.codes('site.not_found')}
          action={<LinkButton to="/admin/sites">{say.sites('title')}</LinkButton>}
        />
      </main>
    );
  }
  return (
    <main class="page" id="main" tabIndex={-1}>
      {failed && <Failure refusal={failed} again={again} />}
      {!failed && (!site || !devices.data) && <Skeleton height="320px" />}
      {site && devices.data && (
        <>
          <Head site={site} onChange={() => setOpen('change')} onDelete={() => setOpen('delete')} />
          <div class="stack stack-wide">
            <ScreensSection site={site.id} devices={devices.data.items} />
            <DevicesSection site={site.id} devices={devices.data.items} onChanged={again} />
            <MembersSection site={site.id} onChanged={() => void known.load()} />
          </div>
          {devices.data.nextCursor && <p class="quiet">{say.sites('devicesNewest', { count: MOST })}</p>}
          {open === 'change' && (
            <SiteDialog
              site={site}
              onSaved={(next) => {
                known.change(() => ({ site: next }));
                close();
              }}
              onClose={close}
            />
          )}
          {open === 'delete' && <DeleteDialog site={site} onClose={close} />}
        </>
      )}
    </main>
  );
}
