import { useRef } from 'preact/hooks';
import { byId } from '../../../shared/boot.ts';
import { useEventLine } from '../../shell/event-line.ts';
import { openRecallToasts, type RecallToasts } from './recall-toasts.ts';
import { useRecallWords } from './recall-words.ts';

/** Recalls on a page that has no line of its own to the room. */
export function useRecalls(): RecallToasts {
  const words = useRecallWords();
  const latest = useRef(words);
  latest.current = words;
  const held = useRef<RecallToasts | null>(null);
  held.current ??= openRecallToasts({
    words: (sum) => latest.current(sum),
    onSay(text) {
      const live = byId('announcement');
      if (live) live.textContent = text;
    },
    onChange() {},
  });
  const recalls = held.current;
  useEventLine((frame) => {
    if (frame.type === 'recall.progress') recalls.take(frame);
  });
  return recalls;
}
