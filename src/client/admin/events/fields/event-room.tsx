import type { AccountAnswer } from '../../../../contract/account.ts';
import type { StaffEvent } from '../../../../contract/events.ts';
import { Progress } from '../../../shared/ui/signs.tsx';
import { useLoad } from '../../people/use-load.ts';
import { useConsole } from '../../shell/console.tsx';

/** How many photos the event has, and how many more the plan has room for; nothing where there is no limit. */
export function EventRoom({ event }: { event: StaffEvent }) {
  const { boot, say } = useConsole();
  const { data } = useLoad<AccountAnswer>('/api/v1/tenant');
  const limit = data && data.limits.photosPerEvent;
  if (limit === null) return null;
  const used = event.counts.total;
  const number = (count: number) => new Intl.NumberFormat(boot.locale).format(count);
  const words = { used: number(used), limit: number(limit), left: number(limit - used) };
  const text = used < limit ? say.events('roomUsed', words) : say.events('roomFull', words);
  return (
    <div class="event-room">
      <Progress label={text} value={used} max={limit} />
      <p class={used < limit ? 'quiet small' : 'notice notice-bad'}>{text}</p>
    </div>
  );
}
