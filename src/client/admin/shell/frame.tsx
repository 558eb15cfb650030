import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { StaffEvent } from '../../../contract/events.ts';
import { Link, may, useConsole } from './console.tsx';
import { listenForKeys, useShellCommands } from './keys/commands.ts';
import { KeyHelp } from './keys/key-help.tsx';
import { Palette } from './keys/palette.tsx';
import type { NavCounts } from './nav/nav-links.tsx';
import { destinations } from './nav/nav-rules.ts';
import { BottomBar, TopBar } from './nav/phone-bars.tsx';
import { Rail } from './nav/rail.tsx';
import { pages, type ConsolePage } from './pages.ts';

const LOOK_ONLY = {
  member: 'lookOnlyMember',
  moderator: 'lookOnlyMember',
  admin: 'lookOnlyAdmin',
  owner: 'lookOnlyOwner',
  viewer: 'lookOnlyMember',
} as const;

interface Props {
  page: ConsolePage | null;
  /** slug or id of the event one is in */
  eventRef: string | null;
  /** null while it is being loaded, and where there is none */
  event: StaffEvent | null;
  children: ComponentChildren;
}

/** The rail, the bars of a phone, and between them the page. */
export function Frame({ page, eventRef, event, children }: Props) {
  const { go, path, role, say, session, t } = useConsole();
  const [open, setOpen] = useState<'palette' | 'keys' | null>(null);
  const close = () => setOpen(null);
  const mayUse = (needed: Parameters<typeof may>[1]) => may(role, needed);
  const items = destinations({ pages, may: mayUse, role, path, event: eventRef });
  const counts: NavCounts = { pending: event ? event.counts.pending : null, reported: null };
  const isClosed = role === 'moderator' && page !== null && page.needs !== 'moderator';
  const isLookOnly = page !== null && !isClosed && !page.explains && !mayUse(page.needs);

  useEffect(listenForKeys, []);
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
      label: say.shell('search'),
      keys: 'mod+k',
      isFindable: false,
      run: () => setOpen('palette'),
    },
    { id: 'shell.keys', label: say.shell('showKeys'), keys: '?', isFindable: true, run: () => setOpen('keys') },
    { id: 'shell.sign-out', label: t('signOut'), isFindable: true, run: () => void session.signOut() },
  ]);

  return (
    <div class="shell">
      <a class="skip" href="#main">
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

/**
 * What a page asks of the shell while it is shown. `immersive`: on a phone the page has the whole screen,
 * without the bars; it then has to offer the way back itself.
 */
export function useShell({ immersive = false }: { immersive?: boolean }): void {
  const isOurs = useRef(false);
  useEffect(() => {
    const { classList } = document.documentElement;
    if (immersive) classList.add('immersive');
    isOurs.current = immersive;
    return () => {
      if (isOurs.current) classList.remove('immersive');
    };
  }, [immersive]);
}
