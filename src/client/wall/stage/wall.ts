import type { EventState } from '../../../contract/events.ts';
import type { WallState } from '../../../contract/stage.ts';
import type { LiveFrame } from '../../shared/live-frames.ts';
import type { WallSettings } from '../settings-rules.ts';
import { t } from '../words.ts';
import { openFrame, type Frame, type Place } from './frame.ts';
import { momentOf, NO_STAGE } from './moments-rules.ts';
import { openShow, type Show } from './show.ts';

/** Timers that wait for days end at once in browsers. */
const LOOK_AGAIN_MS = 60_000;

export interface Wall {
  show: Show;
  frame: Frame;
  configure(place: Place, settings: WallSettings): void;
  /** What the event says: whether photos are shown, and what is on besides. */
  tell(state: EventState): void;
  /** One announcement, or the spotlight, between two of the event's states. */
  change(frame: LiveFrame): void;
  /** What is on the screen now, for those who ask: a layout, or one of our slides. `photos`: all that can be seen. */
  on(): { showing: string | null; photos: string[]; layout: string };
}

/** A whole wall: the frame and the show in it. Where photos come from is another's business. */
export function openWall(options: { now(): number; isAtHand(url: string): boolean; onShown(): void }): Wall {
  const frame = openFrame();
  let stage: WallState = NO_STAGE;
  let isHeld = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isEmpty = false;
  const show = openShow(frame.stage, {
    now: options.now,
    isAtHand: options.isAtHand,
    onShown: options.onShown,
    onEmpty(next) {
      isEmpty = next;
      frame.empty(next && !isHeld);
    },
    onInvite: frame.invite,
  });

  function look(): void {
    clearTimeout(timer);
    const now = options.now();
    const moment = momentOf(stage, now);
    frame.moment(moment);
    show.spotlight(moment.spotlight);
    if (moment.next !== null) timer = setTimeout(look, Math.min(LOOK_AGAIN_MS, Math.max(20, moment.next - now)));
  }

  return {
    show,
    frame,
    configure(place, settings) {
      frame.place(place);
      frame.overscan(settings.overscanPercent);
      show.configure({ ...place, settings, callToAction: t('scan') });
    },
    tell(state) {
      stage = state.stage;
      isHeld = stage.panic !== null || state.held;
      frame.hold(isHeld ? { text: stage.panic ? stage.panic.text : state.heldMessage } : null);
      frame.empty(isEmpty && !isHeld);
      if (!state.shows) show.keepOnly(new Set());
      look();
    },
    change(frame) {
      if (frame.type === 'announcement') {
        const { id, text, from, until } = frame;
        const others = stage.announcements.filter((one) => one.id !== id);
        stage = { ...stage, announcements: text ? others.concat({ id, text, from, until }) : others };
      } else if (frame.type === 'spotlight') {
        const { photoId, until = null } = frame;
        stage = { ...stage, spotlight: photoId ? { photoId, until } : null };
      } else return;
      look();
    },
    on: () => ({
      showing: (!isHeld && show.shown().slice(-1)[0]) || null,
      photos: isHeld ? [] : show.shown(),
      layout: stage.panic ? 'panic' : isHeld ? 'held' : show.layout() || 'empty',
    }),
  };
}
