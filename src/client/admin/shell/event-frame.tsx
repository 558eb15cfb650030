import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { StaffEvent } from '../../../contract/events.ts';
import type { Answer } from '../../shared/api.ts';
import { eventPath } from '../../shared/api.ts';
import { Failure, Link, useConsole, useTitle } from './console.tsx';
import type { EventPageProps } from './pages.ts';

/** Loads the event of the address before its page: an unknown address is told from an empty list. */
export function EventFrame({ params, Page }: { params: Record<string, string>; Page: ComponentType<EventPageProps> }) {
  const { boot, session, t } = useConsole();
  const slug = params['event'] || '';
  const [answer, setAnswer] = useState<Answer<{ event: StaffEvent }> | null>(null);
  const load = () => void session.authed<{ event: StaffEvent }>(eventPath(slug)).then(setAnswer);
  useEffect(load, [slug]);
  useTitle(`${answer && answer.ok ? answer.data.event.name : t('events')} · ${boot.tenant.name}`);

  if (!answer) {
    return (
      <main class="desk" id="main" tabIndex={-1} aria-busy="true" aria-label={t('loading')}>
        <div class="skeleton desk-skeleton" />
      </main>
    );
  }
  if (!answer.ok) {
    return (
      <main class="desk" id="main" tabIndex={-1}>
        {answer.status === 404 ? (
          <div class="empty">
            <h2>{t('notFound')}</h2>
            <p class="quiet">{t('notFoundText')}</p>
            <Link class="button" to="/admin">
              {t('back')}
            </Link>
          </div>
        ) : (
          <Failure refusal={answer} again={load} />
        )}
      </main>
    );
  }
  const onEvent = (event: StaffEvent) => setAnswer({ ok: true, status: 200, data: { event } });
  return <Page key={answer.data.event.id} params={params} event={answer.data.event} onEvent={onEvent} />;
}
