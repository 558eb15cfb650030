import type { Device } from '../../../contract/sites.ts';
import { Badge } from '../../shared/ui/signs.tsx';
import { useTimes } from '../people/parts.tsx';
import { useConsole } from '../shell/console.tsx';
import { LinkButton } from '../shell/ui.tsx';
import { KIND_WORDS, STATUS_TONES } from './site-words.ts';

/** Screens and kiosks of a site, which are steered on a page of their own. */
export function ScreensSection({ site, devices }: { site: string; devices: readonly Device[] }) {
  const { say } = useConsole();
  const { ago, exact } = useTimes();
  const screens = devices.filter(({ kind }) => kind === 'screen' || kind === 'kiosk');
  return (
    <section class="section">
      <div class="site-section-head">
        <h2>{say.sites('screens')}</h2>
        <LinkButton size="small" to={screens.length > 0 ? `/admin/screens?site=${site}` : '/admin/screens'}>
          {say.sites('steer')}
        </LinkButton>
      </div>
      {screens.length === 0 ? (
        <p class="quiet">{say.sites('noScreens')}</p>
      ) : (
        <ul class="site-rows">
          {screens.map(({ id, kind, name, status, lastSeenAt }) => (
            <li key={id} class="site-row">
              <span>
                <bdi class="site-row-name">{name}</bdi> <Badge tone={STATUS_TONES[status]}>{say.screens(status)}</Badge>
              </span>
              <span class="quiet small">
                {say.sites(KIND_WORDS[kind])}
                {lastSeenAt && (
                  <>
                    {' · '}
                    <time dateTime={lastSeenAt} title={exact(lastSeenAt)}>
                      {say.sites('seen', { ago: ago(lastSeenAt) })}
                    </time>
                  </>
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
