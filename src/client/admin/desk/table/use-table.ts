import { useEffect, useReducer, useRef } from 'preact/hooks';
import type { EventState } from '../../../../contract/events.ts';
import type { Recall } from '../../../../contract/live.ts';
import type { Decision } from '../../../../contract/photos.ts';
import { openToast, showToast } from '../../../shared/toast.ts';
import { may, reasonOf, useConsole } from '../../shell/console.tsx';
import type { EventPageProps } from '../../shell/pages.ts';
import { openRecallToasts, type RecallToasts } from '../recall/recall-toasts.ts';
import { useRecallWords } from '../recall/recall-words.ts';
import { useLit } from '../../stage/use-stage.ts';
import { openLightTable, type LightTable } from './light-table.ts';
import { readView, viewQuery, type View } from './view-rules.ts';

/** The address follows the photo in hand once one stays at it: browsers refuse a page that writes it at every key. */
const ADDRESS_MS = 500;

export interface Desk {
  table: LightTable;
  event: EventPageProps['event'];
  onEvent: EventPageProps['onEvent'];
  mayJudge: boolean;
  /** the photo that walls show alone at this moment */
  lit: string | null;
  /** decides on what is selected, else on the photo in hand */
  decide: (to: Decision) => void;
  undo: () => void;
  /** how far a photo is gone from the screens, as the room has told since one is here; null: nothing */
  recallOf: (id: string) => Recall | null;
  show: (view: View, photo?: string | null) => void;
  /** said by screen readers; the eye sees the photo leave */
  said: string;
}

/** The light table of the event, and the address that leads to what it shows. */
export function useTable({ event, onEvent }: Pick<EventPageProps, 'event' | 'onEvent'>): Desk | null {
  const console = useConsole();
  const { session, user, role, say, path, go } = console;
  const d = say.desk;
  const [, redraw] = useReducer((n: number) => n + 1, 0);
  const held = useRef<LightTable | null>(null);
  const said = useRef('');
  const latest = useRef({ event, onEvent });
  latest.current = { event, onEvent };
  const mayJudge = may(role, 'moderator');
  const query = path.split('?')[1] || '';
  const base = path.split('?')[0] as string;

  const tellUndone = (count: number) => {
    said.current = count ? d('undoneMany', { count }) : d('nothingToUndo');
    if (count !== 1) showToast(said.current);
  };
  const heldRecalls = useRef<RecallToasts | null>(null);
  const recallWords = useRecallWords();

  useEffect(() => {
    const { view, photo } = readView(query);
    const recalls = openRecallToasts({
      words: recallWords,
      onSay(text) {
        said.current = text;
      },
      onChange: () => redraw(undefined as never),
    });
    heldRecalls.current = recalls;
    const table = openLightTable({
      event: event.id,
      me: { id: user ? user.id : '', name: user ? user.name : '' },
      session,
      view,
      photo,
      onChange: () => redraw(undefined as never),
      onDecided(to, entries, takeBack) {
        const one = { pending: 'pendingSaid', approved: 'approvedSaid', rejected: 'rejectedSaid' } as const;
        const many = { pending: 'pendingMany', approved: 'approvedMany', rejected: 'rejectedMany' } as const;
        const count = entries.length;
        said.current = count === 1 ? d(one[to]) : d(many[to], { count });
        const undo = { label: d('undo'), run: () => tellUndone(takeBack()) };
        const toast = count > 1 ? openToast(said.current, undo, true) : null;
        const removed = entries.filter(({ from }) => from === 'approved').map(({ id }) => id);
        if (removed.length) recalls.follow(removed, undo, toast);
      },
      onRecall: recalls.take,
      onTakenBack: recalls.forget,
      onRefused: (refusal) => showToast(d('decideFailed', { reason: reasonOf(console, refusal) })),
      onHeldByOther: (name) => showToast(d('heldBy', { name })),
      onState: (state) => latest.current.onEvent(withState(latest.current.event, state)),
    });
    held.current = table;
    redraw(undefined as never);
    return () => {
      held.current = null;
      table.close();
    };
  }, [event.id]);

  // Back, forward and links change the address; the table follows.
  useEffect(() => {
    if (!held.current) return;
    const { view, photo } = readView(query);
    held.current.show(view, photo);
  }, [query]);

  const lit = useLit(event);
  const table = held.current;
  const current = table && table.current();
  useEffect(() => {
    if (!table) return;
    const timer = setTimeout(() => {
      const at = base + viewQuery(table.view(), table.isChosen() ? current : null);
      if (at !== location.pathname + location.search && location.pathname === base) history.replaceState(null, '', at);
    }, ADDRESS_MS);
    return () => clearTimeout(timer);
  }, [current, base]);

  if (!table) return null;
  return {
    table,
    event,
    onEvent,
    mayJudge,
    lit,
    said: said.current,
    decide(to) {
      if (!mayJudge) return void showToast(d('viewerOnly'));
      const chosen = Array.from(table.selection());
      const id = table.current();
      if (chosen.length) table.decide(chosen, to);
      else if (id) table.decide([id], to);
    },
    undo: () => tellUndone(table.undo()),
    recallOf: (id) => (heldRecalls.current ? heldRecalls.current.find(id) : null),
    show: (view, photo = null) => go(base + viewQuery(view, photo)),
  };
}

function withState(event: EventPageProps['event'], state: EventState): EventPageProps['event'] {
  const held = state.held
    ? { at: event.held ? event.held.at : new Date().toISOString(), message: state.heldMessage }
    : null;
  const { panic, spotlight, photoCall } = state.stage;
  return { ...event, held, status: state.status, stage: { panic, spotlight, photoCall } };
}
