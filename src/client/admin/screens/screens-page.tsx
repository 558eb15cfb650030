import { useState } from 'preact/hooks';
import type { Screen } from '../../../contract/screens.ts';
import { Button } from '../../shared/ui/button.tsx';
import { Empty, Notice, Skeleton } from '../../shared/ui/states.tsx';
import { usePolled } from '../events/polling.ts';
import type { Page } from '../people/use-load.ts';
import { Failure, may, useConsole, useTitle } from '../shell/console.tsx';
import { ChangeDialog } from './settings/change-dialog.tsx';
import { pairAddress, PairDialog } from './settings/pair-dialog.tsx';
import { RemoveDialog } from './remove-dialog.tsx';
import { ScreenCard } from './screen-card.tsx';
import { codeIn } from './screen-rules.ts';
import './screens.css';
import './settings/settings.css';
import { usePlaces } from './use-places.ts';

const REFRESH_MS = 10_000;
const MOST = 200;

type Open = { what: 'pair'; code: string } | { what: 'change' | 'remove'; screen: Screen } | null;

/** Every screen of the account, and everything that can be done with one. */
export function ScreensPage() {
  const { boot, go, path, role, say } = useConsole();
  useTitle(`${say.screens('title')} · ${boot.tenant.name}`);
  const isAllowed = may(role, 'member');
  const given = codeIn(path);
  const { answer, isStale, again } = usePolled<Page<Screen>>(`/api/v1/screens?limit=${MOST}`, REFRESH_MS);
  const [open, setOpen] = useState<Open>(given !== null && isAllowed ? { what: 'pair', code: given } : null);
  const list = answer && answer.ok ? answer.data : null;
  const { places, refusal, again: placesAgain } = usePlaces(list ? list.items : []);
  const failed = answer && !answer.ok ? answer : refusal;
  const isThere = list !== null && places !== null;

  const close = () => {
    setOpen(null);
    // A code is used once: neither a reload nor the way back brings its dialog again.
    if (given !== null) go('/admin/screens', { replace: true });
  };
  const done = () => {
    close();
    again();
  };
  const siteOf = ({ siteId }: Screen): string | null => {
    const site = places && places.sites.find(({ id }) => id === siteId);
    return site ? site.name : null;
  };
  const pairButton = (
    <Button
      kind="main"
      disabledReason={isAllowed ? null : say.screens('viewerOnly')}
      onClick={() => setOpen({ what: 'pair', code: '' })}
    >
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
        {isThere && list.items.length > 0 && pairButton}
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
      {isStale && <Notice tone="wait">{say.shell('noConnection')}</Notice>}
      {isThere && list.items.length === 0 && (
        <Empty
          title={say.screens('firstTitle')}
          text={say.screens('firstText', { address: pairAddress() })}
          action={pairButton}
        />
      )}
      {isThere && list.items.length > 0 && (
        <ul class="screens">
          {list.items.map((screen) => (
            <ScreenCard
              key={screen.id}
              screen={screen}
              site={siteOf(screen)}
              onTold={again}
              onChange={() => setOpen({ what: 'change', screen })}
              onRemove={() => setOpen({ what: 'remove', screen })}
            />
          ))}
        </ul>
      )}
      {list && list.nextCursor && <p class="quiet">{say.screens('shownNewest', { count: MOST })}</p>}
      {places && open && open.what === 'pair' && (
        <PairDialog code={open.code} places={places} onPaired={done} onClose={close} />
      )}
      {places && open && open.what === 'change' && (
        <ChangeDialog screen={open.screen} places={places} onChanged={done} onClose={close} />
      )}
      {open && open.what === 'remove' && <RemoveDialog screen={open.screen} onRemoved={done} onClose={close} />}
    </main>
  );
}
