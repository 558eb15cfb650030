import type { AccountAnswer } from '../../../contract/account.ts';
import { Progress } from '../../shared/ui/signs.tsx';
import { useConsole } from '../shell/console.tsx';
import { inUnits, roomOf } from './account-rules.ts';

interface Row {
  label: string;
  used: number;
  /** null: none; absent: nothing that a plan limits */
  limit?: number | null;
  say: (count: number) => string;
  comparison: string | null;
}

function UsageCard({ label, used, limit, say: words, comparison }: Row) {
  const { say } = useConsole();
  const room = limit === undefined || limit === null ? null : roomOf(used, limit);
  return (
    <div class={room ? `usage-${room.tone}` : undefined}>
      <dt>{label}</dt>
      <dd class="usage-number">{words(used)}</dd>
      {room && limit !== undefined && limit !== null && (
        <dd class="usage-room small">
          <Progress label={label} value={used} max={limit} />
          <span>{say.people('ofLimit', { limit: words(limit) })}</span>
          <strong>{room.left > 0 ? say.people('left', { count: words(room.left) }) : say.people('full')}</strong>
        </dd>
      )}
      {limit === null && <dd class="quiet small">{say.people('noLimit')}</dd>}
      {comparison && <dd class="quiet small">{comparison}</dd>}
    </div>
  );
}

/** What the account holds, and how much more its plan has room for. */
export function Usage({ usage, limits }: Pick<AccountAnswer, 'usage' | 'limits'>) {
  const { boot, say } = useConsole();
  const number = (count: number) => new Intl.NumberFormat(boot.locale, { maximumFractionDigits: 1 }).format(count);
  const size = (bytes: number) => {
    const [unit, count] = inUnits(bytes);
    return say.people(unit, { count: number(count) });
  };
  const { bytes, events, guests, members, photos } = usage;
  const perEvent = (count: number) =>
    events > 0 ? say.people('perEvent', { count: number(Math.round(count / events)) }) : null;
  const rows: Row[] = [
    {
      label: say.people('usedPhotos'),
      used: photos,
      limit: limits.photos,
      say: number,
      comparison: perEvent(photos),
    },
    {
      label: say.people('usedStorage'),
      used: bytes,
      limit: limits.bytes,
      say: size,
      comparison: photos > 0 ? say.people('perPhoto', { size: size(bytes / photos) }) : null,
    },
    { label: say.people('usedEvents'), used: events, say: number, comparison: null },
    { label: say.people('usedGuests'), used: guests, say: number, comparison: perEvent(guests) },
    { label: say.people('usedMembers'), used: members, say: number, comparison: null },
  ];
  return (
    <section class="section" aria-labelledby="usage-title">
      <h2 id="usage-title">{say.people('usageTitle')}</h2>
      <dl class="usage">
        {rows.map((row) => (
          <UsageCard key={row.label} {...row} />
        ))}
      </dl>
      <p class="quiet small usage-hint">{say.people('storageHint')}</p>
    </section>
  );
}
