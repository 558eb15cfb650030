import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import type { StaffEvent } from '../../../contract/events.ts';
import { byId } from '../../shared/boot.ts';
import { Link, may, useConsole } from './console.tsx';
import { listenForKeys, useShellCommands } from './keys/commands.ts';
import { KeyHelp } from './keys/key-help.tsx';
import { Palette } from './keys/palette.tsx';
import { useCounts } from './nav/counts.ts';
import { destinations } from './nav/nav-rules.ts';
import { BottomBar, TopBar } from './nav/phone-bars.tsx';
import { Rail } from './nav/rail.tsx';
import { pages, type ConsolePage } from './pages.ts';
import { useWishes, type NavCounts } from './use-shell.ts';

const LOOK_ONLY = {
  member: 'lookOnlyMember',
  moderator: 'lookOnlyMember',
  admin: 'lookOnlyAdmin',
  owner: 'lookOnlyOwner',
  viewer: 'lookOnlyMember',
} as const;

const EVENT_HOME = '/admin/events/{event}';

interface Props {
  page: ConsolePage | null;
  /** slug or id of the event one is in */
  eventRef: string | null;
  /** null while it is being loaded, and where there is none */
  event: StaffEvent | null;
  /** the event has changed elsewhere */
  onChanged: () => void;
  children: ComponentChildren;
}

/** The rail, the bars of a phone, and between them the page. */
export function Frame({ page, eventRef, event, onChanged, children }: Props) {
  const { go, path, role, router, say, session, t } = useConsole();
  const [open, setOpen] = useState<'palette' | 'keys' | null>(null);
  const close = () => setOpen(null);
  const mayUse = (needed: Parameters<typeof may>[1]) => may(role, needed);
  const items = destinations({ pages, may: mayUse, role, path, event: eventRef });
  const wished = useWishes();
  const live = useCounts({ session, event: event && event.id, isNeeded: !wished.counts, onChanged });
  const counts: NavCounts = wished.counts || {
    pending: live.pending === null && event ? event.counts.pending : live.pending,
    reported: live.reported,
  };
  const isOnline = useOnline();
  const isClosed = role === 'moderator' && page !== null && page.needs !== 'moderator';
  const isLookOnly = page !== null && !isClosed && !page.explains && !mayUse(page.needs);

  useEffect(listenForKeys, []);
  useEffect(() => {
    const { classList } = document.documentElement;
    if (!wished.immersive) return;
    classList.add('immersive');
    return () => classList.remove('immersive');
  }, [wished.immersive]);
  useShellCommands([
    ...items.map(({ path: id, label, to, key }) => ({
      id: `go ${id}`,
      label: say.shell(label),
      keys: `g ${key}`,
      isFindable: false,
      run: () => go(to),
    })),
    {
      id: 'shell.search',
      label: t('search'),
      keys: 'mod+k',
      isFindable: false,
      run: () => setOpen('palette'),
    },
    { id: 'shell.keys', label: say.shell('showKeys'), keys: '?', isFindable: true, run: () => setOpen('keys') },
    {
      id: 'shell.sign-out',
      label: t('signOut'),
      isFindable: true,
      run: () => router.leave(() => void session.signOut()),
    },
  ]);

  return (
    <div class="shell">
      <a class="skip" href="#main" onClick={skip}>
        {say.shell('skipToContent')}
      </a>
      <TopBar event={event} onSearch={() => setOpen('palette')} />
      <Rail
        items={items}
        event={event}
        counts={counts}
        onSearch={() => setOpen('palette')}
        onKeys={() => setOpen('keys')}
      />
      <div class="shell-content">
        <div class="shell-offline" role="status">
          {!isOnline && <p class="notice notice-wait">{say.shell('noConnection')}</p>}
        </div>
        {event && event.stage.panic && !(page && page.path === EVENT_HOME) && <PanicLine event={event} />}
        {isLookOnly && (
          <section class="shell-note" aria-label={say.shell('locked')}>
            <p class="notice" id="why-not">
              {say.shell(LOOK_ONLY[page.needs])}
            </p>
          </section>
        )}
        {isClosed ? <NotForHelpers /> : children}
      </div>
      <BottomBar items={items} event={event} counts={counts} />
      {open === 'palette' && <Palette pages={items} close={close} />}
      {open === 'keys' && <KeyHelp close={close} />}
    </div>
  );
}

/** On every page of an event whose walls show the emergency slide; what to do about it stands on the event's home. */
function PanicLine({ event }: { event: StaffEvent }) {
  const { role, say } = useConsole();
  useLayoutEffect(() => {
    const { classList } = document.documentElement;
    classList.add('alarmed');
    return () => classList.remove('alarmed');
  }, []);
  const words = <strong>{say.shell('panicLine')}</strong>;
  return (
    <section class="panic-line" aria-label={say.shell('panicLine')}>
      {role === 'moderator' ? (
        <p>{words}</p>
      ) : (
        <Link to={`/admin/events/${event.slug}`}>
          {words} <span>{say.shell('panicToPanel')}</span>
        </Link>
      )}
    </section>
  );
}

/** Without an address of its own, which would be a step in the history. */
function skip(event: MouseEvent): void {
  event.preventDefault();
  const main = byId('main');
  if (main) main.focus();
}

/** Whether the device says that it is connected. */
function useOnline(): boolean {
  const [isOnline, setOnline] = useState(navigator.onLine);
  useEffect(() => {
    const update = () => setOnline(navigator.onLine);
    window.addEventListener('online', update);
    window.addEventListener('offline', update);
    return () => {
      window.removeEventListener('online', update);
      window.removeEventListener('offline', update);
    };
  }, []);
  return isOnline;
}

function NotForHelpers() {
  const { helps, say } = useConsole();
  return (
    <main class="page" id="main" tabIndex={-1}>
      <div class="empty">
        <h1>{say.shell('notForHelpers')}</h1>
        <p class="quiet">{say.shell('notForHelpersText')}</p>
        {helps && (
          <Link class="button" to={`/admin/events/${helps.slug}/photos`}>
            {say.shell('toPhotos')}
          </Link>
        )}
      </div>
    </main>
  );
}
