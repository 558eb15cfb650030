import type { StaffEvent } from '../../../../contract/events.ts';
import { Link, useConsole } from '../console.tsx';
import { Keys } from '../keys/key-help.tsx';
import { Icon } from './icons.tsx';
import { EventStatus, GuestPages, NavLink } from './nav-links.tsx';
import type { NavCounts } from '../use-shell.ts';
import type { Destination } from './nav-rules.ts';
import { Person } from './person.tsx';

interface Props {
  items: Destination[];
  event: StaffEvent | null;
  counts: NavCounts;
  onSearch: () => void;
  onKeys: () => void;
}

/** Where one is and can go, on screens that have room for it beside the page. */
export function Rail({ items, event, counts, onSearch, onKeys }: Props) {
  const { boot, say, t } = useConsole();
  const account = items.filter((item) => item.section === 'account');
  const inEvent = items.filter((item) => item.section === 'event');
  return (
    <header class="rail">
      <Link class="rail-brand" to="/admin">
        <bdi title={boot.tenant.name}>{boot.tenant.name}</bdi>
      </Link>
      <button type="button" class="nav-item rail-search" onClick={onSearch} aria-keyshortcuts="Meta+K Control+K">
        <Icon name="search" />
        <span class="nav-label">{t('search')}</span>
        <Keys of={{ keys: 'mod+k' }} />
      </button>
      <nav class="rail-links" aria-label={say.shell('navigation')}>
        {account.length > 0 && (
          <ul aria-label={say.shell('navAccountSection')}>
            {account.map((item) => (
              <li key={item.path}>
                <NavLink item={item} counts={counts} />
              </li>
            ))}
          </ul>
        )}
        {inEvent.length > 0 && (
          <section class="rail-event" aria-label={say.shell('navEventSection')}>
            {event && (
              <div class="rail-event-head">
                <p class="rail-event-name" dir="auto" title={event.name}>
                  {event.name}
                </p>
                <EventStatus event={event} />
                <GuestPages event={event} />
              </div>
            )}
            <ul>
              {inEvent.map((item) => (
                <li key={item.path}>
                  <NavLink item={item} counts={counts} />
                </li>
              ))}
            </ul>
          </section>
        )}
      </nav>
      <Person onKeys={onKeys} />
    </header>
  );
}
