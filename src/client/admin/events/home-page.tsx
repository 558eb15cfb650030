import { useState } from 'preact/hooks';
import type { StaffEvent } from '../../../contract/events.ts';
import type { EventSummary } from '../../../contract/event-writes.ts';
import { formatAgo, formatShortMoment, formatTime } from '../../../contract/messages/times.ts';
import { eventPath } from '../../shared/api.ts';
import { Button, LinkButton as PlainLink } from '../../shared/ui/button.tsx';
import { Icon } from '../../shared/ui/icon.tsx';
import { Menu } from '../../shared/ui/menu.tsx';
import { Notice, Skeleton } from '../../shared/ui/states.tsx';
import { RehearsalHint } from '../rehearsal/rehearsal-hint.tsx';
import { PanicAlarm, PanicPanel } from '../screens/panic-panel.tsx';
import { Failure, may, useConsole, useTitle } from '../shell/console.tsx';
import type { EventPageProps } from '../shell/pages.ts';
import { CopyField, LinkButton } from '../shell/ui.tsx';
import { DeleteDialog } from './danger-zone.tsx';
import { DuplicateDialog } from './duplicate-dialog.tsx';
import { setStatus } from './event-actions.ts';
import { HoldPanel } from './hold-panel.tsx';
import { Checklist, Numbers, Timeline, UploadsChart } from './home-parts.tsx';
import { usePolled } from './polling.ts';
import { EventStatus } from '../shell/nav/nav-links.tsx';
import { VISIBILITY_WORDS } from './visibility-words.ts';

const REFRESH_MS = 5_000;

const NEXT = {
  draft: { to: 'live', words: 'goLiveNow', text: 'draftText', isMain: true },
  live: { to: 'closed', words: 'closeNow', text: 'liveText', isMain: false },
  closed: { to: 'live', words: 'reopen', text: 'closedText', isMain: false },
  archived: { to: 'closed', words: 'unarchive', text: 'archivedText', isMain: false },
} as const;

/** When it is, on the event's clock: one day, or from one to another. */
function Dates({ event }: { event: StaffEvent }) {
  const { boot, say } = useConsole();
  const { startsAt, endsAt, timeZone } = event;
  if (!startsAt) return <span>{say.events('noDate')}</span>;
  const isShort = endsAt !== null && Date.parse(endsAt) - Date.parse(startsAt) < 18 * 3_600_000;
  const now = new Date();
  const end =
    endsAt &&
    (isShort ? formatTime(boot.locale, timeZone, endsAt) : formatShortMoment(boot.locale, timeZone, endsAt, now));
  const isFuture = Date.parse(startsAt) > now.getTime();
  return (
    <span>
      {formatShortMoment(boot.locale, timeZone, startsAt, new Date())}
      {end && ` – ${end}`}
      {isFuture && ` · ${formatAgo(boot.locale, startsAt, now)}`}
    </span>
  );
}

/** What an event that has just been made needs next. */
function Made({ event }: { event: StaffEvent }) {
  const { say } = useConsole();
  return (
    <section class="made" role="status">
      <span class="made-mark">
        <Icon name="check" />
      </span>
      <div>
        <h2>{say.events(event.status === 'live' ? 'madeLive' : 'madeDraft')}</h2>
        <p>{say.events(event.status === 'live' ? 'madeLiveText' : 'madeDraftText')}</p>
      </div>
      <LinkButton kind="main" to={`/admin/events/${event.slug}/share`}>
        {say.events('printCards')}
      </LinkButton>
    </section>
  );
}

export function EventHomePage({ event, onEvent: take }: EventPageProps) {
  const console = useConsole();
  useTitle(`${event.name} · ${console.boot.tenant.name}`);
  const { go, path, role, say } = console;
  const [open, setOpen] = useState<'delete' | 'duplicate' | null>(null);
  const [busy, setBusy] = useState(false);
  const [hasAlarmed, setAlarmed] = useState(false);
  const isNew = new URLSearchParams(path.split('?')[1] || '').has('made');
  const reason = may(role, 'member') ? null : say.events('viewerReason');
  const { answer, again, isStale } = usePolled<EventSummary>(eventPath(event.id, '/summary'), REFRESH_MS);
  const onEvent = (changed: StaffEvent) => {
    take(changed);
    again();
  };
  const change = async (status: StaffEvent['status']) => {
    setBusy(true);
    await setStatus(console, event, status, onEvent);
    setBusy(false);
  };
  const next = NEXT[event.status];
  const summary = answer && answer.ok ? answer.data : null;
  const address = `${location.origin}/e/${event.slug}`;

  return (
    <main class="page" id="main" tabIndex={-1} aria-busy={!answer}>
      {event.stage.panic && <PanicAlarm event={event} onEvent={onEvent} isOwn={hasAlarmed} />}
      <div class="page-head event-head">
        <div>
          <p class="event-head-status">
            <EventStatus event={event} />
          </p>
          <h1>
            <bdi>{event.name}</bdi>
          </h1>
          <p class="quiet event-row-facts">
            <Dates event={event} />
            {event.visibility === 'pin' && event.pin ? (
              <bdi dir="ltr">PIN {event.pin}</bdi>
            ) : (
              <span>{say.events(VISIBILITY_WORDS[event.visibility])}</span>
            )}
          </p>
        </div>
        <div class="row event-head-actions">
          <Button
            kind={next.isMain ? 'main' : 'quiet'}
            busy={busy}
            disabledReason={reason}
            onClick={() => void change(next.to)}
            data-status={next.to}
          >
            {say.events(next.words)}
          </Button>
          <Menu
            label={say.events('moreActions')}
            size="normal"
            items={[
              ...(event.status === 'closed'
                ? [{ label: say.events('archive'), run: () => void change('archived'), disabledReason: reason }]
                : []),
              ...(event.status === 'live' || event.status === 'closed'
                ? [{ label: say.events('backToDraft'), run: () => void change('draft'), disabledReason: reason }]
                : []),
              { label: say.events('duplicate'), run: () => setOpen('duplicate'), disabledReason: reason },
              { label: say.shell('navSettings'), run: () => go(`/admin/events/${event.slug}/settings`) },
              { label: say.events('deleteEvent'), run: () => setOpen('delete'), kind: 'bad', disabledReason: reason },
            ]}
          />
        </div>
      </div>
      {isNew ? <Made event={event} /> : <p class="quiet event-head-text">{say.events(next.text)}</p>}
      {event.visibility === 'private' && event.status === 'live' && (
        <Notice tone="wait">{say.events('privateLive')}</Notice>
      )}
      {!event.settings.isReadable && <Notice tone="bad">{say.events('unreadable')}</Notice>}
      {isStale && <Notice tone="wait">{say.events('stale')}</Notice>}
      {event.held && <HoldPanel event={event} onEvent={onEvent} />}
      {answer && !answer.ok && <Failure refusal={answer} again={again} />}
      {!answer && <Skeleton height="104px" />}
      {summary && (
        <>
          <Numbers event={event} summary={summary} />
          <div class="event-home">
            <div class="stack">
              <UploadsChart event={event} summary={summary} />
              <Timeline event={event} summary={summary} />
            </div>
            <div class="stack">
              <Checklist event={event} summary={summary} again={again} />
              <RehearsalHint event={event} />
              <section class="section panel">
                <h2>{say.events('guestAddress')}</h2>
                <div class="stack">
                  <CopyField label={say.events('address')} value={address} />
                  <div class="row-wrap">
                    <PlainLink href={`/e/${event.slug}`} target="_blank">
                      {say.shell('galleryOf')}
                    </PlainLink>
                    <PlainLink href={`/e/${event.slug}/wall`} target="_blank">
                      {say.shell('wallOf')}
                    </PlainLink>
                  </div>
                </div>
              </section>
              {!event.held && <HoldPanel event={event} onEvent={onEvent} />}
              {!event.stage.panic && (
                <PanicPanel
                  event={event}
                  onEvent={(changed) => {
                    setAlarmed(true);
                    onEvent(changed);
                  }}
                />
              )}
            </div>
          </div>
        </>
      )}
      {open === 'delete' && <DeleteDialog event={event} onClose={() => setOpen(null)} />}
      {open === 'duplicate' && <DuplicateDialog event={event} onClose={() => setOpen(null)} />}
    </main>
  );
}
