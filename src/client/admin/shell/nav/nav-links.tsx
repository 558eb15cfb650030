import type { StaffEvent } from '../../../../contract/events.ts';
import { Badge } from '../../../shared/ui/signs.tsx';
import { Link, useConsole } from '../console.tsx';
import { Icon } from './icons.tsx';
import type { NavCounts } from '../use-shell.ts';
import type { Destination } from './nav-rules.ts';

/** Numbers that fit beside a word. */
const short = (count: number) => (count > 999 ? '999+' : String(count));

function Count({ of, counts }: { of: NonNullable<Destination['count']>; counts: NavCounts }) {
  const { say } = useConsole();
  const count = counts[of];
  if (!count) return null;
  return (
    <span class="nav-count" data-count={of}>
      <span aria-hidden="true">{short(count)}</span>
      <span class="said">{say.shell(of === 'pending' ? 'waiting' : 'openReports', { count })}</span>
    </span>
  );
}

export function NavLink({ item, counts, isShort }: { item: Destination; counts: NavCounts; isShort?: boolean }) {
  const { say } = useConsole();
  const label = isShort && item.label === 'navShare' ? 'navShareShort' : item.label;
  return (
    <Link class={isShort ? 'bar-item' : 'nav-item'} to={item.to} current={item.isCurrent}>
      <Icon name={item.icon} />
      <span class="nav-label">{say.shell(label)}</span>
      {item.count && <Count of={item.count} counts={counts} />}
      {item.isLocked && !isShort && (
        <span class="nav-lock" title={say.shell('locked')}>
          <Icon name="lock" />
          <span class="said">{say.shell('locked')}</span>
        </span>
      )}
    </Link>
  );
}

const STATUS = {
  draft: 'statusDraft',
  live: 'statusLive',
  closed: 'statusClosed',
  archived: 'statusArchived',
} as const;

export function EventStatus({ event }: { event: StaffEvent }) {
  const { say, t } = useConsole();
  // Nothing reaches guests at the moment: that is more than the status.
  if (event.held) return <Badge tone="bad">{say.shell('statusHeld')}</Badge>;
  return <Badge tone={event.status === 'live' ? 'good' : 'plain'}>{t(STATUS[event.status])}</Badge>;
}

/** The pages of guests, in a window of their own. */
export function GuestPages({ event }: { event: StaffEvent }) {
  const { say, t } = useConsole();
  return (
    <p class="nav-outside">
      <a href={`/e/${event.slug}`} target="_blank" rel="noopener" aria-label={say.shell('galleryOf')}>
        <Icon name="open" />
        {t('openGallery')}
      </a>
      <a href={`/e/${event.slug}/wall`} target="_blank" rel="noopener" aria-label={say.shell('wallOf')}>
        <Icon name="wall" />
        {t('openWall')}
      </a>
    </p>
  );
}
