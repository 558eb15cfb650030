import { useEffect, useReducer, useRef } from 'preact/hooks';
import type { Decision } from '../../../contract/photos.ts';
import { showToast } from '../../shared/toast.ts';
import { openLightTable, type LightTable } from './light-table.ts';
import { mayDecide, TABS, type Tab } from './light-table-rules.ts';
import { Failure, Link, may, reasonOf, useConsole, useTitle } from '../shell/console.tsx';
import type { EventPageProps } from '../shell/pages.ts';
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

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);

export function DeskPage({ event }: EventPageProps) {
  const console = useConsole();
  const { boot, session, t, role } = console;
  const [, redraw] = useReducer((n: number) => n + 1, 0);
  const held = useRef<LightTable | null>(null);
  const mayJudge = may(role, 'moderator');
  useTitle(`${event.name} · ${boot.tenant.name}`);

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
