import { useEffect, useRef, useState } from 'preact/hooks';
import type { KioskLink } from '../../../contract/kiosk-links.ts';
import type { Screen } from '../../../contract/screens.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Empty, Notice, Skeleton } from '../../shared/ui/states.tsx';
import { useLoad } from '../people/use-load.ts';
import { Failure, may, useConsole, useTitle } from '../shell/console.tsx';
import { CheckDialog } from './check/check-dialog.tsx';
import { roundOf, standing, type Round } from './check/check-rules.ts';
import { RoundNotice } from './check/round-notice.tsx';
import { OpenLinks } from './links/open-links.tsx';
import { useLiveScreens } from './live/use-live-screens.ts';
import { RemoveDialog } from './remove-dialog.tsx';
import { ScreenCard } from './screen-card.tsx';
import { codeIn, filterIn, isShown } from './screen-rules.ts';
import { ScreensBar } from './screens-bar.tsx';
import './screens.css';
import { ChangeDialog } from './settings/change-dialog.tsx';
import { pairAddress, PairDialog } from './settings/pair-dialog.tsx';
import './settings/settings.css';
import { usePlaces } from './use-places.ts';
import { useTell } from './use-tell.ts';

const MOST = 200;
/** While a link waits to be opened, somebody stands at a device and waits as well. */
const LINKS_MS = 8_000;

type Open = { what: 'pair'; code: string } | { what: 'change' | 'remove' | 'check'; screen: Screen } | null;

/** Every screen of the account, live, and everything that can be done with one or with all. */
export function ScreensPage() {
  const { boot, go, path, role, say } = useConsole();
  useTitle(`${say.screens('title')} · ${boot.tenant.name}`);
  const isAllowed = may(role, 'member');
  const notMine = isAllowed ? null : say.screens('viewerOnly');
  const given = codeIn(path);
  const { answer, screens, isStale, polled, again } = useLiveScreens(`/api/v1/screens?limit=${MOST}`);
  const { places, refusal, again: placesAgain } = usePlaces(screens);
  const links = useLoad<{ items: KioskLink[] }>('/api/v1/screens/links');
  const waiting = links.data ? links.data.items.length : 0;
  useEffect(() => {
    if (waiting === 0) return;
    const timer = setInterval(() => {
      if (document.hidden) return;
      void links.load();
    }, LINKS_MS);
    return () => clearInterval(timer);
  }, [waiting]);
  const waited = useRef(0);
  useEffect(() => {
    // One that was opened has become a screen.
    if (waiting < waited.current) again();
    waited.current = waiting;
  }, [waiting]);
  const tell = useTell(again);
  const [open, setOpen] = useState<Open>(given !== null && isAllowed ? { what: 'pair', code: given } : null);
  const [filter, setFilter] = useState(() => filterIn(path));
  const [round, setRound] = useState<Round | null>(null);
  const [single, setSingle] = useState<Round>({});
  const list = answer && answer.ok ? answer.data : null;
  const failed = answer && !answer.ok ? answer : refusal;
  const isThere = list !== null && places !== null;
  const shown = screens.filter((screen) => isShown(screen, filter));

  const close = () => {
    setOpen(null);
    // A code is used once: neither a reload nor the way back brings its dialog again.
    if (given !== null) go('/admin/screens', { replace: true });
  };
  const done = () => {
    close();
    again();
  };
  const checkOne = async (screen: Screen) => {
    setSingle(roundOf([screen]));
    if ((await tell([screen], 'preflight', true)).length === 0) setSingle({});
  };
  const checkAll = async () => {
    const before = roundOf(shown);
    const asked = await tell(shown, 'preflight', true);
    const asking: Record<string, string> = {};
    for (const { id } of asked) asking[id] = before[id] || '';
    setRound(asked.length > 0 ? asking : null);
  };
  const siteOf = ({ siteId }: Screen): string | null => {
    const site = places && places.sites.find(({ id }) => id === siteId);
    return site ? site.name : null;
  };
  const current = open && open.what !== 'pair' ? screens.find(({ id }) => id === open.screen.id) || open.screen : null;
  const pairButton = (
    <Button kind="main" disabledReason={notMine} onClick={() => setOpen({ what: 'pair', code: '' })}>
      {say.screens('pair')}
    </Button>
  );

  return (
    <main class="page" id="main" tabIndex={-1}>
      <div class="page-head">
        <div>
          <h1>{say.screens('title')}</h1>
          <p class="quiet">{say.screens('text')}</p>
        </div>
        {isThere && screens.length > 0 && pairButton}
      </div>
      {failed && !isThere && (
        <Failure
          refusal={failed}
          again={() => {
            again();
            placesAgain();
          }}
        />
      )}
      {!failed && !isThere && <Skeleton height="196px" />}
      {isThere && screens.length === 0 && (
        <Empty
          title={say.screens('firstTitle')}
          text={say.screens('firstText', { address: pairAddress() })}
          action={pairButton}
        />
      )}
      {isThere && screens.length > 0 && (
        <>
          <ScreensBar
            filter={filter}
            onFilter={setFilter}
            screens={screens}
            places={places}
            disabledReason={notMine}
            onCheck={() => void checkAll()}
            onTell={(command) => void tell(shown, command)}
          />
          {isStale && <Notice tone="wait">{say.shell('noConnection')}</Notice>}
          {!isStale && polled && (
            <p class="quiet small screens-polled" role="status">
              {say.screens(polled === 'blocked' ? 'linesBlocked' : 'linesMany')}
            </p>
          )}
          {round && <RoundNotice now={standing(round, screens)} onClose={() => setRound(null)} />}
          {shown.length === 0 && (
            <Empty
              title={say.screens('noneHere')}
              text={say.screens('noneHereText')}
              action={<Button onClick={() => setFilter({ event: '', site: '' })}>{say.screens('showAll')}</Button>}
            />
          )}
          <ul class="screens">
            {shown.map((screen) => (
              <ScreenCard
                key={screen.id}
                screen={screen}
                site={siteOf(screen)}
                onTold={again}
                onChange={() => setOpen({ what: 'change', screen })}
                onRemove={() => setOpen({ what: 'remove', screen })}
                onCheck={() => setOpen({ what: 'check', screen })}
                onCheckNow={() => {
                  setOpen({ what: 'check', screen });
                  void checkOne(screen);
                }}
              />
            ))}
          </ul>
        </>
      )}
      {isThere && links.data && (
        <OpenLinks links={links.data.items} disabledReason={notMine} onChanged={() => void links.load()} />
      )}
      {list && list.nextCursor && <p class="quiet">{say.screens('shownNewest', { count: MOST })}</p>}
      {places && open && open.what === 'pair' && (
        <PairDialog
          code={open.code}
          places={places}
          onPaired={done}
          onLinked={() => void links.load()}
          onClose={close}
        />
      )}
      {places && open && open.what === 'change' && (
        <ChangeDialog screen={open.screen} places={places} onChanged={done} onClose={close} />
      )}
      {open && open.what === 'remove' && <RemoveDialog screen={open.screen} onRemoved={done} onClose={close} />}
      {open && open.what === 'check' && current && (
        <CheckDialog
          screen={current}
          isWaiting={current.id in single && standing(single, [current]).done === 0}
          disabledReason={notMine || (current.status === 'online' ? null : say.screens('isOffline'))}
          onAsk={() => void checkOne(current)}
          onClose={close}
        />
      )}
    </main>
  );
}
