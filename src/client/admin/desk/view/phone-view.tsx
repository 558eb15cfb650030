import { useEffect, useRef, useState } from 'preact/hooks';
import { Button } from '../../../shared/ui/button.tsx';
import { Icon } from '../../../shared/ui/icon.tsx';
import { Menu } from '../../../shared/ui/menu.tsx';
import { Link, useConsole } from '../../shell/console.tsx';
import { useShell } from '../../shell/use-shell.ts';
import { Sheet } from '../../shell/ui.tsx';
import { mayDecide, TABS, type DeskPhoto } from '../table/desk-photo.ts';
import { isFiltered } from '../table/view-rules.ts';
import { Conflicts, HeldBanner, HoldDialog, LiveState, Presence } from './banners.tsx';
import { NoPhotos, TAB_WORDS, type ViewProps } from './desk-view.tsx';
import { FilterBar } from './filter-bar.tsx';
import { Inspector } from './inspector.tsx';
import { ago, decodeAhead, isolated, placeholderOf } from './parts.tsx';
import { MovingBadge, Picture } from './picture.tsx';
import { LitMark, useLight } from '../spotlight/light.tsx';
import { flyOut, followFinger } from './swipe-card.ts';
import { useDeskKeys } from './use-desk-keys.ts';

const AHEAD = 3;

/** One photo fills the screen; the thumb decides. Approving lies towards the end of the line one reads. */
export function PhoneView({ desk, actions, albums }: ViewProps) {
  const { boot, role, go, say } = useConsole();
  const d = say.desk;
  const [isOpen, setOpen] = useState(false);
  const [isHolding, setHolding] = useState(false);
  const deck = useRef<HTMLDivElement>(null);
  const tint = useRef<HTMLDivElement>(null);
  const { table, event, mayJudge } = desk;
  const photo = table.photo(table.current());
  const view = table.view();
  const { ids } = table.list();
  const counts = table.counts();
  const left = counts && !isFiltered(view) ? counts[view.tab] || 0 : ids.length;
  const isRtl = document.documentElement.dir === 'rtl';
  const why = mayJudge ? null : d('viewerOnly');
  const latest = useRef({ desk, photo });
  latest.current = { desk, photo };

  useShell({ immersive: true });
  useDeskKeys(desk, {
    actions,
    zoom: () => setOpen(!isOpen),
    hold: () => (event.held ? void actions.release() : setHolding(true)),
  });

  const light = useLight(desk, photo, actions);

  const decide = (to: 'approved' | 'rejected', isSwiped = false) => {
    const now = latest.current;
    if (!now.photo || !mayDecide(now.photo.status, to)) return;
    const isEnd = to === 'approved';
    if (mayJudge && !isSwiped && deck.current) flyOut(deck.current, isEnd !== isRtl ? 1 : -1);
    now.desk.decide(to);
  };

  useEffect(() => {
    if (!deck.current) return;
    return followFinger(deck.current, () => ({
      isRtl,
      may: (to) => {
        const now = latest.current;
        return (
          now.desk.mayJudge &&
          now.photo !== undefined &&
          mayDecide(now.photo.status, to === 'end' ? 'approved' : 'rejected')
        );
      },
      onMove(share) {
        if (!tint.current) return;
        tint.current.style.opacity = String(Math.abs(share));
        tint.current.setAttribute('data-way', share > 0 ? 'approved' : share < 0 ? 'rejected' : 'none');
      },
      onDecide: (to) => decide(to === 'end' ? 'approved' : 'rejected', true),
      onUp: () => setOpen(true),
    }));
  }, [photo === undefined]);

  useEffect(() => {
    if (!photo) return;
    const place = table.place(photo.id);
    const next: (DeskPhoto | undefined)[] = [];
    for (let step = 1; step <= AHEAD; step++) next.push(table.photo(ids[place + step] || null));
    decodeAhead(next, false);
  }, [photo && photo.id, ids.length]);

  const placeholder = photo && placeholderOf(photo);
  const holder = photo && table.holder(photo.id);
  const name = (photo && photo.by) || d('unnamed');
  const home = role === 'moderator' ? null : `/admin/events/${event.slug}`;

  return (
    <main class="desk phone-desk" id="main" tabIndex={-1}>
      <h1 class="said">{`${d('title')} · ${event.name}`}</h1>
      <p class="said" role="status">
        {desk.said}
      </p>
      <header class="phone-head">
        {home ? (
          <Link class="button button-bare button-icon" to={home} label={d('leave')}>
            <Icon name="back" />
          </Link>
        ) : (
          <span />
        )}
        <Menu
          label={d('tabs')}
          size="normal"
          items={TABS.map((tab) => ({
            label: `${d(TAB_WORDS[tab])} ${counts ? counts[tab] || 0 : ''}`,
            run: () => desk.show({ tab, filters: view.filters }),
          }))}
        >
          <span data-tab={view.tab}>
            {d(TAB_WORDS[view.tab])}{' '}
            <span class="tab-count">
              {counts || ids.length ? new Intl.NumberFormat(boot.locale).format(left) : ' '}
            </span>
          </span>
          <Icon name="down" />
        </Menu>
        <span class="phone-state">
          <Presence desk={desk} />
          <LiveState desk={desk} />
        </span>
        <Menu
          label={d('more')}
          size="normal"
          items={[
            { label: d('details'), run: () => setOpen(true) },
            { label: light.label, run: light.run, disabledReason: light.disabledReason },
            { label: d('toReports'), run: () => go(`/admin/events/${event.slug}/reports`) },
            event.held
              ? {
                  label: d('release'),
                  run: () => void actions.release(),
                  disabledReason: why || (event.stage.panic ? say.codes('event.panic') : null),
                }
              : { label: d('hold'), kind: 'bad' as const, run: () => setHolding(true), disabledReason: why },
          ]}
        />
      </header>
      <div class="phone-notices">
        <HeldBanner desk={desk} actions={actions} />
        {!mayJudge && (
          <p class="notice" id="why-not">
            {d('viewerOnly')}
          </p>
        )}
        {isFiltered(view) && <FilterBar desk={desk} photo={photo} albums={albums} />}
        <Conflicts desk={desk} />
      </div>
      {!photo && <NoPhotos desk={desk} />}
      {photo && (
        <>
          <div class="deck stage" ref={deck}>
            <figure
              class="card"
              key={photo.id}
              style={{ backgroundImage: placeholder ? `url(${placeholder})` : 'none' }}
            >
              <Picture photo={photo} isDesk={false} />
              <MovingBadge photo={photo} />
              <LitMark desk={desk} photo={photo} />
            </figure>
            <div class="deck-tint" ref={tint} aria-hidden="true" data-way="none">
              <span class="deck-approve">{d('approve')}</span>
              <span class="deck-reject">{d('reject')}</span>
            </div>
          </div>
          <button type="button" class="phone-about" onClick={() => setOpen(true)} aria-haspopup="dialog">
            <span class="phone-about-words">
              {holder ? (
                <strong>{d('heldBy', { name: isolated(holder.name) })}</strong>
              ) : (
                <strong>
                  <bdi>{photo.caption || name}</bdi>
                </strong>
              )}
              <span class="small">
                {photo.caption && (
                  <>
                    <bdi>{name}</bdi> ·{' '}
                  </>
                )}
                {ago(boot.locale, photo.createdAt)}
                {photo.reports ? ` · ${d('reportedTimes', { count: photo.reports })}` : ''}
              </span>
            </span>
            <Icon name="info" />
            <span class="said">{d('details')}</span>
          </button>
        </>
      )}
      <div class="phone-decide">
        <button
          type="button"
          class="thumb thumb-reject"
          aria-disabled={!mayJudge || !photo || !mayDecide(photo.status, 'rejected')}
          aria-describedby={mayJudge ? undefined : 'why-not'}
          onClick={() => decide('rejected')}
          data-decide="rejected"
        >
          <Icon name="close" />
          {d('reject')}
        </button>
        <Button
          kind="bare"
          class="thumb-undo"
          aria-label={d('undo')}
          disabledReason={table.canUndo() ? null : d('nothingToUndo')}
          onClick={desk.undo}
          data-undo
        >
          <Icon name="undo" />
        </Button>
        <button
          type="button"
          class="thumb thumb-approve"
          aria-disabled={!mayJudge || !photo || !mayDecide(photo.status, 'approved')}
          aria-describedby={mayJudge ? undefined : 'why-not'}
          onClick={() => decide('approved')}
          data-decide="approved"
        >
          <Icon name="check" />
          {d('approve')}
        </button>
      </div>
      {isOpen && photo && (
        <Sheet title={d('details')} onClose={() => setOpen(false)}>
          <div class="inspector">
            <Inspector desk={desk} photo={photo} actions={actions} albums={albums} />
          </div>
        </Sheet>
      )}
      {isHolding && <HoldDialog actions={actions} onClose={() => setHolding(false)} />}
    </main>
  );
}
