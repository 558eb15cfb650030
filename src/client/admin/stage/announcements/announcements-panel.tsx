import { useEffect, useState } from 'preact/hooks';
import type { StaffEvent } from '../../../../contract/events.ts';
import { formatMoment, formatShortMoment, formatTime } from '../../../../contract/messages/times.ts';
import type { Announcement, AnnouncementRequest } from '../../../../contract/stage.ts';
import { toLocalTime } from '../../../../contract/values/zones.ts';
import { eventPath } from '../../../shared/api.ts';
import { showToast } from '../../../shared/toast.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { Badge } from '../../../shared/ui/signs.tsx';
import { reasonOf, useConsole } from '../../shell/console.tsx';
import { AnnouncementWriter } from './announcement-form.tsx';
import { arranged, asAnnouncements, nextChange } from '../stage-rules.ts';
import { useServerTime, type Stage } from '../use-stage.ts';

const STATE = {
  shown: ['nowOnWalls', 'good'],
  coming: ['isComing', 'wait'],
  over: ['isOver', 'plain'],
} as const;

/** From when until when, as briefly as it can be said on the clock of the event. */
function Times({ of, timeZone, now }: { of: Announcement; timeZone: string; now: number }) {
  const { boot, say } = useConsole();
  const { from, until, state } = of;
  const day = (iso: string) => toLocalTime(timeZone, iso).slice(0, 10);
  const moment = (iso: string, isShort = false) => (
    <time dateTime={iso} title={formatMoment(boot.locale, timeZone, iso)}>
      {isShort ? formatTime(boot.locale, timeZone, iso) : formatShortMoment(boot.locale, timeZone, iso, new Date(now))}
    </time>
  );
  const today = day(new Date(now).toISOString());
  const named = (name: 'from' | 'until' | 'endedAt', iso: string) => (
    <span>
      {say.stage(name)} {moment(iso, day(iso) === today)}
    </span>
  );
  if (state === 'over') return until ? named('endedAt', until) : null;
  if (from && until && state === 'coming') {
    return (
      <span>
        {moment(from, day(from) === today)} – {moment(until, day(from) === day(until))}
      </span>
    );
  }
  if (from && state === 'coming') return named('from', from);
  return until ? named('until', until) : <span>{say.stage('untilTakenBack')}</span>;
}

interface Props {
  event: StaffEvent;
  stage: Stage;
  /** why nothing can be announced; null: it can */
  reason: string | null;
}

/** What is announced now, what will be and what was; each can be taken back, and written. */
export function AnnouncementsPanel({ event, stage, reason }: Props) {
  const console = useConsole();
  const { role, say, session, t } = console;
  const path = eventPath(event.id, '/announcements');
  const [all, setAll] = useState<Announcement[] | null>(null);
  const isHelper = role === 'moderator';
  const load = () => {
    if (isHelper) return;
    void session.authed<{ items: Announcement[] }>(path).then((answer) => answer.ok && setAll(answer.data.items));
  };
  // What the room tells of announcements stands on the stage; the list has those that are over as well.
  const told = stage.state ? stage.state.announcements.map(({ id }) => id).join() : null;
  useEffect(load, [path, told]);
  const now = useServerTime(all ? nextChange(all, Date.now()) : null);
  const known = all || (isHelper && stage.state ? asAnnouncements(stage.state, now) : []);
  const items = arranged(known, now);

  const send = async (request: AnnouncementRequest): Promise<boolean> => {
    const answer = await session.authed<{ announcement: Announcement }>(path, { method: 'POST', body: request });
    if (!answer.ok) {
      showToast(t('decideFailed', { reason: reasonOf(console, answer) }));
      return false;
    }
    const { announcement } = answer.data;
    setAll((before) => [announcement].concat((before || []).filter(({ id }) => id !== announcement.id)));
    return true;
  };
  const announce = async (request: AnnouncementRequest): Promise<boolean> => {
    const isDone = await send(request);
    if (isDone) showToast(say.stage(request.from ? 'isPlanned' : 'isAnnounced'));
    return isDone;
  };
  const takeBack = async ({ id, text, from, until }: Announcement) => {
    setAll((before) => before && before.filter((one) => one.id !== id));
    const answer = await session.authed(`${path}/${id}`, { method: 'DELETE' });
    if (!answer.ok && answer.status !== 404) {
      showToast(t('decideFailed', { reason: reasonOf(console, answer) }));
      return load();
    }
    showToast(say.stage('isTakenBack'), { label: t('undo'), run: () => void send({ text, from, until }) });
  };
  return (
    <section class="section panel" aria-labelledby="onwall-announcements">
      <h2 id="onwall-announcements">{say.stage('announcements')}</h2>
      <p>{say.stage('announcementsText')}</p>
      <div class="stack">
        <AnnouncementWriter event={event} reason={reason} onSend={announce} />
        {items.length > 0 && (
          <ul class="onwall-announcements">
            {items.map((one, place) => (
              <li key={one.id} class={`onwall-announcement onwall-announcement-${one.state}`} data-state={one.state}>
                <div>
                  <p class="onwall-announcement-text" dir="auto">
                    {one.text}
                  </p>
                  <p class="small quiet">
                    {one.state === 'shown' && place > 0 ? (
                      <Badge>{say.stage('isBehind')}</Badge>
                    ) : (
                      <Badge tone={STATE[one.state][1]}>{say.stage(STATE[one.state][0])}</Badge>
                    )}{' '}
                    <Times of={one} timeZone={event.timeZone} now={now} />
                  </p>
                </div>
                <Button
                  size="small"
                  kind="bare"
                  disabledReason={reason}
                  aria-label={`${say.stage(one.state === 'over' ? 'forget' : 'takeBack')}: ${one.text}`}
                  onClick={() => void takeBack(one)}
                >
                  {say.stage(one.state === 'over' ? 'forget' : 'takeBack')}
                </Button>
              </li>
            ))}
          </ul>
        )}
      </div>
    </section>
  );
}
