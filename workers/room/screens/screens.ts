import {
  PROTOCOL_VERSION,
  WATCH_SECONDS,
  type ScreenNudge,
  type ScreenPresence,
  type ScreenReport,
} from '../../../src/contract/live.ts';
import type { FanOut } from '../seats/fan-out.ts';
import { readSeat, writeSeat, type Seat } from '../seats/seat.ts';
import { closeExpired, frameText, isOpen, send } from '../seats/sockets.ts';
import type { ScreenRoll } from './roll.ts';

const ASK_EVERY_MS = 5_000;

/** The screens of the room: what they are told, what they say, and who is told of that. */
export function createScreens(ctx: DurableObjectState, roll: ScreenRoll, fanOut: FanOut) {
  /** in memory: after an eviction they are asked once more */
  let askedAt = 0;

  const watchers = (now: number): WebSocket[] =>
    ctx.getWebSockets('staff').filter((socket) => isOpen(socket) && (readSeat(socket)?.watchUntil ?? 0) > now);

  const statusText = (presence: ScreenPresence): string =>
    frameText({ v: PROTOCOL_VERSION, type: 'screen.status', ...presence });

  const commandText = ({ id, command }: Pick<ScreenNudge, 'id' | 'command'>): string =>
    frameText({ v: PROTOCOL_VERSION, type: 'screen.command', id, command });

  function tellStatus(screenId: string, now: number): void {
    const watching = watchers(now);
    const presence = watching.length === 0 ? null : roll.presence(screenId, now);
    if (presence !== null) fanOut.tell(watching, statusText(presence), now);
  }

  const askForReports = (sockets: WebSocket[], now: number): void =>
    fanOut.tell(sockets, commandText({ id: crypto.randomUUID(), command: 'report' }), now);

  return {
    joined(socket: WebSocket, screenId: string, now: number): void {
      roll.seen(screenId, now);
      if (watchers(now).length > 0) askForReports([socket], now);
      tellStatus(screenId, now);
    },
    left(screenId: string, now: number): void {
      if (roll.presence(screenId, now) === null) return;
      roll.seen(screenId, now);
      tellStatus(screenId, now);
    },
    reported(screenId: string, report: ScreenReport, now: number): void {
      roll.reported(screenId, report, now);
      tellStatus(screenId, now);
    },
    polled(screenId: string, report: ScreenReport | null, now: number): void {
      roll.polled(screenId, now);
      if (report !== null) roll.reported(screenId, report, now);
      tellStatus(screenId, now);
    },
    /** Who watches hears of every screen at once, and then of each change; the screens are asked to report. */
    watch(socket: WebSocket, seat: Seat, on: boolean, now: number): void {
      writeSeat(socket, { ...seat, watchUntil: on ? now + WATCH_SECONDS * 1000 : null });
      if (!on) return;
      for (const presence of roll.presences(now)) send(socket, statusText(presence));
      // They go on reporting for a minute: who asks again and again makes nobody say more.
      if (now - askedAt < ASK_EVERY_MS) return;
      askedAt = now;
      askForReports(ctx.getWebSockets('screen'), now);
    },
    /** @returns the screens that have an open socket. */
    command(nudges: ScreenNudge[], now: number): string[] {
      const told = new Set<string>();
      for (const nudge of nudges) {
        const sockets =
          nudge.screenIds === 'all' ? ctx.getWebSockets('screen') : nudge.screenIds.flatMap(roll.socketsOf);
        fanOut.tell(sockets, commandText(nudge), now);
        for (const socket of sockets.filter(isOpen)) {
          const screen = readSeat(socket)?.screen;
          if (screen) told.add(screen.id);
        }
      }
      return [...told];
    },
    /** Screens that have been revoked or belong to another event now. */
    dismiss(screenIds: string[], now: number): void {
      for (const screenId of screenIds) {
        const sockets = roll.socketsOf(screenId);
        roll.dismiss(screenId, now);
        for (const socket of sockets) closeExpired(socket);
      }
    },
  };
}
