import { render } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import './admin.css';
import './shell/shell.css';
import './events/events.css';
import type { AdminBoot } from '../../contract/boot.ts';
import { onPageWake } from '../shared/page-wake.ts';
import { byId, readBoot } from '../shared/boot.ts';
import { pathOf } from './shell/address-rules.ts';
import { arrive } from './shell/arrival.ts';
import { ConsoleContext, type Console } from './shell/console.tsx';
import { CurrentPage } from './shell/current-page.tsx';
import { useEvent } from './shell/event-frame.tsx';
import { Frame } from './shell/frame.tsx';
import { HELPER_DOOR, HelpEnded, HelperDoor, takeHelperToken } from './shell/helper-door.tsx';
import { LeaveDialog } from './shell/leave.tsx';
import { foresee, preparePage } from './shell/page-files.ts';
import { findPage } from './shell/pages.ts';
import { openRouter, type Asked } from './shell/router.ts';
import { openSession, type SignIn } from './shell/session.ts';
import { SignInAgain, SignInPage } from './shell/sign-in.tsx';
import { readSay } from './shell/words.ts';

const boot = readBoot<AdminBoot>();
const say = readSay(boot.locale);
const t = say.admin;
const helperToken = takeHelperToken();
interface Reports {
  state(state: SignIn): void;
  path(path: string): void;
  asked(asked: Asked | null): void;
}
const reports: Reports = { state() {}, path() {}, asked() {} };
const session = openSession((state) => reports.state(state));
const router = openRouter({
  onPath: (path) => reports.path(path),
  onAgain: () => arrive(false),
  onAsk: (asked) => reports.asked(asked),
  prepare: preparePage,
});

function App() {
  const [state, setState] = useState<SignIn>({ kind: 'starting' });
  const [path, setPath] = useState(router.path());
  const [asked, setAsked] = useState<Asked | null>(null);
  /** nothing is moved under somebody who has only loaded the page */
  const isFirst = useRef(true);
  Object.assign(reports, { state: setState, path: setPath, asked: setAsked });

  useEffect(() => {
    void session.refresh();
    return session.follow();
  }, []);
  const isOffline = state.kind === 'offline';
  useEffect(() => (isOffline ? onPageWake(() => void session.refresh()) : undefined), [isOffline]);

  const me = state.kind === 'in' || state.kind === 'lost' ? state : null;
  const found = findPage(path);
  const eventRef = me && found && found.page.in === 'event' ? found.params['event'] || null : null;
  const held = useEvent(session, eventRef);
  const helps = me && me.event;
  const isDoor = pathOf(path) === HELPER_DOOR;
  const isAstray = helps !== null && pathOf(path) === '/admin';

  // A helper has no list of events: there is one, and its photos are what the grant is for.
  useEffect(() => {
    if (helps && isAstray) router.go(`/admin/events/${helps.slug}/photos`, { replace: true });
  }, [isAstray]);

  const console: Console = {
    boot,
    t,
    say,
    session,
    router,
    user: me && me.user,
    role: me && me.role,
    helps,
    path,
    go: router.go,
    foresee,
  };
  const onArrived = (from: Element | null) => {
    router.settle();
    arrive(isFirst.current, from);
    isFirst.current = false;
  };
  if (state.kind === 'out') isFirst.current = false;

  const isOutside = isDoor && state.kind !== 'starting' && state.kind !== 'offline';
  return (
    <ConsoleContext.Provider value={console}>
      {state.kind === 'starting' && <div class="page" aria-busy="true" aria-label={t('loading')} />}
      {state.kind === 'offline' && (
        <main class="page" id="main" tabIndex={-1}>
          <div class="empty" role="alert">
            <h1>{t('loadFailed')}</h1>
            <p class="quiet">{say.shell('noConnection')}</p>
            <button type="button" class="button" onClick={() => void session.refresh()}>
              {t('tryAgain')}
            </button>
          </div>
        </main>
      )}
      {isOutside && <HelperDoor token={helperToken} />}
      {!isOutside && state.kind === 'out' && <SignInPage />}
      {!isOutside && state.kind === 'ended' && <HelpEnded event={state.event && state.event.name} />}
      {!isOutside && me && (
        <Frame
          key={me.user.id}
          page={found && found.page}
          eventRef={eventRef}
          event={held.answer && held.answer.ok ? held.answer.data.event : null}
          onChanged={held.load}
        >
          {!isAstray && <CurrentPage found={found} held={held} onArrived={onArrived} />}
        </Frame>
      )}
      {state.kind === 'lost' && <SignInAgain />}
      {asked && <LeaveDialog asked={asked} />}
      <div class="said" id="announcement" role="status" />
      <div class="toasts" id="toasts" role="status" />
    </ConsoleContext.Provider>
  );
}

const host = byId('app');
if (host) render(<App />, host);
