import { useState } from 'preact/hooks';
import type { Screen, ScreenPatch } from '../../../contract/screens.ts';
import { showToast } from '../../shared/toast.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Menu } from '../../shared/ui/menu.tsx';
import { Badge } from '../../shared/ui/signs.tsx';
import { may, reasonOf, useConsole } from '../shell/console.tsx';
import { badOf } from './check/check-rules.ts';
import { Facts } from './screen-facts.tsx';
import { Badges, Shown, Warnings } from './screen-state.tsx';
import type { Command } from './use-tell.ts';

type Told = Exclude<Command, 'preflight'>;

const TOLD = {
  identify: 'identifies',
  pause: 'isPausedNow',
  resume: 'isResumed',
  skip: 'isSkipped',
  reload: 'isReloading',
} as const satisfies Record<Told, string>;

interface Props {
  screen: Screen;
  /** of its site; null: it stands nowhere */
  site: string | null;
  onTold: () => void;
  onChange: () => void;
  onRemove: () => void;
  /** shows what it found of itself */
  onCheck: () => void;
  /** and has it look again */
  onCheckNow: () => void;
}

/** One screen: what it is, what it shows, and everything it can be told. */
export function ScreenCard({ screen, site, onTold, onChange, onRemove, onCheck, onCheckNow }: Props) {
  const console = useConsole();
  const { role, say, session, t } = console;
  const [busy, setBusy] = useState<string | null>(null);
  const { id, name, number } = screen;
  // What it found before it went says nothing of how it will be when it is back.
  const bad = screen.status === 'online' ? badOf(screen) : null;
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
  const tell = (command: Told) => send(command, '/commands', 'POST', { command }, say.screens(TOLD[command], { name }));
  const dismiss: ScreenPatch = { copiedAt: null };

  return (
    <li class="screen panel" data-screen={id}>
      <Shown screen={screen} />
      <div class="screen-words">
        <div class="screen-head">
          {number && (
            <span class="screen-number" title={say.screens('numberOf', { number })}>
              {number}
            </span>
          )}
          <h2>
            <bdi>{name}</bdi>
          </h2>
          <Badges screen={screen} />
          {bad !== null && (
            <button type="button" class="screen-checked" onClick={onCheck}>
              <Badge tone={bad === 0 ? 'good' : 'wait'}>
                {bad === 0 ? say.screens('checkGood') : say.screens('checkBad', { count: bad })}
              </Badge>
            </button>
          )}
        </div>
        <Facts screen={screen} site={site} />
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
          <Button size="small" disabledReason={notNow} onClick={onCheckNow}>
            {say.screens('check')}
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
