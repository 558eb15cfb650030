import type { StaffEvent } from '../../../contract/events.ts';
import type { WallState } from '../../../contract/stage.ts';

/** The event as a change of its stage has left it, before it has been asked for again. */
export function withStage(event: StaffEvent, { panic, spotlight, photoCall }: WallState): StaffEvent {
  const before = event.stage.panic;
  const isHeldByPanic = event.held !== null && before !== null && Date.parse(event.held.at) === before.since;
  const byPanic = panic && { at: new Date(panic.since).toISOString(), message: panic.text };
  const held = event.held === null || isHeldByPanic ? byPanic : event.held;
  return { ...event, held, stage: { panic, spotlight, photoCall } };
}
