import { useEffect, useState } from 'preact/hooks';
import type { Recall } from '../../../../contract/live.ts';
import { eventPath } from '../../../shared/api.ts';
import { useConsole } from '../../shell/console.tsx';
import type { DeskPhoto } from '../table/desk-photo.ts';
import type { Desk } from '../table/use-table.ts';
import { sumOf } from './recall-rules.ts';
import { useRecallWords } from './recall-words.ts';

/** Nobody asks about a photo that they pass by. */
const ASK_MS = 250;

/** Of a photo that was taken down: from how many screens it is gone. */
export function RecallLine({ desk, photo }: { desk: Desk; photo: DeskPhoto }) {
  const { session } = useConsole();
  const words = useRecallWords();
  const [asked, setAsked] = useState<Recall | null>(null);
  const wasDecided = photo.decided !== null && photo.status !== 'approved';
  useEffect(() => {
    if (!wasDecided) return;
    const timer = setTimeout(() => {
      void session
        .authed<{ recall: Recall | null }>(eventPath(photo.eventId, `/photos/${photo.id}/recall`))
        .then((answer) => answer.ok && setAsked(answer.data.recall));
    }, ASK_MS);
    return () => clearTimeout(timer);
  }, [photo.id, wasDecided]);
  const recall = wasDecided ? desk.recallOf(photo.id) || asked : null;
  const sum = recall && sumOf([recall], 1);
  return sum ? (
    <p class="small" data-recall={`${sum.confirmed}/${sum.total}`}>
      {words(sum)}
    </p>
  ) : null;
}
