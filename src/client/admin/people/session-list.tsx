import { useState } from 'preact/hooks';
import type { SignInSession } from '../../../contract/profile.ts';
import { showToast } from '../../shared/toast.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Badge } from '../../shared/ui/signs.tsx';
import { Skeleton } from '../../shared/ui/states.tsx';
import { Failure, reasonOf, useConsole } from '../shell/console.tsx';
import { deviceName, useTimes } from './parts.tsx';
import type { Loaded } from './use-load.ts';

/** Where one is signed in, this device first. */
export function SessionList({ sessions }: { sessions: Loaded<{ items: SignInSession[] }> }) {
  const console = useConsole();
  const { say, session, t } = console;
  const { ago, exact } = useTimes();
  const [busy, setBusy] = useState<string | null>(null);
  const { data, refusal, load } = sessions;
  const items = data ? data.items.filter((one) => one.current).concat(data.items.filter((one) => !one.current)) : [];

  const end = async (path: string) => {
    setBusy(path);
    const answer = await session.authed(`/api/v1/auth/sessions${path}`, { method: 'DELETE' });
    setBusy(null);
    showToast(answer.ok ? say.people('sessionEnded') : reasonOf(console, answer));
    await load();
  };
  return (
    <section class="section" aria-labelledby="sessions-title">
      <h2 id="sessions-title">{say.people('sessionsTitle')}</h2>
      <p>{say.people('sessionsText')}</p>
      {refusal && !data && <Failure refusal={refusal} again={() => void load()} />}
      {!data && !refusal && <Skeleton height="128px" />}
      <ul class="person-rows">
        {items.map(({ id, device, since, lastUsedAt, current }) => {
          const name = deviceName(say, device);
          return (
            <li key={id} class="session-row" data-current={current}>
              <div class="person-row-words">
                <p class="person-row-name">
                  <span class="person-row-title">{name}</span>{' '}
                  {current && <Badge tone="good">{say.people('thisDevice')}</Badge>}
                </p>
                <p class="quiet small">
                  {!current && <>{say.people('usedAgo', { time: ago(lastUsedAt) })} · </>}
                  {say.people('signedInSince', { time: exact(since) })}
                </p>
              </div>
              {!current && (
                <Button
                  size="small"
                  busy={busy === `/${id}`}
                  onClick={() => void end(`/${id}`)}
                  aria-label={`${t('signOut')}: ${name}`}
                >
                  {t('signOut')}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
      {data && (
        <p class="session-others">
          <Button
            busy={busy === ''}
            disabledReason={items.length > 1 ? null : say.people('onlyHere')}
            onClick={() => void end('')}
          >
            {say.people('endOthers')}
          </Button>
        </p>
      )}
    </section>
  );
}
