import type { Recall } from '../../../../contract/live.ts';
import { openToast, type Toast, type ToastAction } from '../../../shared/toast.ts';
import { sumOf, type RecallSum } from './recall-rules.ts';

/** Recalls whose photos may still be looked at. */
const KNOWN_MAX = 500;

interface Watch {
  ids: string[];
  toast: Toast | null;
  undo: ToastAction;
  isDone: boolean;
}

interface RecallOptions {
  words: (sum: RecallSum) => string;
  /** What screen readers are told: that they are taken down where nobody else says so, and once that it is done. */
  onSay: (text: string) => void;
  /** something is known of a photo that was not before */
  onChange: () => void;
}

/** Follows what somebody has taken down until it is gone from every screen: one toast for each time, and the photos' own state. */
export function openRecallToasts({ words, onSay, onChange }: RecallOptions) {
  const known = new Map<string, Recall>();
  let watches: Watch[] = [];

  function tell(watch: Watch): void {
    const recalls = watch.ids.reduce<Recall[]>((all, id) => all.concat(known.get(id) || []), []);
    const sum = sumOf(recalls, watch.ids.length);
    if (!sum || watch.isDone) return;
    const text = words(sum);
    watch.isDone = sum.isDone;
    if (watch.toast && watch.toast.isOpen()) watch.toast.say(text);
    // The toast was closed while a screen was slow: what came of it is said all the same.
    else if (!watch.toast || sum.isDone) watch.toast = openToast(text, watch.toast ? undefined : watch.undo, true);
    if (!sum.isDone) return;
    watches = watches.filter((one) => one !== watch);
    onSay(text);
  }

  return {
    /** @param toast what already says that they were taken down; null: one is opened with the first word of a screen */
    follow(ids: readonly string[], undo: ToastAction, toast: Toast | null): void {
      for (const id of ids) known.delete(id);
      watches.push({ ids: ids.slice(), toast, undo, isDone: false });
    },
    /** Says that they are taken down, unless a screen has said so first. */
    show(ids: readonly string[], text: string): void {
      const watch = watches.find((one) => one.ids.indexOf(ids[0] as string) >= 0);
      if (!watch || watch.toast) return;
      watch.toast = openToast(text, watch.undo, true);
      onSay(text);
    },
    take(recall: Recall): void {
      known.delete(recall.photoId);
      known.set(recall.photoId, recall);
      for (const id of known.keys()) if (known.size > KNOWN_MAX) known.delete(id);
      for (const watch of watches) if (watch.ids.indexOf(recall.photoId) >= 0) tell(watch);
      onChange();
    },
    /** They show again, or the decision was refused: nobody waits for them any more. */
    forget(ids: readonly string[]): void {
      for (const id of ids) known.delete(id);
      for (const watch of watches) watch.ids = watch.ids.filter((id) => ids.indexOf(id) < 0);
      for (const watch of watches) if (!watch.ids.length && watch.toast) watch.toast.close();
      watches = watches.filter((watch) => watch.ids.length > 0);
    },
    /** what is known of a photo from the room's own words; null: nothing */
    find: (id: string): Recall | null => known.get(id) || null,
  };
}

export type RecallToasts = ReturnType<typeof openRecallToasts>;
