import { useEffect, useState } from 'preact/hooks';
import './desk.css';
import { formatMoment } from '../../../contract/messages/times.ts';
import type { StaffGuest } from '../../../contract/moderation.ts';
import { eventPath } from '../../shared/api.ts';
import { Button } from '../../shared/ui/button.tsx';
import { SwitchField } from '../../shared/ui/choice.tsx';
import { Menu } from '../../shared/ui/menu.tsx';
import { Avatar, Badge } from '../../shared/ui/signs.tsx';
import { Empty } from '../../shared/ui/states.tsx';
import { Failure, Link, may, useConsole, useTitle } from '../shell/console.tsx';
import type { EventPageProps } from '../shell/pages.ts';
import { TextField } from '../shell/ui.tsx';
import { useActions } from './table/actions.ts';
import { useList } from './use-list.ts';
import { BlockDialog } from './view/guest-menu.tsx';

const TYPING_MS = 250;

/** Everybody who sends photos: whom to trust, and whom not. */
export function GuestsPage({ event, onEvent }: EventPageProps) {
  const { boot, role, say, t } = useConsole();
  const d = say.desk;
  const [typed, setTyped] = useState('');
  const [wanted, setWanted] = useState('');
  const [isBlockedOnly, setBlockedOnly] = useState(false);
  const [asking, setAsking] = useState<StaffGuest | null>(null);
  useEffect(() => {
    const timer = setTimeout(() => setWanted(typed.trim()), TYPING_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  const query = `${wanted ? `&q=${encodeURIComponent(wanted)}` : ''}${isBlockedOnly ? '&blocked=true' : ''}`;
  const list = useList<StaffGuest>(eventPath(event.id, `/guests?limit=50${query}`));
  const actions = useActions(event, onEvent, null);
  const why = may(role, 'moderator') ? null : d('viewerOnly');
  useTitle(`${d('guests')} · ${event.name} · ${boot.tenant.name}`);
  const photosOf = (guest: StaffGuest, tab: string) =>
    `/admin/events/${event.slug}/photos?tab=${tab}&guest=${guest.id}`;
  const { items } = list;

  return (
    <main class="page" id="main" tabIndex={-1}>
      <div class="page-head">
        <h1>{d('guests')}</h1>
      </div>
      <div class="page-tools">
        <TextField
          label={d('searchGuests')}
          name="q"
          type="search"
          dir="auto"
          value={typed}
          onInput={setTyped}
          maxLength={100}
        />
        <SwitchField label={d('blockedOnly')} checked={isBlockedOnly} onChange={setBlockedOnly} />
      </div>
      {list.failure && !items && <Failure refusal={list.failure} again={list.load} />}
      {!items && !list.failure && <div class="skeleton desk-skeleton" aria-busy="true" />}
      {items && !items.length && (
        <Empty title={d(query ? 'noSuchGuests' : 'noGuests')} text={query ? undefined : d('noGuestsText')} />
      )}
      {items && items.length > 0 && (
        <ul class="desk-list">
          {items.map((guest) => {
            const name = guest.name || d('unnamed');
            return (
              <li class="desk-item guest-row" key={guest.id} data-guest={guest.id}>
                <Avatar name={name} />
                <div class="desk-item-words">
                  <span>
                    <strong>
                      <bdi>{name}</bdi>
                    </strong>{' '}
                    {guest.blocked && <Badge tone="bad">{d('isBlocked')}</Badge>}
                    {!guest.blocked && guest.trust === 'always' && <Badge tone="good">{d('isTrusted')}</Badge>}
                    {!guest.blocked && guest.trust === 'never' && <Badge tone="wait">{d('isWatched')}</Badge>}
                  </span>
                  <span class="small quiet">
                    {guest.devices > 1 && <>{d('devices', { count: guest.devices })} · </>}
                    {guest.table && (
                      <>
                        <bdi>{guest.table.label}</bdi> ·{' '}
                      </>
                    )}
                    <time dateTime={guest.joinedAt}>
                      {d('joined', { date: formatMoment(boot.locale, event.timeZone, guest.joinedAt) })}
                    </time>
                  </span>
                  <span class="small">
                    <Link to={photosOf(guest, 'pending')}>{d('countPending', { count: guest.counts.pending })}</Link> ·{' '}
                    <Link to={photosOf(guest, 'approved')}>{d('countApproved', { count: guest.counts.approved })}</Link>{' '}
                    ·{' '}
                    <Link to={photosOf(guest, 'rejected')}>{d('countRejected', { count: guest.counts.rejected })}</Link>
                  </span>
                </div>
                <div class="desk-item-does">
                  <Menu
                    label={d('guestMenu', { name })}
                    items={[
                      ...(['always', 'auto', 'never'] as const)
                        .filter((to) => to !== guest.trust)
                        .map((to) => ({
                          label: d(({ always: 'trustAlways', auto: 'trustAuto', never: 'trustNever' } as const)[to]),
                          disabledReason: why,
                          run: () => void actions.trust(guest, to, list.load),
                        })),
                      guest.blocked
                        ? {
                            label: d('unblock'),
                            disabledReason: why,
                            run: () => void actions.block(guest, false, list.load),
                          }
                        : {
                            label: d('blockAsk'),
                            kind: 'bad' as const,
                            disabledReason: why,
                            run: () => setAsking(guest),
                          },
                    ]}
                  />
                </div>
              </li>
            );
          })}
        </ul>
      )}
      {list.hasMore && <Button onClick={list.more}>{t('loadMore')}</Button>}
      {asking && (
        <BlockDialog
          name={asking.name || d('unnamed')}
          onClose={() => setAsking(null)}
          onBlock={() => void actions.block(asking, true, list.load)}
        />
      )}
    </main>
  );
}
