import type { StaffEvent } from '../../../contract/events.ts';
import { formatShortMoment } from '../../../contract/messages/times.ts';
import type { Rehearsal } from '../../../contract/rehearsals.ts';
import { Badge } from '../../shared/ui/signs.tsx';
import { useConsole } from '../shell/console.tsx';
import { Checklist } from './checklist.tsx';
import { greenOf, verdictOf } from './rehearsal-rules.ts';
import { ToneMark } from './tone-mark.tsx';

const VERDICT_WORDS = { good: 'verdictGood', wait: 'verdictWait', bad: 'verdictBad' } as const;
const END_WORDS = {
  done: 'endedDone',
  asked: 'endedAsked',
  limit: 'endedLimit',
  panic: 'endedPanic',
  begun: 'endedBegun',
  deleted: 'endedDeleted',
} as const;

interface Props {
  event: StaffEvent;
  rehearsal: Rehearsal;
}

/** When, how many photos, and why it ended where that was before its time. */
function Facts({ event, rehearsal }: Props) {
  const { boot, say } = useConsole();
  const { endedBecause, endedBy, photos, startedAt, startedBy } = rehearsal;
  const when = formatShortMoment(boot.locale, event.timeZone, startedAt, new Date());
  return (
    <p class="quiet rehearsal-facts">
      <span>
        {startedBy ? say.rehearsal('rehearsedBy', { when, name: startedBy }) : say.rehearsal('rehearsedOn', { when })}
      </span>
      <span>{say.rehearsal('photosShown', { count: photos.sent })}</span>
      {endedBecause && endedBecause !== 'done' && (
        <span>{say.rehearsal(END_WORDS[endedBecause], { name: endedBy || '' })}</span>
      )}
    </p>
  );
}

const Green = ({ rehearsal }: { rehearsal: Rehearsal }) => {
  const { say } = useConsole();
  const { checks } = rehearsal;
  return (
    <Badge tone={verdictOf(checks)}>{say.rehearsal('greenOf', { green: greenOf(checks), total: checks.length })}</Badge>
  );
};

/** The last rehearsal, with all that it has shown. */
export function LastResult({ event, rehearsal }: Props) {
  const { say } = useConsole();
  const verdict = verdictOf(rehearsal.checks);
  return (
    <section class="section panel rehearsal-result" data-verdict={verdict}>
      <div class="rehearsal-verdict">
        <ToneMark tone={verdict} />
        <div>
          <h2>{say.rehearsal(VERDICT_WORDS[verdict])}</h2>
          <Facts event={event} rehearsal={rehearsal} />
        </div>
        <Green rehearsal={rehearsal} />
      </div>
      <Checklist checks={rehearsal.checks} />
    </section>
  );
}

/** Those before it, each a line that opens. */
export function Earlier({ event, rehearsals }: { event: StaffEvent; rehearsals: readonly Rehearsal[] }) {
  const { boot, say } = useConsole();
  return (
    <section class="section" aria-labelledby="earlier">
      <h2 id="earlier">{say.rehearsal('earlier')}</h2>
      <div class="rehearsal-earlier">
        {rehearsals.map((rehearsal) => (
          <details class="panel" key={rehearsal.id}>
            <summary>
              <span>
                {say.rehearsal('rehearsedOn', {
                  when: formatShortMoment(boot.locale, event.timeZone, rehearsal.startedAt, new Date()),
                })}
              </span>
              <Green rehearsal={rehearsal} />
            </summary>
            <Facts event={event} rehearsal={rehearsal} />
            <Checklist checks={rehearsal.checks} />
          </details>
        ))}
      </div>
    </section>
  );
}
