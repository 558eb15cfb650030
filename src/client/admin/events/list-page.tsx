import { useEffect, useState } from 'preact/hooks';
import type { EventList, EventTime, StaffEvent } from '../../../contract/events.ts';
import { formatShortDay } from '../../../contract/messages/times.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Icon } from '../../shared/ui/icon.tsx';
import { Empty, Notice, Skeleton } from '../../shared/ui/states.tsx';
import { Tabs } from '../../shared/ui/tabs.tsx';
import { Failure, Link, may, useConsole, useTitle } from '../shell/console.tsx';
import { LinkButton, TextField } from '../shell/ui.tsx';
import { usePolled } from './polling.ts';
import { EventStatus } from '../shell/nav/nav-links.tsx';
import { VISIBILITY_WORDS } from './visibility-words.ts';

const REFRESH_MS = 5_000;
const PAGE = 50;
const MOST = 200;
const SEARCH_FROM = 8;
const TYPING_MS = 250;

type Kind = 'all' | EventTime;
const KINDS: readonly Kind[] = ['all', 'live', 'upcoming', 'past'];
const KIND_WORDS = { all: 'tabAll', live: 'tabLive', upcoming: 'tabUpcoming', past: 'tabPast' } as const;

/** What is asked for stands in the address, so that back and a link lead to the same list. */
function readQuery(path: string): { kind: Kind; q: string } {
  const query = new URLSearchParams(path.split('?')[1] || '');
  const when = query.get('when');
  return { kind: KINDS.find((kind) => kind === when) || 'all', q: query.get('q') || '' };
}

function EventRow({ event }: { event: StaffEvent }) {
  const { boot, say, t } = useConsole();
  const { counts } = event;
  return (
    <li class="event-row">
      <Link class="event-row-link" to={`/admin/events/${event.slug}`}>
        <span class="event-row-mark" style={{ background: event.settings.look.accent || 'var(--accent-line)' }} />
        <span class="event-row-name">
          <strong>
            <bdi>{event.name}</bdi>
          </strong>
          <span class="quiet small event-row-facts">
            <span>
              {event.startsAt
                ? formatShortDay(boot.locale, event.timeZone, event.startsAt, new Date())
                : say.events('noDate')}
            </span>
            {event.pin && event.visibility === 'pin' ? (
              <bdi dir="ltr">PIN {event.pin}</bdi>
            ) : (
              <span>{say.events(VISIBILITY_WORDS[event.visibility])}</span>
            )}
          </span>
        </span>
        <span class="event-row-counts">
          {counts.pending > 0 && <span class="badge badge-wait">{t('waitingCount', { count: counts.pending })}</span>}
          <span class="quiet small">{t('publishedCount', { count: counts.approved })}</span>
        </span>
        <span class="event-row-status">
          <EventStatus event={event} />
        </span>
      </Link>
    </li>
  );
}

function FirstEvent({ isAllowed }: { isAllowed: boolean }) {
  const { say } = useConsole();
  return (
    <div class="first-event">
      <div class="first-event-picture" aria-hidden="true">
        <span class="first-event-photo" />
        <span class="first-event-photo" />
        <span class="first-event-photo" />
      </div>
      <Empty
        title={say.events('firstTitle')}
        text={say.events(isAllowed ? 'firstText' : 'firstTextViewer')}
        action={
          isAllowed && (
            <LinkButton kind="main" to="/admin/events/new">
              {say.events('newEvent')}
            </LinkButton>
          )
        }
      />
    </div>
  );
}

export function EventsPage() {
  const { boot, go, path, role, say, t } = useConsole();
  const { kind, q } = readQuery(path);
  const [typed, setTyped] = useState(q);
  const [limit, setLimit] = useState(PAGE);
  useTitle(`${t('events')} · ${boot.tenant.name}`);
  const mayCreate = may(role, 'member');

  const show = (next: { kind?: Kind; q?: string }) => {
    const query = new URLSearchParams();
    const [when, text] = [next.kind || kind, next.q === undefined ? q : next.q];
    if (when !== 'all') query.set('when', when);
    if (text) query.set('q', text);
    const search = query.toString();
    go(`/admin${search ? `?${search}` : ''}`, { replace: true });
  };
  useEffect(() => {
    if (typed.trim() === q) return;
    const timer = setTimeout(() => show({ q: typed.trim() }), TYPING_MS);
    return () => clearTimeout(timer);
  }, [typed]);

  const query = `limit=${limit}${kind === 'all' ? '' : `&when=${kind}`}${q ? `&q=${encodeURIComponent(q)}` : ''}`;
  const { answer, isStale, again } = usePolled<EventList>(`/api/v1/events?${query}`, REFRESH_MS);
  const [shown, setShown] = useState<EventList | null>(null);
  useEffect(() => {
    if (answer && answer.ok) setShown(answer.data);
  }, [answer]);
  // While another list is loaded the totals stay, so that the tabs do not jump.
  const totals = shown ? shown.totals : null;
  const all = totals ? totals.live + totals.upcoming + totals.past : 0;
  const list = answer && answer.ok ? answer.data : null;

  return (
    <main class="page" id="main" tabIndex={-1} aria-busy={!answer}>
      <div class="page-head">
        <h1>{t('events')}</h1>
        {mayCreate && all > 0 && (
          <LinkButton kind="main" to="/admin/events/new">
            {say.events('newEvent')}
          </LinkButton>
        )}
      </div>
      {isStale && <Notice tone="wait">{say.events('stale')}</Notice>}
      {answer && !answer.ok && <Failure refusal={answer} again={again} />}
      {totals && all === 0 && <FirstEvent isAllowed={mayCreate} />}
      {all > 0 && (
        <div class={all > SEARCH_FROM || q ? 'events-tools events-tools-find' : 'events-tools'}>
          <Tabs
            label={t('events')}
            value={kind}
            onChange={(next) => show({ kind: next })}
            controls="events-list"
            items={KINDS.map((id) => ({
              id,
              label: say.events(KIND_WORDS[id]),
              count: totals && (id === 'all' ? all : totals[id]),
            }))}
          />
          {(all > SEARCH_FROM || q) && (
            <TextField
              label={say.events('find')}
              name="find"
              type="search"
              value={typed}
              onInput={setTyped}
              maxLength={100}
            />
          )}
        </div>
      )}
      <div
        id="events-list"
        role={all > 0 ? 'tabpanel' : undefined}
        aria-label={all > 0 ? say.events(KIND_WORDS[kind]) : undefined}
      >
        {!answer && (
          <div class="event-rows" aria-hidden="true">
            {[0, 1, 2].map((row) => (
              <Skeleton key={row} height="76px" />
            ))}
          </div>
        )}
        {list && all > 0 && list.items.length === 0 && (
          <Empty
            title={q ? say.events('foundNone', { query: q }) : say.events('noneOfKind')}
            action={
              q ? (
                <Button onClick={() => (setTyped(''), show({ q: '', kind: 'all' }))}>{say.events('showAll')}</Button>
              ) : null
            }
          />
        )}
        {list && list.items.length > 0 && (
          <ul class="event-rows">
            {list.items.map((event) => (
              <EventRow key={event.id} event={event} />
            ))}
          </ul>
        )}
        {list && list.nextCursor && limit < MOST && (
          <Button onClick={() => setLimit(Math.min(MOST, limit + PAGE))}>{t('loadMore')}</Button>
        )}
        {list && list.nextCursor && limit >= MOST && <p class="quiet">{say.events('searchForMore')}</p>}
      </div>
      {totals && totals.deleted > 0 && (
        <p class="events-deleted">
          <Link to="/admin/events/deleted">
            <Icon name="remove" />
            {say.events('deletedCount', { count: totals.deleted })}
          </Link>
        </p>
      )}
    </main>
  );
}
