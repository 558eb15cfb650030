import type { DeviceName } from '../../../contract/helpers.ts';
import { formatAgo, formatDay, formatMoment } from '../../../contract/messages/times.ts';
import type { Say } from '../shell/words.ts';
import { useConsole } from '../shell/console.tsx';

/** Where times belong to no event, they are those of whoever reads them. */
export const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';

export function deviceName(say: Say, device: DeviceName | null): string {
  if (!device) return say.people('deviceUnknown');
  const { browser, system } = device;
  if (browser && system) return say.people('deviceOn', { browser, system });
  return browser || system || say.people('deviceUnknown');
}

export function Day({ iso, zone }: { iso: string; zone?: string }) {
  const { boot } = useConsole();
  const at = zone || ownZone();
  return (
    <time dateTime={iso} title={formatMoment(boot.locale, at, iso)}>
      {formatDay(boot.locale, at, iso)}
    </time>
  );
}

/** Sentences with a time in them: the exact one is on hover. */
export function useTimes(zone: string = ownZone()) {
  const { boot } = useConsole();
  return {
    ago: (iso: string) => formatAgo(boot.locale, iso, new Date()),
    exact: (iso: string) => formatMoment(boot.locale, zone, iso),
  };
}
