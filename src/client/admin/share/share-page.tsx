import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { useConsole, useTitle } from '../shell/console.tsx';
import type { EventPageProps } from '../shell/pages.ts';
import { CodeSection } from './code-section.tsx';
import type { PrintPanelProps } from './print/print-panel.tsx';
import './share.css';
import { TablesSection } from './tables-section.tsx';
import { useTables } from './use-tables.ts';

/** Cards and posters are a file of their own: whoever only shows the code does not wait for them. */
function Printing({ isReady, ...props }: PrintPanelProps & { isReady: boolean }) {
  const { t } = useConsole();
  const [Panel, setPanel] = useState<ComponentType<PrintPanelProps> | null>(null);
  const [isFailed, setFailed] = useState(false);
  const load = () => {
    setFailed(false);
    import('./print/print-panel.tsx').then(
      (module) => setPanel(() => module.PrintPanel),
      () => setFailed(true),
    );
  };
  useEffect(load, []);
  // Cards for everybody where there are tables after all would be printed, and laid out.
  if (Panel && isReady) return <Panel {...props} />;
  if (!isFailed) return <div class="skeleton share-skeleton" aria-busy="true" aria-label={t('loading')} />;
  return (
    <div class="empty" role="alert">
      <p>{t('loadFailed')}</p>
      <button type="button" class="button" onClick={load}>
        {t('tryAgain')}
      </button>
    </div>
  );
}

/** How guests get in: the code on screen, as a file and on paper, for everybody and for each table. */
export function SharePage({ event }: EventPageProps) {
  const { boot, session, say } = useConsole();
  useTitle(`${say.share('title')} · ${event.name} · ${boot.tenant.name}`);
  const tables = useTables(session, event.id);
  const [chosen, setChosen] = useState('');
  const show = (code: string) => {
    setChosen(code);
    window.scrollTo(0, 0);
  };
  return (
    <main class="page share" id="main" tabIndex={-1}>
      <h1>{say.share('title')}</h1>
      <CodeSection event={event} rows={tables.rows} chosen={chosen} onChoose={setChosen} />
      <Printing event={event} rows={tables.rows} isReady={tables.answer !== null} />
      <TablesSection slug={event.slug} tables={tables} onShow={show} />
    </main>
  );
}
