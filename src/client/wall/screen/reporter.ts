import type { ScreenReport } from '../../../contract/live-screens.ts';

/** `WATCH_SECONDS`: for so long somebody looks at this screen in the console. */
const WATCHED_MS = 60_000;

export interface Reporter {
  /** Something that always matters has changed: says so at once if it has. */
  note(): void;
  /** Another photo is on: said only while somebody looks, unless more than that has changed. */
  shown(): void;
  watch(): void;
  /** The room has forgotten, or has never heard: everything is said again. */
  again(): void;
}

/** Says how the screen is, as seldom as may be: a room that sleeps is not woken because a photo has changed. */
export function openReporter(report: () => ScreenReport, send: (report: ScreenReport) => void): Reporter {
  let last = '';
  let watchedUntil = 0;
  const say = () => {
    const now = report();
    last = JSON.stringify({ ...now, showing: null, skewMs: 0 });
    send(now);
  };
  return {
    note() {
      if (JSON.stringify({ ...report(), showing: null, skewMs: 0 }) !== last) say();
    },
    shown() {
      if (Date.now() < watchedUntil) say();
      else this.note();
    },
    watch() {
      watchedUntil = Date.now() + WATCHED_MS;
      say();
    },
    again: say,
  };
}
