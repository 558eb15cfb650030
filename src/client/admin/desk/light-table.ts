import type { Decision, StaffPhoto } from '../../../contract/photos.ts';
import type { Refusal } from '../../shared/api.ts';
import { connectEvent } from '../../shared/event-live.ts';
import type { LiveState } from '../../shared/live-connection.ts';
import type { LiveFrame } from '../../shared/live-frames.ts';
import {
  dropPhoto,
  listOf,
  mayDecide,
  move,
  newTable,
  putPage,
  putPhoto,
  showTab,
  type Page,
  type Tab,
} from './light-table-rules.ts';
import type { Session } from '../shell/session.ts';

const PAGE = 100;
const UNDO_STEPS = 50;
const RECOUNT_MS = 400;

export interface TableOptions {
  event: string;
  session: Session;
  onChange: () => void;
  onDecided: (to: Decision) => void;
  onRefused: (refusal: Refusal) => void;
}

/** The moderator's table of one event: what waits, live, and decisions that show at once and roll back if refused. */
export function openLightTable({ event, session, onChange, onDecided, onRefused }: TableOptions) {
  let table = newTable('pending');
  let live: LiveState = 'connecting';
  let failure: Refusal | null = null;
  let recount: ReturnType<typeof setTimeout> | undefined;
  let isOver = false;
  const busy = new Set<string>();
  const done: { id: string; from: Decision }[] = [];

  function set(next: typeof table): void {
    table = next;
    if (!isOver) onChange();
  }

  async function load(tab: Tab, cursor: string | null = null): Promise<void> {
    const query = `event=${encodeURIComponent(event)}&status=${tab}&limit=${PAGE}`;
    const path = `/api/v1/photos?${query}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`;
    const answer = await session.authed<Page>(path);
    failure = answer.ok ? null : answer;
    if (answer.ok) set(putPage(table, tab, answer.data, cursor === null, busy));
    else if (!isOver) onChange();
  }

  /** Frames tell of one photo; what others did to photos we never saw only shows in the server's counts. */
  function countSoon(): void {
    clearTimeout(recount);
    recount = setTimeout(() => {
      void session.authed<Page>(`/api/v1/photos?event=${encodeURIComponent(event)}&limit=1`).then((answer) => {
        if (answer.ok && busy.size === 0) set({ ...table, counts: answer.data.counts });
      });
    }, RECOUNT_MS);
  }

  function onFrame(frame: LiveFrame): void {
    if (frame.type === 'hello') void load(table.tab);
    if (frame.type === 'photo.pending' || frame.type === 'photo.decided') {
      if (busy.has(frame.photo.id)) return;
      set(putPhoto(table, frame.photo));
      countSoon();
    }
    if (frame.type === 'photo.removed') {
      if (table.photos[frame.id] && !busy.has(frame.id)) void confirm(frame.id);
    }
  }

  /** A public removal says that it is gone from the gallery, not whether it was rejected or deleted. */
  async function confirm(id: string): Promise<void> {
    const answer = await session.authed<{ photo: StaffPhoto }>(`/api/v1/photos/${id}`);
    if (answer.ok) set(putPhoto(table, answer.data.photo));
    else if (answer.status === 404) set(dropPhoto(table, id));
    countSoon();
  }

  async function decide(id: string, to: Decision, isUndo = false): Promise<void> {
    const photo = table.photos[id];
    if (!photo || busy.has(id) || !mayDecide(photo.status, to)) return;
    busy.add(id);
    set(putPhoto(table, { ...photo, status: to }));
    const answer = await session.authed<{ photo: StaffPhoto }>(`/api/v1/photos/${id}`, {
      method: 'PATCH',
      body: { status: to },
    });
    busy.delete(id);
    if (answer.ok) {
      if (!isUndo) {
        done.push({ id, from: photo.status as Decision });
        if (done.length > UNDO_STEPS) done.shift();
        onDecided(to);
      }
      set(putPhoto(table, answer.data.photo));
    } else {
      set(answer.status === 404 ? dropPhoto(table, id) : putPhoto(table, photo));
      onRefused(answer);
    }
  }

  const connection = connectEvent(
    event,
    {
      onFrame,
      onState(state) {
        live = state;
        if (!isOver) onChange();
      },
      // Everything here is fetched, so there is nothing to replay: the list is simply asked for again.
      onReset: () => load(table.tab),
    },
    (path) => session.authed<{ ticket: string }>(path, { method: 'POST' }),
  );
  void load('pending');

  return {
    table: () => table,
    live: () => live,
    failure: () => failure,
    list: () => listOf(table, table.tab),
    canUndo: () => done.length > 0,
    reload: () => load(table.tab),
    more: () => load(table.tab, table.cursors[table.tab] || null),
    select: (id: string) => set({ ...table, selected: id }),
    move: (step: 1 | -1) => set(move(table, step)),
    show(tab: Tab) {
      set(showTab(table, tab));
      void load(tab);
    },
    decide,
    undo(): boolean {
      const last = done.pop();
      if (last) void decide(last.id, last.from, true);
      return last !== undefined;
    },
    close() {
      isOver = true;
      clearTimeout(recount);
      connection.close();
    },
  };
}

export type LightTable = ReturnType<typeof openLightTable>;
