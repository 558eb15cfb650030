import { render, type ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import './admin.css';
import './shell/shell.css';
import type { AdminBoot } from '../../contract/boot.ts';
import { byId, readBoot } from '../shared/boot.ts';
import { ConsoleContext, Link, type Console } from './shell/console.tsx';
import { EventFrame, useEvent, type HeldEvent } from './shell/event-frame.tsx';
import { Frame } from './shell/frame.tsx';
import { findPage, type EventPageProps, type PageProps } from './shell/pages.ts';
import { openSession, type SignIn } from './shell/session.ts';
import { SignInPage } from './shell/sign-in.tsx';
import { readSay } from './shell/words.ts';

const boot = readBoot<AdminBoot>();
const say = readSay(boot.locale);
const t = say.admin;
let report: (state: SignIn) => void = () => {};
const session = openSession((state) => report(state));

const here = () => location.pathname + location.search;

type Loaded =
  { path: string; Page: ComponentType<PageProps> | ComponentType<EventPageProps> } | { path: string; failed: true };

/** The page of the address, once its file is there. */
function CurrentPage({ found, held }: { found: ReturnType<typeof findPage>; held: HeldEvent }) {
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const pattern = found ? found.page.path : '';
  const load = () => {
    if (!found) return;
    found.page.load().then(
      (Page) => setLoaded({ path: pattern, Page }),
      () => setLoaded({ path: pattern, failed: true }),
    );
  };
  useEffect(load, [pattern]);
  if (!found) {
    return (
      <main class="page" id="main" tabIndex={-1}>
        <div class="empty">
          <h2>{t('pageNotFound')}</h2>
          <Link class="button" to="/admin">
            {t('back')}
          </Link>
        </div>
      </main>
    );
  }
  if (!loaded || loaded.path !== pattern) return <main class="page" id="main" tabIndex={-1} aria-busy="true" />;
  if (!('Page' in loaded)) {
    return (
      <main class="page" id="main" tabIndex={-1}>
        <div class="empty" role="alert">
          <h2>{t('loadFailed')}</h2>
          <button type="button" class="button" onClick={load}>
            {t('tryAgain')}
          </button>
        </div>
      </main>
    );
  }
  if (found.page.in === 'event') {
    return <EventFrame params={found.params} held={held} Page={loaded.Page as ComponentType<EventPageProps>} />;
  }
  const Page = loaded.Page as ComponentType<PageProps>;
  return <Page params={found.params} />;
}

function App() {
  const [state, setState] = useState<SignIn>({ kind: 'starting' });
  const [path, setPath] = useState(here());
  report = setState;

  useEffect(() => {
    void session.refresh();
    const back = () => setPath(here());
    window.addEventListener('popstate', back);
    return () => window.removeEventListener('popstate', back);
  }, []);

  const found = findPage(path);
  const eventRef = state.kind === 'in' && found && found.page.in === 'event' ? found.params['event'] || null : null;
  const held = useEvent(session, eventRef);
  const helps = state.kind === 'in' ? state.event : null;
  const isAstray = helps !== null && path.split('?')[0] === '/admin';

  // A helper has no list of events: there is one, and its photos are what the grant is for.
  useEffect(() => {
    if (helps && isAstray) console.go(`/admin/events/${helps.slug}/photos`, { replace: true });
  }, [isAstray]);

  // A new page is announced and read from its top, as if it had been loaded.
  const place = `${path.split('?')[0]} ${state.kind}`;
  useEffect(() => {
    const main = byId('main');
    if (main) main.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }, [place]);

  const console: Console = {
    boot,
    t,
    say,
    session,
    user: state.kind === 'in' ? state.user : null,
    role: state.kind === 'in' ? state.role : null,
    helps,
    path,
    go(to, { replace = false } = {}) {
      if (replace) history.replaceState(null, '', to);
      else history.pushState(null, '', to);
      setPath(here());
    },
  };

  return (
    <ConsoleContext.Provider value={console}>
      {state.kind === 'starting' && <div class="events" aria-busy="true" aria-label={t('loading')} />}
      {state.kind === 'offline' && (
        <div class="empty" role="alert">
          <h2>{t('loadFailed')}</h2>
          <p class="quiet">{t('offline')}</p>
          <button type="button" class="button" onClick={() => void session.refresh()}>
            {t('tryAgain')}
          </button>
        </div>
      )}
      {state.kind === 'out' && <SignInPage wasIn={state.wasIn} />}
      {state.kind === 'in' && (
        <Frame
          page={found && found.page}
          eventRef={eventRef}
          event={held.answer && held.answer.ok ? held.answer.data.event : null}
        >
          {!isAstray && <CurrentPage found={found} held={held} />}
        </Frame>
      )}
      <div class="toasts" id="toasts" role="status" />
    </ConsoleContext.Provider>
  );
}

const host = byId('app');
if (host) render(<App />, host);
