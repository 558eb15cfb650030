import { useEffect, useState } from 'preact/hooks';
import type { StaffEvent } from '../../../contract/events.ts';
import type { RehearsalList } from '../../../contract/rehearsals.ts';
import { eventPath } from '../../shared/api.ts';
import { useConsole } from '../shell/console.tsx';
import { LinkButton } from '../shell/ui.tsx';
import { isSoon } from './rehearsal-rules.ts';

/** In the week before an event that has screens and was not rehearsed: that one could. */
export function RehearsalHint({ event }: { event: StaffEvent }) {
  const { say, session } = useConsole();
  const [isDue, setDue] = useState(false);
  const isTime = isSoon(event.startsAt, new Date());
  useEffect(() => {
    if (!isTime) return;
    let isOver = false;
    void session.authed<RehearsalList>(eventPath(event.id, '/rehearsals')).then((answer) => {
      if (!isOver && answer.ok) setDue(answer.data.screens > 0 && answer.data.items.length === 0);
    });
    return () => {
      isOver = true;
    };
  }, [event.id, isTime]);
  if (!isTime || !isDue) return null;
  return (
    <section class="section panel" data-hint="rehearsal">
      <h2>{say.rehearsal('hint')}</h2>
      <p>{say.rehearsal('hintText')}</p>
      <LinkButton to={`/admin/events/${event.slug}/rehearsal`}>{say.rehearsal('hintGo')}</LinkButton>
    </section>
  );
}
