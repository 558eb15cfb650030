import { useState } from 'preact/hooks';
import { Button } from '../../../shared/ui/button.tsx';
import { useConsole } from '../../shell/console.tsx';
import type { Actions } from '../table/actions.ts';
import { mayDecide, TABS, type AlbumName, type Tab } from '../table/desk-photo.ts';
import type { Desk } from '../table/use-table.ts';
import { isFiltered } from '../table/view-rules.ts';
import { Conflicts, HeldBanner, HoldDialog, LiveState, Presence } from './banners.tsx';
import { BulkBar } from './bulk-bar.tsx';
import { FilterBar } from './filter-bar.tsx';
import { Filmstrip } from './filmstrip.tsx';
import { Inspector } from './inspector.tsx';
import { Key } from './parts.tsx';
import { Stage } from './stage.tsx';
import { useDeskKeys } from './use-desk-keys.ts';

export interface ViewProps {
  desk: Desk;
  actions: Actions;
  albums: readonly AlbumName[];
}

export const TAB_WORDS = {
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

/** Numbers that fit beside a word. */
const numberOf = (locale: string, count: number | undefined) =>
  count === undefined ? ' ' : new Intl.NumberFormat(locale).format(count);

export function DeskTabs({ desk }: { desk: Desk }) {
  const { boot, say } = useConsole();
  const { tab, filters } = desk.table.view();
  const counts = desk.table.counts();
  return (
    <div class="desk-tabs" role="group" aria-label={say.desk('tabs')}>
      {TABS.map((name: Tab) => (
        <button
          key={name}
          type="button"
          class="desk-tab"
          aria-pressed={tab === name}
          onClick={() => desk.show({ tab: name, filters })}
          data-tab={name}
        >
          {say.desk(TAB_WORDS[name])}{' '}
          <span class="tab-count">{numberOf(boot.locale, counts ? counts[name] || 0 : undefined)}</span>
        </button>
      ))}
    </div>
  );
}

/** What stands in the place of photos where there are none. */
export function NoPhotos({ desk }: { desk: Desk }) {
  const { say } = useConsole();
  const d = say.desk;
  const { table } = desk;
  const view = table.view();
  const { cursor } = table.list();
  if (cursor === undefined) return <div class="skeleton desk-skeleton" aria-busy="true" />;
  if (isFiltered(view)) {
    return (
      <div class="empty">
        <h2>{d('emptyFilter')}</h2>
        <Button onClick={() => desk.show({ tab: view.tab, filters: {} })}>{d('clearFilters')}</Button>
      </div>
    );
  }
  const [title, text] = EMPTY_WORDS[view.tab];
  return (
    <div class="empty">
      <h2>{d(title)}</h2>
      <p class="quiet">{d(text)}</p>
    </div>
  );
}

/** The light table: the photo, all that is known of it, and the line it stands in. */
export function DeskView({ desk, actions, albums }: ViewProps) {
  const { boot, say } = useConsole();
  const d = say.desk;
  const [isZoomed, setZoomed] = useState(false);
  const [isHolding, setHolding] = useState(false);
  const { table, event, mayJudge } = desk;
  const photo = table.photo(table.current());
  const place = table.currentPlace();
  const why = mayJudge ? null : d('viewerOnly');
  const hold = () => (event.held ? void actions.release() : setHolding(true));
  useDeskKeys(desk, { zoom: () => setZoomed(!isZoomed), hold, actions });
  const { cursor, ids } = table.list();
  const counts = table.counts();
  const total = isFiltered(table.view()) || !counts ? ids.length : counts[table.view().tab] || ids.length;

  return (
    <main class="desk" id="main" tabIndex={-1}>
      <p class="said" role="status">
        {desk.said}
      </p>
      <header class="desk-head">
        <h1 class="said">{`${d('title')} · ${event.name}`}</h1>
        <DeskTabs desk={desk} />
        <FilterBar desk={desk} photo={photo} albums={albums} />
        <span class="desk-state">
          <Presence desk={desk} />
          <LiveState desk={desk} />
          {!event.held && (
            <Button size="small" kind="bad" disabledReason={why} onClick={() => setHolding(true)} data-hold>
              {d('hold')}
            </Button>
          )}
        </span>
      </header>
      <div class="desk-notices">
        <HeldBanner desk={desk} actions={actions} />
        {!mayJudge && (
          <p class="notice" id="why-not">
            {d('viewerOnly')}
          </p>
        )}
        <Conflicts desk={desk} />
      </div>
      {!photo && <NoPhotos desk={desk} />}
      {photo && (
        <>
          <div class="desk-work">
            <div class="desk-stage">
              <Stage desk={desk} photo={photo} isZoomed={isZoomed} onZoom={() => setZoomed(!isZoomed)} />
              <BulkBar desk={desk} actions={actions} albums={albums} />
            </div>
            <aside class="inspector" aria-label={d('details')}>
              <p class="inspector-place quiet small" data-total={total} data-place={place + 1}>
                {d('position', {
                  index: numberOf(boot.locale, place + 1),
                  total: numberOf(boot.locale, cursor === null ? ids.length : Math.max(total, ids.length)),
                })}
              </p>
              <Inspector desk={desk} photo={photo} actions={actions} albums={albums} />
              <div class="decide">
                {(['rejected', 'approved'] as const).map((to) => (
                  <button
                    key={to}
                    type="button"
                    class={to === 'approved' ? 'button' : 'button button-bad'}
                    aria-disabled={!mayJudge || !mayDecide(photo.status, to)}
                    aria-describedby={mayJudge ? undefined : 'why-not'}
                    onClick={() => desk.decide(to)}
                    data-decide={to}
                  >
                    {d(to === 'approved' ? 'approve' : 'reject')} <Key>{to === 'approved' ? 'A' : 'R'}</Key>
                  </button>
                ))}
                <Button
                  kind="bare"
                  class="decide-undo"
                  disabledReason={table.canUndo() ? null : d('nothingToUndo')}
                  onClick={desk.undo}
                  data-undo
                >
                  {d('undo')} <Key>Z</Key>
                </Button>
              </div>
            </aside>
          </div>
          <Filmstrip desk={desk} />
        </>
      )}
      {isHolding && <HoldDialog actions={actions} onClose={() => setHolding(false)} />}
    </main>
  );
}
