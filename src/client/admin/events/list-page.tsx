import { useEffect, useState } from 'preact/hooks';
import type { StaffEvent } from '../../../contract/events.ts';
import { formatDay } from '../../../contract/messages/times.ts';
import type { Answer } from '../../shared/api.ts';
import { Failure, Link, useConsole, useTitle } from '../shell/console.tsx';

const STATUS = {
  draft: 'statusDraft',
  live: 'statusLive',
  closed: 'statusClosed',
  archived: 'statusArchived',
} as const;

interface List {
  items: StaffEvent[];
  nextCursor: string | null;
}

export function EventsPage() {
  const { boot, session, t } = useConsole();
  const [answer, setAnswer] = useState<Answer<List> | null>(null);
  useTitle(`${t('events')} · ${boot.tenant.name}`);

  const load = async (cursor: string | null) => {
    const next = await session.authed<List>(
      `/api/v1/events?limit=50${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`,
    );
    setAnswer((before) => {
      if (!cursor || !next.ok || !before || !before.ok) return next;
      return { ...next, data: { ...next.data, items: before.data.items.concat(next.data.items) } };
    });
  };
  useEffect(() => {
    void load(null);
  }, []);

  return (
    <main class="events" id="main" tabIndex={-1}>
      <h1>{t('events')}</h1>
      {!answer && (
        <div class="cards" aria-busy="true" aria-label={t('loading')}>
          <div class="skeleton event-skeleton" />
          <div class="skeleton event-skeleton" />
        </div>
      )}
      {answer && !answer.ok && <Failure refusal={answer} again={() => void load(null)} />}
      {answer && answer.ok && answer.data.items.length === 0 && (
        <div class="empty">
          <h2>{t('noEvents')}</h2>
          <p class="quiet">{t('noEventsText')}</p>
        </div>
      )}
      {answer && answer.ok && (
        <ul class="cards">
          {answer.data.items.map((event) => (
            <li key={event.id}>
              <Link class="event-card" to={`/admin/events/${event.slug}/photos`}>
                <strong dir="auto">{event.name}</strong>
                <span class="quiet small">
                  {t(STATUS[event.status])}
                  {event.startsAt && ` · ${formatDay(boot.locale, event.timeZone, event.startsAt)}`}
                  {event.pin && ` · PIN ${event.pin}`}
                </span>
                <span>
                  <span class={event.counts.pending ? 'badge badge-wait' : 'badge'}>
                    {t('waitingCount', { count: event.counts.pending })}
                  </span>{' '}
                  <span class="badge">{t('publishedCount', { count: event.counts.approved })}</span>
                </span>
              </Link>
            </li>
          ))}
        </ul>
      )}
      {answer && answer.ok && answer.data.nextCursor && (
        <button type="button" class="button button-quiet" onClick={() => void load(answer.data.nextCursor)}>
          {t('loadMore')}
        </button>
      )}
    </main>
  );
}
