import type { ScreenPresence, ScreenReport } from '../../../src/contract/live.ts';
import { readSeat, screenTag } from '../seats/seat.ts';
import { isOpen } from '../seats/sockets.ts';
import { presenceOf, type ScreenRecord, type ScreenSocket } from './presence-rules.ts';

export type ScreenRoll = ReturnType<typeof openRoll>;

/** Nothing that the gateway has judged is longer under way. */
const DISMISSED_MS = 5_000;

type Row = { screen_id: string; seen_at: number; polled_at: number | null; report: string | null };

const toRecord = (row: Row): ScreenRecord => ({
  screenId: row.screen_id,
  seenAt: row.seen_at,
  polledAt: row.polled_at,
  report: row.report === null ? null : (JSON.parse(row.report) as ScreenPresence['report']),
});

/** Every screen that has been in this room: what it said last, and which of its sockets are open. */
export function openRoll(ctx: DurableObjectState) {
  const { sql } = ctx.storage;
  sql.exec(
    'create table if not exists screens (screen_id text primary key, seen_at integer not null, polled_at integer, report text) without rowid',
  );
  sql.exec('create table if not exists dismissed (screen_id text primary key, at integer not null) without rowid');

  const socketsOf = (screenId: string): WebSocket[] => ctx.getWebSockets(screenTag(screenId)).filter(isOpen);

  const openSockets = (screenId: string): ScreenSocket[] =>
    socketsOf(screenId).flatMap((socket) => {
      const seat = readSeat(socket);
      if (seat === null || seat.screen === null) return [];
      // The platform answers pings by itself, and keeps when: nobody is woken to count them.
      const pingedAt = ctx.getWebSocketAutoResponseTimestamp(socket)?.getTime() ?? null;
      return [{ installation: seat.screen.installation, joinedAt: seat.joinedAt, pingedAt }];
    });

  const find = (screenId: string): ScreenRecord | null => {
    const row = sql.exec<Row>('select * from screens where screen_id = ?', screenId).toArray()[0];
    return row === undefined ? null : toRecord(row);
  };

  return {
    socketsOf,
    /** A socket of the screen was opened or closed. */
    seen(screenId: string, now: number): void {
      sql.exec(
        `insert into screens (screen_id, seen_at) values (?, ?)
         on conflict (screen_id) do update set seen_at = excluded.seen_at, polled_at = null`,
        screenId,
        now,
      );
    },
    polled(screenId: string, now: number): void {
      sql.exec(
        `insert into screens (screen_id, seen_at, polled_at) values (?, ?, ?)
         on conflict (screen_id) do update set seen_at = excluded.seen_at, polled_at = excluded.polled_at`,
        screenId,
        now,
        now,
      );
    },
    /** Keeps what a screen says, if it has been seen here. A preflight stands until the next. */
    reported(screenId: string, report: ScreenReport, now: number): void {
      const before = find(screenId)?.report ?? null;
      const at = new Date(now).toISOString();
      const since = before !== null && before.showing === report.showing ? before.since : at;
      const preflight = report.preflight ?? before?.preflight;
      const checkedAt = report.preflight === undefined ? before?.checkedAt : at;
      sql.exec(
        'update screens set report = ?, seen_at = ? where screen_id = ?',
        JSON.stringify({ ...report, ...(preflight === undefined ? {} : { preflight, checkedAt }), since }),
        now,
        screenId,
      );
    },
    presence(screenId: string, now: number): ScreenPresence | null {
      const record = find(screenId);
      return record === null ? null : presenceOf(record, openSockets(screenId), now);
    },
    presences(now: number): ScreenPresence[] {
      return sql
        .exec<Row>('select * from screens order by screen_id')
        .toArray()
        .map((row) => presenceOf(toRecord(row), openSockets(row.screen_id), now));
    },
    /** It is none of this room's any more: revoked, or moved to another event. */
    dismiss(screenId: string, now: number): void {
      sql.exec('delete from screens where screen_id = ?', screenId);
      sql.exec('delete from dismissed where at < ?', now - DISMISSED_MS);
      sql.exec(
        'insert into dismissed (screen_id, at) values (?1, ?2) on conflict (screen_id) do update set at = ?2',
        screenId,
        now,
      );
    },
    /** Whoever was let in a moment before was judged before; who may be here after all is judged anew, and comes then. */
    isDismissed: (screenId: string, now: number): boolean =>
      sql.exec('select 1 from dismissed where screen_id = ? and at >= ?', screenId, now - DISMISSED_MS).toArray()
        .length > 0,
  };
}
