import type { StaffEvent } from '../../../contract/events.ts';
import { Badge } from '../../shared/ui/signs.tsx';
import { useConsole } from '../shell/console.tsx';

const STATUS = {
  draft: { words: 'statusDraft', tone: 'plain' },
  live: { words: 'statusLive', tone: 'good' },
  closed: { words: 'statusClosed', tone: 'plain' },
  archived: { words: 'statusArchived', tone: 'plain' },
} as const;

/** Where an event stands; held comes before everything else. */
export function StatusBadge({ event }: { event: Pick<StaffEvent, 'status' | 'held'> }) {
  const { t, say } = useConsole();
  if (event.held) return <Badge tone="bad">{say.shell('statusHeld')}</Badge>;
  const { words, tone } = STATUS[event.status];
  return <Badge tone={tone}>{t(words)}</Badge>;
}

export const VISIBILITY_WORDS = { public: 'seenByAll', pin: 'seenWithPin', private: 'seenByTeam' } as const;
