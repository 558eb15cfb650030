import { useState } from 'preact/hooks';
import type { StaffEvent } from '../../../contract/events.ts';
import type { EventSummary } from '../../../contract/event-writes.ts';
import { formatAgo, formatMoment, formatShortMoment, formatTime } from '../../../contract/messages/times.ts';
import { eventPath } from '../../shared/api.ts';
import { showToast } from '../../shared/toast.ts';
import { Icon } from '../../shared/ui/icon.tsx';
import { Link, may, reasonOf, useConsole } from '../shell/console.tsx';

interface Props {
  event: StaffEvent;
  summary: EventSummary;
}
type Step = EventSummary['checklist'][number];

const STEP_WORDS = {
  details: 'stepDetails',
  qr_printed: 'stepPrinted',
  test_photo: 'stepPhoto',
  moderator_invited: 'stepModerator',
  screen_paired: 'stepScreen',
  gallery_opened: 'stepGallery',
} as const;

/** What to do before guests come; a step that cannot be seen from the data is ticked by hand. */
export function Checklist({ event, summary, again }: Props & { again: () => void }) {
  const console = useConsole();
  const { role, say, session } = console;
  const [busy, setBusy] = useState<string | null>(null);
  const mayTick = may(role, 'member');
  const tick = async (step: Step, done: boolean) => {
    if (!mayTick) return;
    setBusy(step.id);
    const answer = await session.authed<unknown>(eventPath(event.id, '/checklist'), {
      method: 'PATCH',
      body: { id: step.id, done },
    });
    setBusy(null);
    if (answer.ok) again();
    else showToast(reasonOf(console, answer));
  };
  const inside = `/admin/events/${event.slug}`;
  const leadsTo = (step: Step) => {
    const words = say.events(STEP_WORDS[step.id]);
    if (step.id === 'details') return <Link to={`${inside}/settings`}>{words}</Link>;
    if (step.id === 'qr_printed') return <Link to={`${inside}/share`}>{words}</Link>;
    if (step.id === 'moderator_invited') return <Link to={`${inside}/helpers`}>{words}</Link>;
    const outside = (path: string) => (
      <a
        href={path}
        target="_blank"
        rel="noopener"
        onClick={() => void (step.byHand && !step.done && tick(step, true))}
      >
        {words}
      </a>
    );
    return outside(step.id === 'screen_paired' ? `/e/${event.slug}/wall` : `/e/${event.slug}`);
  };
  const done = summary.checklist.filter((step) => step.done).length;
  return (
    <section class="section panel" aria-labelledby="checklist">
      <h2 id="checklist">{say.events('checklist')}</h2>
      <p>{say.events('checklistDone', { done, total: summary.checklist.length })}</p>
      <ul class="steps">
        {summary.checklist.map((step) => (
          <li key={step.id} class={step.done ? 'step step-done' : 'step'} data-step={step.id}>
            {step.byHand ? (
              <input
                type="checkbox"
                class="step-box"
                checked={step.done}
                aria-label={say.events(STEP_WORDS[step.id])}
                aria-disabled={!mayTick || busy === step.id ? 'true' : undefined}
                aria-describedby={mayTick ? undefined : 'why-not'}
                onClick={(click) => {
                  click.preventDefault();
                  void tick(step, !step.done);
                }}
              />
            ) : (
              <span class="step-mark">
                {step.done && <Icon name="check" />}
                <span class="said">{say.events(step.done ? 'stepDone' : 'stepOpen')}</span>
              </span>
            )}
            {leadsTo(step)}
          </li>
        ))}
      </ul>
    </section>
  );
}

const MOMENT_WORDS = {
  created: 'atCreated',
  opens: 'atOpens',
  starts: 'atStarts',
  first_photo: 'atFirstPhoto',
  first_published: 'atFirstPublished',
  latest_photo: 'atLatestPhoto',
  held: 'atHeld',
  ends: 'atEnds',
  closes: 'atCloses',
  reveals: 'atReveals',
  deletes: 'atDeletes',
} as const;

/** What happened and what will, on the clock of the event. */
export function Timeline({ event, summary }: Props) {
  const { boot, say } = useConsole();
  const now = new Date();
  return (
    <section class="section panel" aria-labelledby="timeline">
      <h2 id="timeline">{say.events('timeline')}</h2>
      <p>
        <bdi>{event.timeZone.replace(/_/g, ' ')}</bdi>
      </p>
      <ol class="timeline">
        {summary.timeline.map(({ at, kind }) => (
          <li key={kind} class={Date.parse(at) > now.getTime() ? 'moment moment-ahead' : 'moment'}>
            <span class="moment-what">{say.events(MOMENT_WORDS[kind])}</span>
            <time class="quiet small" dateTime={at} title={formatMoment(boot.locale, event.timeZone, at)}>
              {formatShortMoment(boot.locale, event.timeZone, at, new Date())} · {formatAgo(boot.locale, at, now)}
            </time>
          </li>
        ))}
      </ol>
    </section>
  );
}

const CHART_HEIGHT = 96;

/** Bars for eyes, a table for screen readers, and a sentence with a comparison for both. */
export function UploadsChart({ event, summary }: Props) {
  const { boot, say } = useConsole();
  const hours = summary.uploadsPerHour;
  const most = Math.max(1, ...hours.map((one) => one.count));
  const last = hours[hours.length - 1];
  const before = hours[hours.length - 2];
  const label = (iso: string) => formatTime(boot.locale, event.timeZone, iso);
  return (
    <section class="section panel" aria-labelledby="uploads">
      <h2 id="uploads">{say.events('perHour')}</h2>
      {!last ? (
        <p>{say.events('perHourNone')}</p>
      ) : (
        <>
          <p>
            {say.events('perHourLast', { count: last.count, time: label(last.hour) })}{' '}
            {before && say.events('perHourBefore', { count: before.count })}
          </p>
          <div class="chart" aria-hidden="true">
            {hours.map(({ hour, count }) => (
              <div class="chart-hour" key={hour} title={say.events('perHourAt', { count, time: label(hour) })}>
                <div
                  class={count === most ? 'chart-bar chart-bar-most' : 'chart-bar'}
                  style={{ height: `${Math.max(count > 0 ? 3 : 1, Math.round((count / most) * CHART_HEIGHT))}px` }}
                />
              </div>
            ))}
          </div>
          <p class="chart-ends quiet small" aria-hidden="true">
            <span>{hours[0] && label(hours[0].hour)}</span>
            <span>{say.events('perHourMost', { count: most })}</span>
            <span>{label(last.hour)}</span>
          </p>
          <table class="said">
            <caption>{say.events('perHour')}</caption>
            <thead>
              <tr>
                <th scope="col">{say.events('hour')}</th>
                <th scope="col">{say.events('photos')}</th>
              </tr>
            </thead>
            <tbody>
              {hours.map(({ hour, count }) => (
                <tr key={hour}>
                  <th scope="row">{label(hour)}</th>
                  <td>{count}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </section>
  );
}

/** What there is, each number with its unit and what it is compared with. */
export function Numbers({ event, summary }: Props) {
  const { say } = useConsole();
  const { counts, guests, senders, reportsOpen } = summary;
  const inside = `/admin/events/${event.slug}`;
  const share = counts.total > 0 ? Math.round((counts.approved / counts.total) * 100) : 0;
  return (
    <ul class="numbers">
      <li>
        <Link class={counts.pending > 0 ? 'number number-wait' : 'number'} to={`${inside}/photos`}>
          <strong>{counts.pending}</strong>
          <span>{say.events('numberWaiting', { count: counts.pending })}</span>
          <span class="quiet small">{say.events('numberPreparing', { count: counts.processing })}</span>
        </Link>
      </li>
      <li>
        <Link class="number" to={`${inside}/photos?tab=approved`}>
          <strong>{counts.approved}</strong>
          <span>{say.events('numberPublished', { count: counts.approved })}</span>
          <span class="quiet small">{say.events('numberShare', { share, total: counts.total })}</span>
        </Link>
      </li>
      <li>
        <Link class="number" to={`${inside}/guests`}>
          <strong>{guests}</strong>
          <span>{say.events('numberGuests', { count: guests })}</span>
          <span class="quiet small">{say.events('numberSenders', { count: senders })}</span>
        </Link>
      </li>
      <li>
        <Link class={reportsOpen > 0 ? 'number number-bad' : 'number'} to={`${inside}/reports`}>
          <strong>{reportsOpen}</strong>
          <span>{say.events('numberReports', { count: reportsOpen })}</span>
          <span class="quiet small">{say.events(reportsOpen > 0 ? 'reportsLook' : 'reportsNone')}</span>
        </Link>
      </li>
    </ul>
  );
}
