import { useEffect, useReducer, useRef, useState } from 'preact/hooks';
import type { StaffEvent } from '../../contract/events.ts';
import type { Decision } from '../../contract/photos.ts';
import type { Answer } from '../shared/api.ts';
import { eventPath } from '../shared/api.ts';
import { showToast } from '../shared/toast.ts';
import { openLightTable, type LightTable } from './light-table.ts';
import { mayDecide, TABS, type Tab } from './light-table-rules.ts';
import { Failure, Link, reasonOf, useConsole, useTitle } from './parts.tsx';
import { Filmstrip, Inspector, PhotoStage } from './photo-parts.tsx';

const TAB_WORDS = {
  pending: 'tabPending',
  approved: 'tabApproved',
  rejected: 'tabRejected',
  failed: 'tabFailed',
} as const;
const EMPTY_WORDS = {
  pending: ['emptyPending', 'emptyPendingText'],
  approved: ['emptyApproved', 'emptyApprovedText'],
  rejected: ['emptyRejected', 'emptyRejectedText'],
  failed: ['emptyFailed', 'emptyFailedText'],
} as const;

/** Loads the event first: an unknown address is told from an empty list. */
export function EventPage({ slug }: { slug: string }) {
  const { boot, session, t } = useConsole();
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
  return <Desk key={answer.data.event.id} event={answer.data.event} />;
}

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);

function Desk({ event }: { event: StaffEvent }) {
  const console = useConsole();
  const { session, t, role } = console;
  const [, redraw] = useReducer((n: number) => n + 1, 0);
  const held = useRef<LightTable | null>(null);
  const mayJudge = role !== 'viewer';

  useEffect(() => {
    const table = openLightTable({
      event: event.id,
      session,
      onChange: () => redraw(undefined as never),
      onDecided(to) {
        const words = to === 'approved' ? t('approvedToast') : t('rejectedToast');
        if (to !== 'pending') showToast(words, { label: t('undo'), run: () => void table.undo() });
      },
      onRefused: (refusal) => showToast(t('decideFailed', { reason: reasonOf(console, refusal) })),
    });
    held.current = table;
    redraw(undefined as never);
    return () => {
      held.current = null;
      table.close();
    };
  }, [event.id]);

  const decide = (to: Decision) => {
    const table = held.current;
    const id = table && table.table().selected;
    if (!table || !id) return;
    if (mayJudge) void table.decide(id, to);
    else showToast(t('viewerOnly'));
  };

  useEffect(() => {
    const onKey = (key: KeyboardEvent) => {
      const table = held.current;
      if (!table || isTyping(key.target) || key.metaKey || key.ctrlKey || key.altKey) return;
      const pressed = key.key.toLowerCase();
      if (pressed === 'a') decide('approved');
      else if (pressed === 'r') decide('rejected');
      else if (pressed === 'z') {
        if (table.undo()) showToast(t('undone'));
      } else if (pressed === 'arrowright' || pressed === 'arrowdown') table.move(1);
      else if (pressed === 'arrowleft' || pressed === 'arrowup') table.move(-1);
      else return;
      key.preventDefault();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [mayJudge]);

  const table = held.current;
  const state = table ? table.table() : null;
  const list = table ? table.list() : [];
  const tab: Tab = state ? state.tab : 'pending';
  const place = state ? list.findIndex((photo) => photo.id === state.selected) : -1;
  const photo = list[place];
  const failure = table && table.failure();
  const isLoaded = state !== null && state.cursors[tab] !== undefined;
  const [emptyTitle, emptyText] = EMPTY_WORDS[tab];
  const live = table ? table.live() : 'connecting';

  return (
    <main class="desk" id="main" tabIndex={-1}>
      <div class="desk-head">
        <Link class="small" to="/admin">
          ‹ {t('back')}
        </Link>
        <h1 dir="auto">{event.name}</h1>
        <p class="small">
          <span class={live === 'live' ? 'badge badge-good' : 'badge badge-wait'} role="status" data-live={live}>
            {live === 'live' ? t('live') : t('reconnecting')}
          </span>{' '}
          <a href={`/e/${event.slug}`}>{t('openGallery')}</a> · <a href={`/e/${event.slug}/wall`}>{t('openWall')}</a>
        </p>
      </div>
      {(live === 'offline' || live === 'refused') && <p class="notice notice-wait">{t('offline')}</p>}
      {!mayJudge && (
        <p class="notice" id="why-not">
          {t('viewerOnly')}
        </p>
      )}
      <div class="tabs" role="group" aria-label={t('strip')}>
        {TABS.map((name) => (
          <button
            key={name}
            type="button"
            class="tab"
            aria-pressed={tab === name}
            onClick={() => table && table.show(name)}
            data-tab={name}
          >
            {t(TAB_WORDS[name])}{' '}
            <span class="tab-count">{state && state.counts[name] !== undefined ? state.counts[name] : ' '}</span>
          </button>
        ))}
      </div>
      {failure && !isLoaded && <Failure refusal={failure} again={() => table && void table.reload()} />}
      {!failure && !isLoaded && <div class="skeleton desk-skeleton" aria-busy="true" />}
      {isLoaded && !photo && (
        <div class="empty">
          <h2>{t(emptyTitle)}</h2>
          <p class="quiet">{t(emptyText)}</p>
        </div>
      )}
      {photo && table && (
        <div class="table">
          <PhotoStage
            photo={photo}
            next={list[place + 1]}
            onSwipe={(to) => mayDecide(photo.status, to) && decide(to)}
          />
          <Inspector event={event} photo={photo} place={place} total={list.length} />
          <div class="decide">
            {(['rejected', 'approved'] as const).map((to) => (
              <button
                key={to}
                type="button"
                class={to === 'approved' ? 'button' : 'button button-bad'}
                aria-disabled={!mayJudge || !mayDecide(photo.status, to)}
                aria-describedby={mayJudge ? undefined : 'why-not'}
                onClick={() => decide(to)}
                data-decide={to}
              >
                {t(to === 'approved' ? 'approve' : 'reject')}
              </button>
            ))}
          </div>
          <Filmstrip list={list} selected={photo.id} onSelect={table.select}>
            {state && state.cursors[tab] && (
              <button type="button" class="button button-quiet button-small" onClick={() => void table.more()}>
                {t('loadMore')}
              </button>
            )}
          </Filmstrip>
        </div>
      )}
      <p class="keys quiet small">{t('keys')}</p>
    </main>
  );
}
