import { useState } from 'preact/hooks';
import type { EventList, StaffEvent } from '../../../contract/events.ts';
import { formatAgo, formatMoment, formatShortDay } from '../../../contract/messages/times.ts';
import { eventPath } from '../../shared/api.ts';
import { showToast } from '../../shared/toast.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Empty, Skeleton } from '../../shared/ui/states.tsx';
import { Failure, Link, may, reasonOf, useConsole, useTitle } from '../shell/console.tsx';
import { usePolled } from './polling.ts';

const REFRESH_MS = 30_000;

export function DeletedEventsPage() {
  const console = useConsole();
  const { boot, go, role, say, session, t } = console;
  const [busy, setBusy] = useState<string | null>(null);
  const { answer, again } = usePolled<EventList>('/api/v1/events?deleted=true&limit=200', REFRESH_MS);
  useTitle(`${say.events('deletedTitle')} · ${boot.tenant.name}`);
  const restore = async (event: StaffEvent) => {
    setBusy(event.id);
    const restored = await session.authed<{ event: StaffEvent }>(eventPath(event.id, '/restore'), { method: 'POST' });
    setBusy(null);
    if (!restored.ok) return showToast(reasonOf(console, restored));
    showToast(say.events('restored'));
    go(`/admin/events/${restored.data.event.slug}`);
  };
  const now = new Date();
  return (
    <main class="page" id="main" tabIndex={-1} aria-busy={!answer}>
      <div class="page-head">
        <div>
          <h1>{say.events('deletedTitle')}</h1>
          <p class="quiet">{say.events('deletedText')}</p>
        </div>
      </div>
      {!answer && <Skeleton height="76px" />}
      {answer && !answer.ok && <Failure refusal={answer} again={again} />}
      {answer && answer.ok && answer.data.items.length === 0 && (
        <Empty
          title={say.events('deletedNone')}
          action={
            <Link class="button button-quiet" to="/admin">
              {t('back')}
            </Link>
          }
        />
      )}
      {answer && answer.ok && (
        <ul class="event-rows">
          {answer.data.items.map((event) => (
            <li key={event.id} class="event-row event-row-deleted">
              <span class="event-row-name">
                <strong>
                  <bdi>{event.name}</bdi>
                </strong>
                <span class="quiet small event-row-facts">
                  {event.startsAt && (
                    <span>{formatShortDay(boot.locale, event.timeZone, event.startsAt, new Date())}</span>
                  )}
                  {event.deletedAt && (
                    <span title={formatMoment(boot.locale, event.timeZone, event.deletedAt)}>
                      {say.events('deletedAgo', { ago: formatAgo(boot.locale, event.deletedAt, now) })}
                    </span>
                  )}
                  {event.restorableUntil && (
                    <span>
                      {say.events('restorableUntil', {
                        day: formatShortDay(boot.locale, event.timeZone, event.restorableUntil, new Date()),
                      })}
                    </span>
                  )}
                </span>
              </span>
              <Button
                busy={busy === event.id}
                disabledReason={may(role, 'member') ? null : say.events('viewerReason')}
                onClick={() => void restore(event)}
              >
                {say.events('restore')}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </main>
  );
}
