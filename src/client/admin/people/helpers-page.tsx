import { useEffect, useState } from 'preact/hooks';
import type { Helper } from '../../../contract/helpers.ts';
import { eventPath } from '../../shared/api.ts';
import { showToast } from '../../shared/toast.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Avatar, Badge } from '../../shared/ui/signs.tsx';
import { Empty, Skeleton } from '../../shared/ui/states.tsx';
import { Failure, may, reasonOf, useConsole, useTitle } from '../shell/console.tsx';
import type { EventPageProps } from '../shell/pages.ts';
import { Dialog } from '../shell/ui.tsx';
import { HelperInvite } from './helper-invite.tsx';
import { inOrder, isOpen, takesHelpers } from './helper-rules.ts';
import { deviceName, useTimes } from './parts.tsx';
import './people.css';
import { useList } from './use-load.ts';

/** While the page is open: who signs in on a phone beside it appears by themselves. */
const LOOK_MS = 20_000;

const STATES = {
  active: ['stateActive', 'good'],
  waiting: ['stateWaiting', 'wait'],
  expired: ['stateExpired', 'plain'],
  left: ['stateLeft', 'plain'],
  revoked: ['stateRevoked', 'plain'],
  ended: ['stateEnded', 'plain'],
} as const;

function Standing({ helper, zone }: { helper: Helper; zone: string }) {
  const { say } = useConsole();
  const { ago, exact } = useTimes(zone);
  const { state, redeemedAt, lastSeenAt } = helper;
  const device = deviceName(say, helper.device);
  if (state === 'waiting') return <>{say.people('waitingUntil', { time: exact(helper.expiresAt) })}</>;
  if (!redeemedAt) return <>{say.people('neverUsed')}</>;
  if (state !== 'active') return <>{say.people('wasOn', { device })}</>;
  return (
    <>
      {say.people('onDevice', { device, time: exact(redeemedAt) })}
      {lastSeenAt && <> · {say.people('lastSeen', { time: ago(lastSeenAt) })}</>}
    </>
  );
}

function Row({ helper, zone, onEnd }: { helper: Helper; zone: string; onEnd: () => void }) {
  const { role, say } = useConsole();
  const [word, tone] = STATES[helper.state];
  const isWaiting = helper.state === 'waiting';
  return (
    <li class="person-row" data-helper={helper.id} data-state={helper.state}>
      <Avatar name={helper.label} />
      <div class="person-row-words">
        <p class="person-row-name">
          <bdi>{helper.label}</bdi> <Badge tone={tone}>{say.people(word)}</Badge>
        </p>
        <p class="quiet small">
          <Standing helper={helper} zone={zone} />
        </p>
      </div>
      {isOpen(helper) && (
        <Button
          size="small"
          onClick={onEnd}
          disabledReason={may(role, 'member') ? null : say.people('membersOnly')}
          aria-label={`${say.people(isWaiting ? 'withdrawLink' : 'endAccess')}: ${helper.label}`}
        >
          {say.people(isWaiting ? 'withdrawLink' : 'endAccess')}
        </Button>
      )}
    </li>
  );
}

/** Who helps at this event without an account, and the links that wait for somebody. */
export function HelpersPage({ event }: EventPageProps) {
  const console = useConsole();
  useTitle(`${console.say.people('helpersTitle')} · ${event.name} · ${console.boot.tenant.name}`);
  const { role, say, session, t } = console;
  const path = eventPath(event.id, '/helpers');
  const { data, refusal, load, more } = useList<Helper>(path);
  const [isInviting, setInviting] = useState(false);
  const [ending, setEnding] = useState<Helper | null>(null);
  const [isBusy, setBusy] = useState(false);

  useEffect(() => {
    const timer = setInterval(() => document.visibilityState === 'visible' && void load(), LOOK_MS);
    return () => clearInterval(timer);
  }, []);

  const end = async ({ id, label }: Helper) => {
    setBusy(true);
    const answer = await session.authed(`${path}/${id}`, { method: 'DELETE' });
    setBusy(false);
    setEnding(null);
    showToast(answer.ok ? say.people('accessEnded', { name: label }) : reasonOf(console, answer));
    await load();
  };

  const whyNot = !may(role, 'member')
    ? say.people('membersOnly')
    : takesHelpers(event)
      ? null
      : say.people('eventIsOver');
  const invite = (
    <Button kind="main" disabledReason={whyNot} onClick={() => setInviting(true)}>
      {say.people('inviteHelper')}
    </Button>
  );
  const isEmpty = data !== null && data.items.length === 0;
  return (
    <main class="page" id="main" tabIndex={-1}>
      <div class="page-head">
        <div>
          <h1>{say.people('helpersTitle')}</h1>
          <p class="quiet">{say.people('helpersText')}</p>
        </div>
        {!isEmpty && invite}
      </div>
      {refusal && !data && <Failure refusal={refusal} again={() => void load()} />}
      {!data && !refusal && <Skeleton height="200px" />}
      {isEmpty && <Empty title={say.people('noHelpers')} text={say.people('noHelpersText')} action={invite} />}
      {data && !isEmpty && (
        <ul class="person-rows">
          {inOrder(data.items).map((helper) => (
            <Row key={helper.id} helper={helper} zone={event.timeZone} onEnd={() => setEnding(helper)} />
          ))}
        </ul>
      )}
      {more && <Button onClick={() => void more()}>{t('loadMore')}</Button>}
      {isInviting && (
        <HelperInvite path={path} helpers={data ? data.items : []} look={load} onClose={() => setInviting(false)} />
      )}
      {ending && (
        <Dialog
          title={say.people(ending.state === 'waiting' ? 'withdrawLinkOf' : 'endAccessOf', { name: ending.label })}
          onClose={() => setEnding(null)}
          footer={
            <>
              <Button onClick={() => setEnding(null)}>{t('cancel')}</Button>
              <Button kind="bad" busy={isBusy} onClick={() => void end(ending)}>
                {say.people(ending.state === 'waiting' ? 'withdrawLink' : 'endAccess')}
              </Button>
            </>
          }
        >
          <p>
            {ending.state === 'waiting'
              ? say.people('withdrawText')
              : say.people('endAccessText', { name: ending.label })}
          </p>
        </Dialog>
      )}
    </main>
  );
}
