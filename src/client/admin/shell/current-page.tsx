import type { ComponentChildren, ComponentType } from 'preact';
import { useEffect, useLayoutEffect, useReducer, useRef, useState } from 'preact/hooks';
import { Link, useConsole, useTitle } from './console.tsx';
import { EventFrame, type HeldEvent } from './event-frame.tsx';
import { PageSkeleton } from './page-skeleton.tsx';
import { loadPage, pageComponent } from './page-files.ts';
import type { EventPageProps, findPage, PageProps } from './pages.ts';

/** Says that the page is there, once it is: its heading can then be read. */
function Arrived({ tell }: { tell: () => void }) {
  useEffect(tell, []);
  return null;
}

function Plain({ title, children }: { title: string; children: ComponentChildren }) {
  const { boot } = useConsole();
  useTitle(`${title} · ${boot.tenant.name}`);
  return (
    <main class="page" id="main" tabIndex={-1}>
      <div class="empty">
        <h1>{title}</h1>
        {children}
      </div>
    </main>
  );
}

function NoSuchPage() {
  const { say, t } = useConsole();
  return (
    <Plain title={t('pageNotFound')}>
      <p class="quiet">{say.shell('pageNotFoundText')}</p>
      <Link class="button" to="/admin">
        {t('back')}
      </Link>
    </Plain>
  );
}

interface Props {
  found: ReturnType<typeof findPage>;
  held: HeldEvent;
  /** called when the page of this address stands, with what had the focus when it was asked for */
  onArrived: (from: Element | null) => void;
}

/** The page of the address, once its file is there. */
export function CurrentPage({ found, held, onArrived }: Props) {
  const { say, t } = useConsole();
  const [failed, setFailed] = useState<{ path: string; times: number } | null>(null);
  const [, redraw] = useReducer((n: number) => n + 1, 0);
  const page = found && found.page;
  const component = page && pageComponent(page);
  const hasFailed = failed !== null && page !== null && failed.path === page.path;
  const load = () => {
    if (!page) return;
    loadPage(page).then(
      () => {
        setFailed(null);
        redraw(undefined as never);
      },
      () => setFailed((before) => ({ path: page.path, times: before ? before.times + 1 : 1 })),
    );
  };
  useEffect(() => {
    if (!component) load();
  }, [page && page.path]);

  // A browser may remember that a file could not be had; only a new document forgets it.
  const again = () => (failed && failed.times > 1 ? location.reload() : load());
  const address = page ? `${page.path} ${JSON.stringify(found.params)}` : 'none';
  const from = useRef<Element | null>(null);
  useLayoutEffect(() => {
    from.current = document.activeElement;
  }, [address]);
  const arrived = <Arrived key={address} tell={() => onArrived(from.current)} />;
  if (!page) {
    return (
      <>
        <NoSuchPage />
        {arrived}
      </>
    );
  }
  if (!component && hasFailed) {
    return (
      <>
        <Plain title={t('loadFailed')}>
          <p class="quiet" role="alert">
            {say.shell('fileFailed')}
          </p>
          <button type="button" class="button" onClick={again}>
            {t('tryAgain')}
          </button>
        </Plain>
        {arrived}
      </>
    );
  }
  if (!component) return <PageSkeleton />;
  if (page.in === 'event') {
    return (
      <EventFrame params={found.params} held={held} Page={component as ComponentType<EventPageProps>}>
        {arrived}
      </EventFrame>
    );
  }
  const Page = component as ComponentType<PageProps>;
  return (
    <>
      <Page key={page.path} params={found.params} />
      {arrived}
    </>
  );
}
