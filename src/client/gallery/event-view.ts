import type { EventState } from '../../contract/events.ts';
import { byId } from '../shared/boot.ts';

const show = (id: string, isShown: boolean) => {
  const element = byId(id);
  if (element) element.hidden = !isShown;
};

/**
 * What of an event's state stands in the page beside its photos: the message while the host has stopped
 * publication, and every way to add photos. The server writes all of it, hidden or not.
 */
export function drawEvent(state: Pick<EventState, 'held' | 'heldMessage' | 'uploads'>): void {
  const title = byId('held-text');
  if (title) title.textContent = state.heldMessage || title.getAttribute('data-default');
  show('held', state.held);
  show('photos', !state.held);
  show('pages', !state.held);
  show('closed', !state.uploads);
  show('bar-add', state.uploads);
  const link = document.querySelector<HTMLElement>('#empty a');
  if (link) link.hidden = !state.uploads;
  toggleEmpty();
}

/** The empty state shows when there are no photos, and nothing else to say instead of them. */
export function toggleEmpty(): void {
  const list = byId('photos');
  const held = byId('held');
  show('empty', !!list && list.children.length === 0 && !(held && !held.hidden));
}
