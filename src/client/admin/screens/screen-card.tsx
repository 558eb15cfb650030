import { useState } from 'preact/hooks';
import type { Screen, ScreenPatch, SCREEN_COMMANDS } from '../../../contract/screens.ts';
import { showToast } from '../../shared/toast.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Menu } from '../../shared/ui/menu.tsx';
import { useTimes } from '../people/parts.tsx';
import { Link, may, reasonOf, useConsole } from '../shell/console.tsx';
import { LAYOUT_WORDS } from './screen-words.ts';
import { Badges, Shown, Warnings } from './screen-state.tsx';

type Command = Exclude<(typeof SCREEN_COMMANDS)[number], 'preflight'>;

const TOLD = {
  identify: 'identifies',
  pause: 'isPausedNow',
  resume: 'isResumed',
  skip: 'isSkipped',
  reload: 'isReloading',
} as const satisfies Record<Command, string>;

interface Props {
  screen: Screen;
  /** of its site; null: it stands nowhere */
  site: string | null;
  onTold: () => void;
  onChange: () => void;
  onRemove: () => void;
}

/** One screen: what it is, what it shows, and everything it can be told. */
export function ScreenCard({ screen, site, onTold, onChange, onRemove }: Props) {
  const console = useConsole();
  const { role, say, session, t } = console;
  const { ago, exact } = useTimes();
  const [busy, setBusy] = useState<string | null>(null);
  const { event, id, lastSeenAt, layout, live, name } = screen;
  const notMine = may(role, 'member') ? null : say.screens('viewerOnly');
  const notNow = notMine || (screen.status === 'online' ? null : say.screens('isOffline'));

  const send = async (what: string, path: string, method: 'POST' | 'PATCH', body: object, said: string | null) => {
    setBusy(what);
    const answer = await session.authed(`/api/v1/screens/${id}${path}`, { method, body });
    setBusy(null);
    if (!answer.ok) showToast(t('decideFailed', { reason: reasonOf(console, answer) }));
    else if (said) showToast(said);
    onTold();
  };
  const tell = (command: Command) =>
    send(command, '/commands', 'POST', { command }, say.screens(TOLD[command], { name }));
  const dismiss: ScreenPatch = { copiedAt: null };

  return (
    <li class="screen panel" data-screen={id}>
      <Shown screen={screen} />
      <div class="screen-words">
        <div class="screen-head">
          <h2>
            <bdi>{name}</bdi>
          </h2>
          <Badges screen={screen} />
        </div>
        <dl class="screen-facts">
          <div>
            <dt>{say.screens('event')}</dt>
            <dd>
              {event ? (
                <Link to={`/admin/events/${event.slug}`}>
                  <bdi>{event.name}</bdi>
                </Link>
              ) : (
                say.screens('noEvent')
              )}
            </dd>
          </div>
          {site && (
            <div>
              <dt>{say.screens('site')}</dt>
              <dd>
                <bdi>{site}</bdi>
              </dd>
            </div>
          )}
          <div>
            <dt>{say.screens('layout')}</dt>
            <dd>{say.screens(LAYOUT_WORDS[layout.layout])}</dd>
          </div>
          <div>
            <dt>{say.screens('seen')}</dt>
            <dd>
              {lastSeenAt ? (
                <time dateTime={lastSeenAt} title={exact(lastSeenAt)}>
                  {ago(lastSeenAt)}
                </time>
              ) : (
                say.screens('neverSeen')
              )}
            </dd>
          </div>
          {live && (
            <div>
              <dt>{say.screens('version')}</dt>
              <dd>
                <bdi dir="ltr">{live.version}</bdi>
              </dd>
            </div>
          )}
        </dl>
        <Warnings
          screen={screen}
          disabledReason={notMine}
          onDismiss={() => void send('dismiss', '', 'PATCH', dismiss, null)}
        />
        <div class="row-wrap">
          <Button size="small" disabledReason={notMine} onClick={onChange}>
            {say.screens('change')}
          </Button>
          <Button size="small" busy={busy === 'identify'} disabledReason={notNow} onClick={() => void tell('identify')}>
            {say.screens('identify')}
          </Button>
          <Button
            size="small"
            busy={busy === 'pause' || busy === 'resume'}
            disabledReason={notMine}
            onClick={() => void tell(screen.paused ? 'resume' : 'pause')}
          >
            {say.screens(screen.paused ? 'resume' : 'pause')}
          </Button>
          <Menu
            label={say.screens('moreOf', { name })}
            items={[
              { label: say.screens('skip'), disabledReason: notNow, run: () => void tell('skip') },
              { label: say.screens('reload'), disabledReason: notNow, run: () => void tell('reload') },
              { label: say.screens('remove'), kind: 'bad', disabledReason: notMine, run: onRemove },
            ]}
          />
        </div>
      </div>
    </li>
  );
}
