import { intlTag } from '../../../../contract/messages/shape.ts';
import { useConsole } from '../../shell/console.tsx';
import type { RecallSum } from './recall-rules.ts';

/** "Removed from 3 of 3 screens in 0.6 s", and what happens to those that are offline. */
export function useRecallWords(): (sum: RecallSum) => string {
  const { boot, say } = useConsole();
  const d = say.desk;
  const tenths = new Intl.NumberFormat(intlTag(boot.locale), { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  return ({ photos, confirmed, total, offline, ms, isDone }) => {
    const places = {
      photos: d('albumPhotos', { count: photos }),
      confirmed,
      count: total,
      // Nothing is gone in no time at all.
      seconds: tenths.format(Math.max(0.1, ms / 1_000)),
    };
    const key = photos > 1 ? (isDone ? 'recalledMany' : 'recallingMany') : isDone ? 'recalledOne' : 'recallingOne';
    const words = total > 0 ? d(key, places) : '';
    const later = offline > 0 ? d('recallOffline', { count: offline }) : '';
    return [words, later].filter(Boolean).join(isDone ? '. ' : ' ');
  };
}
