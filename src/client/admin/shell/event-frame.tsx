import type { ComponentChildren, ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { StaffEvent } from '../../../contract/events.ts';
import type { Answer } from '../../shared/api.ts';
import { eventPath } from '../../shared/api.ts';
import { Failure, Link, useConsole, useTitle } from './console.tsx';
import { PageSkeleton } from './page-skeleton.tsx';
import type { EventPageProps } from './pages.ts';
import type { Session } from './session.ts';

export interface HeldEvent {
  /** null while it is being loaded */
  answer: Answer<{ event: StaffEvent }> | null;
  load: () => void;
  take: (event: StaffEvent) => void;
}

/** The event one is in, kept while one goes from page to page of it. */
export function useEvent(session: Session, ref: string | null): HeldEvent {
  const [held, setHeld] = useState<{ ref: string; answer: Answer<{ event: StaffEvent }> } | null>(null);
  const load = () => {
    if (!ref) return;
    void session.authed<{ event: StaffEvent }>(eventPath(ref)).then((answer) => {
      // An event that is shown stays shown when asking again fails.
      setHeld((before) => (before && before.ref === ref && before.answer.ok && !answer.ok ? before : { ref, answer }));
    });
  };
  useEffect(load, [ref]);
  const take = (event: StaffEvent) => {
    if (ref) setHeld({ ref, answer: { ok: true, status: 200, data: { event } } });
  };
  return { answer: held && held.ref === ref ? held.answer : null, load, take };
}

interface Props {
  params: Record<string, string>;
  Page: ComponentType<EventPageProps>;
  held: HeldEvent;
  /** shown after the page, or after what stands in its place */
  children: ComponentChildren;
}

/** A page inside an event, once the event is there: an unknown address is told from an empty list. */
export function EventFrame({ params, Page, held: { answer, load, take }, children }: Props) {
  const { boot, t } = useConsole();
  useTitle(answer && answer.ok ? null : `${t('events')} · ${boot.tenant.name}`);
  if (!answer) {
    return <PageSkeleton />;
  }
  if (answer.ok) {
    return (
      <>
        <Page key={answer.data.event.id} params={params} event={answer.data.event} onEvent={take} />
        {children}
      </>
    );
  }
  return (
    <>
      <main class="page" id="main" tabIndex={-1}>
        {answer.status === 404 ? (
          <div class="empty">
            <h1>{t('notFound')}</h1>
            <p class="quiet">{t('notFoundText')}</p>
            <Link class="button" to="/admin">
              {t('back')}
            </Link>
          </div>
        ) : (
          <Failure refusal={answer} again={load} />
        )}
      </main>
      {children}
    </>
  );
}
