import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import './admin.css';
import type { AdminBoot } from '../../contract/boot.ts';
import { admin, translator } from '../../contract/messages/index.ts';
import { byId, readBoot } from '../shared/boot.ts';
import { EventPage } from './event.tsx';
import { EventsPage } from './events.tsx';
import { ConsoleContext, Link, type Console } from './parts.tsx';
import { openSession, type SignIn } from './session.ts';
import { SignInPage } from './sign-in.tsx';

const boot = readBoot<AdminBoot>();
const t = translator(boot.locale, admin);
let report: (state: SignIn) => void = () => {};
const session = openSession((state) => report(state));

const slugOf = (path: string): string | null => {
  const found = /^\/admin\/events\/([^/]+)\/?$/.exec(path);
  return found && found[1] ? decodeURIComponent(found[1]) : null;
};

function App() {
  const [state, setState] = useState<SignIn>({ kind: 'starting' });
  const [path, setPath] = useState(location.pathname);
  report = setState;

  useEffect(() => {
    void session.refresh();
    const back = () => setPath(location.pathname);
    window.addEventListener('popstate', back);
    return () => window.removeEventListener('popstate', back);
  }, []);

  // A new page is announced and read from its top, as if it had been loaded.
  const place = `${path} ${state.kind}`;
  useEffect(() => {
    const main = byId('main');
    if (main) main.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }, [place]);

  const console: Console = {
    boot,
    t,
    session,
    role: state.kind === 'in' ? state.role : null,
    go(to) {
      history.pushState(null, '', to);
      setPath(to);
    },
  };
  const slug = slugOf(path);

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
        <>
          <header class="top">
            <Link class="top-brand" to="/admin">
              <bdi>{boot.tenant.name}</bdi>
            </Link>
            <span class="top-user quiet small">
              <bdi>{state.user.email}</bdi>
            </span>
            <button type="button" class="button button-quiet button-small" onClick={() => void session.signOut()}>
              {t('signOut')}
            </button>
          </header>
          {slug ? <EventPage key={slug} slug={slug} /> : <EventsPage />}
        </>
      )}
      <div class="toasts" id="toasts" role="status" />
    </ConsoleContext.Provider>
  );
}

const host = byId('app');
if (host) render(<App />, host);
