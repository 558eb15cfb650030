import type { EventState } from '../../../../contract/events.ts';
import type { Recall } from '../../../../contract/live.ts';
import type { Decision } from '../../../../contract/photos.ts';
import type { Refusal } from '../../../shared/api.ts';
import { connectEvent } from '../../../shared/event-live.ts';
import type { LiveState } from '../../../shared/live-connection.ts';
import type { LiveFrame } from '../../../shared/live-frames.ts';
import type { Session } from '../../shell/session.ts';
import { openClaims } from './claims.ts';
import { openDecisionQueue, type Outcome } from './decision-queue.ts';
import { mayDecide, type Counts, type DeskPhoto, type PhotoPage } from './desk-photo.ts';
import { openPhotoStore, type PhotoList } from './photo-store.ts';
import type { Waiting } from './queue-rules.ts';
import { isInView, listQuery, viewKey, type View } from './view-rules.ts';

const PAGE = 100;
/** The most the API gives at once. */
const PAGE_MAX = 200;
/** The next page is asked for when so few are left before one. */
const AHEAD = 60;
const UNDO_STEPS = 50;
const RECOUNT_MS = 600;
/** Frames come in bursts; the page is drawn for all of them together. */
const DRAW_MS = 50;

/** A decision of somebody else that came first. */
export interface Conflict {
  photo: DeskPhoto;
  wanted: Decision;
}

export interface TableOptions {
  event: string;
  me: { id: string; name: string };
  session: Session;
  view: View;
  photo: string | null;
  onChange: () => void;
  /** `undo` takes back exactly this; what was decided since stays */
  onDecided: (to: Decision, entries: Step['entries'], undo: () => number) => void;
  onRecall: (recall: Recall) => void;
  /** decisions that do not hold after all */
  onTakenBack: (ids: readonly string[]) => void;
  onRefused: (refusal: Refusal) => void;
  onHeldByOther: (name: string) => void;
  onState: (state: EventState) => void;
}

interface Step {
  entries: { id: string; from: Decision; to: Decision }[];
}

function storageOf(): Storage | null {
  try {
    return window.localStorage;
  } catch {
    return null;
  }
}

/** The moderator's table of one event: what waits, live, who else is there, and decisions on their way. */
export function openLightTable(options: TableOptions) {
  const { event, me, session } = options;
  const store = openPhotoStore();
  let view = options.view;
  let list: PhotoList = store.show(view);
  let current: string | null = options.photo;
  /** chosen by the person, and so not taken away when somebody else holds it */
  let isChosen = options.photo !== null;
  let anchor: string | null = null;
  let selection = new Set<string>();
  /** what the server said last; what is on its way is added when shown */
  let counted: Counts | null = null;
  let conflicts: Conflict[] = [];
  let live: LiveState = 'connecting';
  let failure: Refusal | null = null;
  let recount: ReturnType<typeof setTimeout> | undefined;
  let drawing: ReturnType<typeof setTimeout> | undefined;
  let loading: string | null = null;
  let isOver = false;
  const undone: Step[] = [];
  /** photos with a decision on its way, as the server last knew them */
  const bases = new Map<string, DeskPhoto>();

  const changed = () => {
    clearTimeout(drawing);
    drawing = undefined;
    if (!isOver) options.onChange();
  };
  const changedSoon = () => {
    drawing ??= setTimeout(changed, DRAW_MS);
  };

  const queue = openDecisionQueue({
    session,
    storageKey: `momentique.decisions.${event}.${me.id}`,
    storage: storageOf(),
    onSettled,
    onChange: changedSoon,
  });
  const claims = openClaims({ me: me.id, wanted: () => ({ list, at: placeOfCurrent(), current }), onChange: onClaims });

  /** How a photo of the server is shown: with what the person has decided meanwhile. */
  function shape(photo: DeskPhoto): DeskPhoto {
    const wanted = queue.wanted(photo.id);
    if (wanted === null) {
      bases.delete(photo.id);
      return photo;
    }
    bases.set(photo.id, photo);
    return { ...photo, status: wanted };
  }

  const isOlder = (photo: DeskPhoto): boolean => {
    const known = bases.get(photo.id) || store.get(photo.id);
    return Boolean(known && known.version && photo.version && photo.version < known.version);
  };

  function take(photo: DeskPhoto, isArrival = false): void {
    if (isOlder(photo)) return;
    store.put(shape(photo), isArrival);
  }

  const placeOfCurrent = (): number => (current ? store.place(list, current) : 0);

  /** Keeps something in hand: when the photo in hand leaves the list, the one after it, else the one before. */
  function reselect(at: number): void {
    const photo = store.get(current);
    if (current && photo && (isInView(view, photo) || isChosen)) return;
    isChosen = false;
    current = claims.freeFrom(list, at);
    if (selection.size) selection = new Set(Array.from(selection).filter((id) => store.holds(list, id)));
  }

  function moved(at: number): void {
    reselect(at);
    claims.renew();
    loadAhead();
  }

  // ---- what the server has -------------------------------------------------------------------------

  async function load(wanted: View, cursor: string | null): Promise<void> {
    const key = viewKey(wanted);
    if (loading === key) return;
    loading = key;
    const wasBusy = queue.size() > 0;
    const answer = await session.authed<PhotoPage>(listQuery(event, wanted, PAGE, cursor));
    if (loading === key) loading = null;
    failure = answer.ok ? null : answer;
    if (answer.ok) {
      const at = placeOfCurrent();
      store.putPage(wanted, answer.data, cursor === null, shape);
      if (!wasBusy || !counted) counted = answer.data.counts;
      moved(at);
    }
    changed();
  }

  /** Asks again for all that is shown, after the line was cut: nothing moves but what has changed. */
  async function resync(): Promise<void> {
    const wanted = view;
    const had = list.ids.length;
    const items: DeskPhoto[] = [];
    let cursor: string | null = null;
    let counts: Counts | null = null;
    do {
      const answer: Awaited<ReturnType<typeof session.authed<PhotoPage>>> = await session.authed<PhotoPage>(
        listQuery(event, wanted, had > PAGE ? PAGE_MAX : PAGE, cursor),
      );
      failure = answer.ok ? null : answer;
      if (!answer.ok) return changed();
      items.push(...answer.data.items);
      cursor = answer.data.nextCursor;
      counts = answer.data.counts;
    } while (cursor && items.length < had);
    const at = placeOfCurrent();
    store.putPage(wanted, { items, nextCursor: cursor, counts }, true, shape);
    if (queue.size() === 0 || !counted) counted = counts;
    moved(at);
    changed();
  }

  function loadAhead(): void {
    if (!list.cursor || isOver) return;
    if (list.ids.length - placeOfCurrent() < AHEAD) void load(view, list.cursor);
  }

  /** Frames tell of one photo; what others did to photos never seen here only shows in the server's counts. */
  function countSoon(): void {
    recount ??= setTimeout(() => {
      recount = undefined;
      if (queue.size()) return countSoon();
      void session.authed<PhotoPage>(listQuery(event, view, 1, null)).then((answer) => {
        if (!answer.ok || queue.size()) return;
        counted = answer.data.counts;
        changed();
      });
    }, RECOUNT_MS);
  }

  async function look(id: string): Promise<void> {
    const answer = await session.authed<{ photo: DeskPhoto }>(`/api/v1/photos/${id}`);
    const at = placeOfCurrent();
    if (answer.ok) take(answer.data.photo);
    else if (answer.status === 404) store.drop(id);
    else return;
    moved(at);
    countSoon();
    changed();
  }

  // ---- what the room tells -------------------------------------------------------------------------

  function onFrame(frame: LiveFrame): void {
    const at = placeOfCurrent();
    if (frame.type === 'hello') {
      queue.wake();
      claims.begin();
      claims.renew();
      void resync();
      return;
    }
    if (frame.type === 'claims') claims.take(frame);
    else if (frame.type === 'event.changed') options.onState(frame.event);
    else if (frame.type === 'recall.progress') return options.onRecall(frame);
    else if (frame.type === 'photo.pending' || frame.type === 'photo.decided') {
      take(frame.photo, true);
      moved(at);
      countSoon();
    } else if (frame.type === 'photo.removed') {
      // A public removal says that it is gone from the gallery, not whether it was rejected or deleted.
      if (store.get(frame.id) && queue.wanted(frame.id) === null) void look(frame.id);
      return;
    } else return;
    changedSoon();
  }

  function onClaims(): void {
    const holder = current ? claims.holder(current) : null;
    if (holder && !isChosen) {
      const free = claims.freeFrom(list, placeOfCurrent());
      if (free && !claims.holder(free)) {
        current = free;
        claims.renew();
      }
    }
    changedSoon();
  }

  const connection = connectEvent(
    event,
    {
      onFrame,
      onState(state) {
        live = state;
        if (state !== 'live') claims.forget();
        changed();
      },
      // Everything here is fetched, so there is nothing to replay: the list is simply asked for again.
      onReset: () => resync(),
    },
    (path) => session.authed<{ ticket: string }>(path, { method: 'POST' }),
  );
  claims.connect(connection.send);

  // ---- decisions -----------------------------------------------------------------------------------

  function onSettled({ id, from, to }: Waiting, outcome: Outcome): void {
    const at = placeOfCurrent();
    const base = bases.get(id) || store.get(id);
    if (outcome.kind === 'done') {
      count(from, to);
      if (outcome.photo) take(outcome.photo);
      else if (base) take({ ...base, status: to });
    } else if (outcome.kind === 'gone') {
      bases.delete(id);
      store.drop(id);
      countSoon();
    } else if (outcome.kind === 'changed') {
      conflicts = conflicts.filter(({ photo }) => photo.id !== id).concat({ photo: outcome.photo, wanted: to });
      forget(id);
      take(outcome.photo);
      countSoon();
    } else {
      forget(id);
      if (base) store.put({ ...base, status: from });
      bases.delete(id);
      options.onRefused(outcome.refusal);
    }
    moved(at);
  }

  /** What could not be done cannot be undone. */
  function forget(id: string): void {
    for (const step of undone) step.entries = step.entries.filter((entry) => entry.id !== id);
    options.onTakenBack([id]);
  }

  function count(from: Decision, to: Decision): void {
    if (!counted) return;
    counted = { ...counted, [from]: Math.max(0, (counted[from] || 0) - 1), [to]: (counted[to] || 0) + 1 };
  }

  function apply(entries: Step['entries']): void {
    const at = placeOfCurrent();
    for (const { id, to } of entries) {
      const photo = store.get(id);
      if (photo && !bases.has(id)) bases.set(id, photo);
      if (photo) store.put({ ...photo, status: to });
    }
    queue.add(entries);
    for (const { id } of entries) {
      const base = bases.get(id);
      // Taken back before it had left: there is nothing to wait for.
      if (base && queue.wanted(id) === null) bases.delete(id);
    }
    moved(at);
    changed();
  }

  function decide(ids: readonly string[], to: Decision): void {
    const entries: Step['entries'] = [];
    for (const id of ids) {
      const photo = store.get(id);
      if (!photo || !mayDecide(photo.status, to)) continue;
      const holder = ids.length === 1 ? claims.holder(id) : null;
      if (holder) return options.onHeldByOther(holder.name);
      entries.push({ id, from: photo.status as Decision, to });
    }
    if (!entries.length) return;
    const step = { entries };
    undone.push(step);
    if (undone.length > UNDO_STEPS) undone.shift();
    if (conflicts.length) conflicts = conflicts.filter(({ photo }) => ids.indexOf(photo.id) < 0);
    isChosen = false;
    selection = new Set();
    anchor = null;
    apply(entries);
    claims.renew(true);
    options.onDecided(to, step.entries, () => undo(step));
  }

  /** @param step the last one where none is named @returns how many decisions were taken back */
  function undo(step?: Step): number {
    const at = step ? undone.indexOf(step) : undone.length - 1;
    const last = undone[at];
    if (!last) return 0;
    undone.splice(at, 1);
    if (!last.entries.length) return step ? 0 : undo();
    const back = last.entries
      .map(({ id, from, to }) => ({ id, from: to, to: from }))
      .filter(({ id, from }) => !step || (store.get(id) || { status: from }).status === from);
    options.onTakenBack(back.map(({ id }) => id));
    apply(back);
    const first = back[0];
    const photo = first && store.get(first.id);
    if (photo && isInView(view, photo)) select(photo.id, 'only');
    return back.length;
  }

  // ---- where one is --------------------------------------------------------------------------------

  function select(id: string, how: 'only' | 'toggle' | 'to'): void {
    if (how === 'toggle') {
      if (!selection.size && current && current !== id) selection.add(current);
      selection = new Set(selection);
      if (!selection.delete(id)) selection.add(id);
      anchor = id;
    } else if (how === 'to') {
      const from = anchor || current || id;
      const [a, b] = [store.place(list, from), store.place(list, id)];
      selection = new Set(list.ids.slice(Math.min(a, b), Math.max(a, b) + 1));
      anchor = from;
    } else {
      selection = new Set();
      anchor = null;
    }
    current = id;
    isChosen = true;
    claims.renew(true);
    loadAhead();
    changed();
  }

  function show(next: View, photo: string | null): void {
    const isSame = viewKey(next) === viewKey(view);
    if (isSame && (!photo || photo === current)) return;
    view = next;
    if (!isSame) {
      list = store.show(view);
      selection = new Set();
      anchor = null;
      current = null;
    }
    isChosen = photo !== null;
    if (photo) current = photo;
    reselect(0);
    if (photo && !store.get(photo)) void look(photo);
    claims.renew();
    if (!isSame) void load(view, null);
    changed();
  }

  void load(view, null);
  if (current) void look(current);

  return {
    view: () => view,
    list: () => list,
    photo: store.get,
    place: (id: string) => store.place(list, id),
    current: () => current,
    /** whether the person chose the photo in hand, rather than getting it next in line */
    isChosen: () => isChosen,
    currentPlace: placeOfCurrent,
    selection: (): ReadonlySet<string> => selection,
    counts(): Counts | null {
      if (!counted) return null;
      const shown = { ...counted };
      for (const { from, to } of queue.entries()) {
        shown[from] = Math.max(0, (shown[from] || 0) - 1);
        shown[to] = (shown[to] || 0) + 1;
      }
      return shown;
    },
    live: () => live,
    failure: () => failure,
    waiting: () => (live === 'live' && !queue.failure() ? 0 : queue.size()),
    isSent: () => queue.size() === 0,
    conflicts: (): readonly Conflict[] => conflicts,
    holder: claims.holder,
    others: claims.others,
    reload: () => load(view, null),
    canUndo: () => undone.some(({ entries }) => entries.length > 0),
    show,
    select,
    loadMore: () => (list.cursor ? void load(view, list.cursor) : undefined),
    move(step: number, isExtending = false): void {
      const next = store.neighbour(list, current, step);
      if (next && next !== current) select(next, isExtending ? 'to' : 'only');
    },
    selectAll(): void {
      selection = new Set(list.ids);
      changed();
    },
    clearSelection(): void {
      selection = new Set();
      anchor = null;
      changed();
    },
    showFresh(): void {
      store.merge(list);
      current = list.ids[0] || current;
      changed();
    },
    decide,
    undo: () => undo(),
    /** Decides against somebody else's decision, which has been seen. */
    decideAnyway({ photo, wanted }: Conflict): void {
      conflicts = conflicts.filter((one) => one.photo.id !== photo.id);
      decide([photo.id], wanted);
    },
    dismiss(conflict: Conflict): void {
      conflicts = conflicts.filter((one) => one !== conflict);
      changed();
    },
    /** A photo as another request has left it. */
    take(photos: readonly DeskPhoto[]): void {
      const at = placeOfCurrent();
      for (const photo of photos) take(photo);
      moved(at);
      countSoon();
      changed();
    },
    /** Something changed many photos at once, on the server: asks for what is shown again. */
    refresh: () => resync(),
    /** A rule has decided on many at once: it can be undone like any other decision. */
    ruled(ids: readonly string[], from: Decision, to: Decision): void {
      undone.push({ entries: ids.map((id) => ({ id, from, to })) });
      if (undone.length > UNDO_STEPS) undone.shift();
      void resync();
    },
    close(): void {
      isOver = true;
      clearTimeout(recount);
      clearTimeout(drawing);
      claims.close();
      queue.close();
      connection.close();
    },
  };
}

export type LightTable = ReturnType<typeof openLightTable>;
