import { useEffect, useState } from 'preact/hooks';
import type { StaffEvent } from '../../../../contract/events.ts';
import { Link, useConsole } from '../console.tsx';
import { Sheet } from '../ui.tsx';
import { Icon } from './icons.tsx';
import { EventStatus, GuestPages, NavLink } from './nav-links.tsx';
import type { NavCounts } from '../use-shell.ts';
import type { Destination } from './nav-rules.ts';
import { Person } from './person.tsx';

interface Props {
  items: Destination[];
  event: StaffEvent | null;
  counts: NavCounts;
}

const BAR_PLACES = 3;

/** What stands above the page on a phone: which event this is, and the way back to all of them. */
export function TopBar({ event, onSearch }: Pick<Props, 'event'> & { onSearch: () => void }) {
  const { boot, role, t } = useConsole();
  return (
    <header class="phone-top">
      {event && role !== 'moderator' ? (
        <Link class="phone-back" to="/admin" label={t('back')}>
          <Icon name="back" />
        </Link>
      ) : (
        <span />
      )}
      <p class="phone-title">
        <bdi>{event ? event.name : boot.tenant.name}</bdi>
      </p>
      {event ? <EventStatus event={event} /> : <span />}
      <button type="button" class="phone-search" aria-label={t('search')} onClick={onSearch}>
        <Icon name="search" />
      </button>
    </header>
  );
}

/** Three places under the thumb, and the rest in a sheet. */
export function BottomBar({ items, event, counts }: Props) {
  const { path, say, t } = useConsole();
  const [isOpen, setOpen] = useState(false);
  const section = items.some((item) => item.section === 'event') ? 'event' : 'account';
  const here = items.filter((item) => item.section === section);
  const chosen = here.filter((item) => item.inBar);
  const inBar = (chosen.length >= 2 ? chosen : here).slice(0, BAR_PLACES);
  const rest = here.concat(items.filter((item) => item.section !== section)).filter((item) => !inBar.includes(item));
  useEffect(() => setOpen(false), [path]);
  return (
    <>
      <nav class="phone-bar" aria-label={say.shell('navigation')}>
        {inBar.map((item) => (
          <NavLink key={item.path} item={item} counts={counts} isShort />
        ))}
        <button
          type="button"
          class={rest.some((item) => item.isCurrent) ? 'bar-item bar-item-here' : 'bar-item'}
          aria-haspopup="dialog"
          aria-expanded={isOpen}
          onClick={() => setOpen(true)}
          data-more
        >
          <Icon name="more" />
          <span class="nav-label">{t('more')}</span>
        </button>
      </nav>
      {isOpen && <MoreSheet items={rest} event={event} counts={counts} close={() => setOpen(false)} />}
    </>
  );
}

function MoreSheet({ items, event, counts, close }: Props & { close: () => void }) {
  const { t } = useConsole();
  return (
    <Sheet title={t('more')} onClose={close}>
      {event && <GuestPages event={event} />}
      {/* Closed before the page changes, so that the focus is back before the new page takes it. */}
      <ul class="sheet-links" onClick={close}>
        {items.map((item) => (
          <li key={item.path}>
            <NavLink item={item} counts={counts} />
          </li>
        ))}
      </ul>
      <Person />
    </Sheet>
  );
}
