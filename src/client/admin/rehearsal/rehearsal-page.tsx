import type { RehearsalList } from '../../../contract/rehearsals.ts';
import { eventPath } from '../../shared/api.ts';
import { Empty, Notice, Skeleton } from '../../shared/ui/states.tsx';
import { usePolled } from '../events/polling.ts';
import { Failure, useConsole, useTitle } from '../shell/console.tsx';
import type { EventPageProps } from '../shell/pages.ts';
import { LinkButton } from '../shell/ui.tsx';
import { Earlier, LastResult } from './past.tsx';
import { isUnderWay } from './rehearsal-rules.ts';
import './rehearsal.css';
import { StartPanel } from './start-panel.tsx';
import { UnderWay } from './under-way.tsx';

const REFRESH_MS = 2_000;

/** Pretend guests on the real screens, before the real ones come. */
export function RehearsalPage({ event }: EventPageProps) {
  const { boot, say } = useConsole();
  useTitle(`${say.rehearsal('title')} · ${event.name} · ${boot.tenant.name}`);
  const { answer, again, isStale } = usePolled<RehearsalList>(eventPath(event.id, '/rehearsals'), REFRESH_MS);
  const list = answer && answer.ok ? answer.data : null;
  const running = (list && list.items.find(isUnderWay)) || null;
  const [last, ...earlier] = list ? list.items.filter((one) => !isUnderWay(one)) : [];
  return (
    <main class="page rehearsal" id="main" tabIndex={-1} aria-busy={!answer}>
      <div class="page-head">
        <div>
          <h1>{say.rehearsal('title')}</h1>
          <p class="quiet">{say.rehearsal('text')}</p>
        </div>
      </div>
      {answer && !answer.ok && <Failure refusal={answer} again={again} />}
      {!answer && <Skeleton height="240px" />}
      {isStale && <Notice tone="wait">{say.shell('noConnection')}</Notice>}
      {list && (
        <div class="stack">
          {running && <UnderWay event={event} rehearsal={running} again={again} />}
          {!running && list.screens > 0 && <StartPanel event={event} screens={list.screens} onStarted={again} />}
          {!running && list.screens === 0 && (
            <Empty
              title={say.rehearsal('noScreens')}
              text={say.rehearsal('noScreensText')}
              action={
                <LinkButton kind="main" to="/admin/screens">
                  {say.rehearsal('toScreens')}
                </LinkButton>
              }
            />
          )}
          {last && <LastResult event={event} rehearsal={last} />}
          {earlier.length > 0 && <Earlier event={event} rehearsals={earlier} />}
        </div>
      )}
    </main>
  );
}
