import { useEffect, useRef, useState } from 'preact/hooks';
import type { StaffEvent } from '../../../../contract/events.ts';
import { formatDay } from '../../../../contract/messages/times.ts';
import { useConsole } from '../console.tsx';
import { Icon } from '../nav/icons.tsx';
import type { Destination } from '../nav/nav-rules.ts';
import { useHeldFocus } from '../held-focus.ts';
import type { Session } from '../session.ts';
import { keysOf, registered, runCommand } from './commands.ts';
import { marked } from './fuzzy-rules.ts';
import { Keys } from './key-help.tsx';
import { find, step, type Finding } from './palette-rules.ts';

const EVENTS_MS = 60_000;
const MOST_RECENT = 5;

/** Ids of what was used last, newest first: for as long as the page is open. */
const recent: string[] = [];
let events: { by: Session; user: string; at: number; items: StaffEvent[] } | null = null;

function remember(id: string): void {
  const before = recent.indexOf(id);
  if (before >= 0) recent.splice(before, 1);
  recent.unshift(id);
  recent.splice(MOST_RECENT);
}

/** The account's events, asked for when first needed and once a minute at most. */
function useEvents(): StaffEvent[] {
  const { session, role, user } = useConsole();
  const me = user ? user.id : '';
  const known = events && events.by === session && events.user === me ? events : null;
  const [items, setItems] = useState<StaffEvent[]>(known ? known.items : []);
  useEffect(() => {
    if (role === 'moderator' || (known && Date.now() - known.at < EVENTS_MS)) return;
    void session.authed<{ items: StaffEvent[] }>('/api/v1/events?limit=200').then((answer) => {
      if (!answer.ok) return;
      events = { by: session, user: me, at: Date.now(), items: answer.data.items };
      setItems(answer.data.items);
    });
  }, []);
  return items;
}

const GROUP_WORDS = {
  recent: 'foundRecent',
  command: 'foundCommands',
  page: 'foundPages',
  event: 'foundEvents',
  shell: 'keysEverywhere',
} as const;

interface Props {
  pages: Destination[];
  close: () => void;
}

/** Finds a page, an event or a command by a few letters of its name, and goes there or does it. */
export function Palette({ pages, close }: Props) {
  const { boot, go, say, t } = useConsole();
  const [query, setQuery] = useState('');
  const [place, setPlace] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const panel = useHeldFocus(close);
  const known = useEvents();

  const commands = registered().filter((one) => one.isFindable);
  const all: Finding[] = [
    ...commands.map((one): Finding => ({
      id: one.id,
      group: one.isShell ? 'shell' : 'command',
      label: one.label,
      icon: 'command',
      keys: keysOf(one),
      disabledReason: one.disabledReason || null,
      run: one.run,
    })),
    ...pages.map(({ path, label, icon, to, key }): Finding => ({
      id: `page ${path}`,
      group: 'page',
      label: say.shell(label),
      icon,
      keys: `g ${key}`,
      run: () => go(to),
    })),
    ...known.map((event): Finding => ({
      id: `event ${event.id}`,
      group: 'event',
      label: event.name,
      ...(event.startsAt ? { hint: formatDay(boot.locale, event.timeZone, event.startsAt) } : {}),
      icon: 'events',
      run: () => go(`/admin/events/${event.slug}`),
    })),
  ];
  const shown = find(all, query, recent);
  const current = shown[place];

  useEffect(() => {
    const option = list.current && list.current.querySelector('[aria-selected="true"]');
    if (option) option.scrollIntoView({ block: 'nearest' });
  }, [place, query]);

  const choose = (finding: Finding) => {
    remember(finding.id);
    close();
    // Once the palette has gone and the focus is back, so that what is done may move it.
    setTimeout(() => runCommand(finding), 0);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    if (event.key === 'ArrowDown') setPlace(step(place, 1, shown.length));
    else if (event.key === 'ArrowUp') setPlace(step(place, -1, shown.length));
    else if (event.key === 'Enter' && current) choose(current.finding);
    else if (event.key === 'k' && (event.metaKey || event.ctrlKey)) close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  let group = '';
  return (
    <div class="palette-layer">
      <div class="veil" onClick={close} />
      <div class="palette" role="dialog" aria-modal="true" aria-label={t('search')} ref={panel} onKeyDown={onKey}>
        <div class="palette-field">
          <Icon name="search" />
          <input
            data-focus
            type="text"
            role="combobox"
            aria-label={say.shell('searchHint')}
            aria-expanded="true"
            aria-controls="palette-list"
            aria-autocomplete="list"
            aria-activedescendant={current ? `found-${place}` : undefined}
            placeholder={say.shell('searchHint')}
            autocomplete="off"
            autocapitalize="off"
            spellcheck={false}
            enterkeyhint="go"
            dir="auto"
            maxLength={100}
            value={query}
            onInput={(event) => {
              setQuery(event.currentTarget.value);
              setPlace(0);
            }}
          />
          <button type="button" class="palette-close" aria-label={t('close')} onClick={close}>
            <Icon name="close" />
          </button>
        </div>
        <div class="palette-list" role="listbox" id="palette-list" aria-label={say.shell('found')} ref={list}>
          {shown.map(({ finding, places }, at) => {
            const isFirst = !query.trim() && finding.group !== group;
            group = finding.group;
            return (
              <div key={`${finding.group} ${finding.id}`} role="presentation">
                {isFirst && (
                  <p class="palette-group" aria-hidden="true">
                    {say.shell(GROUP_WORDS[finding.group])}
                  </p>
                )}
                <div
                  class="palette-item"
                  role="option"
                  id={`found-${at}`}
                  aria-selected={at === place}
                  aria-disabled={finding.disabledReason ? 'true' : undefined}
                  onMouseMove={() => setPlace(at)}
                  onClick={() => choose(finding)}
                >
                  <Icon name={finding.icon} />
                  <span class="palette-label">
                    <bdi>
                      {marked(finding.label, places).map((piece, index) =>
                        piece.isHit ? <mark key={index}>{piece.text}</mark> : piece.text,
                      )}
                    </bdi>
                    {finding.hint && <span class="quiet small"> {finding.hint}</span>}
                    {finding.disabledReason && <span class="palette-why quiet small">{finding.disabledReason}</span>}
                  </span>
                  <Keys of={finding} />
                </div>
              </div>
            );
          })}
        </div>
        <p class="palette-none quiet" role="status">
          {shown.length === 0 ? say.shell('foundNothing', { query: query.trim() }) : ''}
        </p>
      </div>
    </div>
  );
}
