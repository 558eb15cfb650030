import type { StaffEvent } from '../../../contract/events.ts';
import { eventPath, type Refusal } from '../../shared/api.ts';
import { showToast } from '../../shared/toast.ts';
import { reasonOf, type Console } from '../shell/console.tsx';

/** Deletes an event, leaves its pages, and offers to have it back. @returns why it could not be deleted */
export async function deleteEvent(console: Console, event: StaffEvent): Promise<Refusal | null> {
  const { go, say, session, t } = console;
  const answer = await session.authed<null>(eventPath(event.id), { method: 'DELETE' });
  if (!answer.ok) return answer;
  go('/admin');
  const undo = async () => {
    const restored = await session.authed<{ event: StaffEvent }>(eventPath(event.id, '/restore'), { method: 'POST' });
    if (!restored.ok) return showToast(reasonOf(console, restored));
    showToast(say.events('restored'));
    go(`/admin/events/${restored.data.event.slug}`);
  };
  showToast(say.events('deletedToast', { name: event.name }), { label: t('undo'), run: () => void undo() });
  return null;
}

/** Sets where an event stands, with a way back. */
export async function setStatus(
  console: Console,
  event: StaffEvent,
  status: StaffEvent['status'],
  onEvent: (event: StaffEvent) => void,
): Promise<void> {
  const { say, session, t } = console;
  const change = (to: StaffEvent['status']) =>
    session.authed<{ event: StaffEvent }>(eventPath(event.id), { method: 'PATCH', body: { status: to } });
  const answer = await change(status);
  if (!answer.ok) {
    showToast(reasonOf(console, answer));
    return;
  }
  onEvent(answer.data.event);
  const words = { draft: 'nowDraft', live: 'nowLive', closed: 'nowClosed', archived: 'nowArchived' } as const;
  const undo = async () => {
    const back = await change(event.status);
    if (back.ok) onEvent(back.data.event);
    else showToast(reasonOf(console, back));
  };
  showToast(say.events(words[status]), { label: t('undo'), run: () => void undo() });
}
