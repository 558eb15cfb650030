import type { Decision } from '../../../../contract/photos.ts';
import type { Answer, Refusal } from '../../../shared/api.ts';
import { backoffMs } from '../../../shared/backoff-rules.ts';
import { onPageWake } from '../../../shared/page-wake.ts';
import type { Session } from '../../shell/session.ts';
import type { DeskPhoto } from './desk-photo.ts';
import {
  enqueue,
  FLIGHTS,
  land,
  newQueue,
  readQueue,
  returnFlight,
  sizeOf,
  takeFlight,
  wantedOf,
  writeQueue,
  type Waiting,
} from './queue-rules.ts';

/** What became of a decision. `photo` is the server's, where it told. */
export type Outcome =
  | { kind: 'done'; photo: DeskPhoto | null }
  /** somebody else has decided otherwise meanwhile, and it was left so */
  | { kind: 'changed'; photo: DeskPhoto }
  | { kind: 'gone' }
  | { kind: 'refused'; refusal: Refusal };

export interface QueueOptions {
  session: Pick<Session, 'authed'>;
  /** where decisions outlive a reload: of one person at one event */
  storageKey: string;
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> | null;
  onSettled: (entry: Waiting, outcome: Outcome) => void;
  onChange: () => void;
}

interface BulkResult {
  results: { id: string; ok: boolean; code?: string }[];
}

/** Not reached, overloaded, or signed out: the decision itself was not refused. */
const isForLater = ({ status }: Refusal) => status === 0 || status === 401 || status === 429 || status >= 500;

/**
 * Decisions on their way to the server: shown at once by whoever asks `wanted`, sent in order, a few at a
 * time or many in one request, again when the network comes back, and after a reload.
 */
export function openDecisionQueue({ session, storageKey, storage, onSettled, onChange }: QueueOptions) {
  const queue = storage ? readQueue(storage.getItem(storageKey)) : newQueue();
  let flights = 0;
  let attempt = 0;
  let pause: ReturnType<typeof setTimeout> | undefined;
  let isOver = false;
  let failure: Refusal | null = null;

  function keep(): void {
    if (!storage) return;
    try {
      if (sizeOf(queue)) storage.setItem(storageKey, writeQueue(queue));
      else storage.removeItem(storageKey);
    } catch {
      /* a full or forbidden storage: they are still sent from here */
    }
  }

  function wake(): void {
    clearTimeout(pause);
    pause = undefined;
    send();
  }

  function send(): void {
    while (!isOver && pause === undefined && flights < FLIGHTS) {
      const flight = takeFlight(queue);
      if (!flight.length) return;
      flights += 1;
      void fly(flight).then((refusal) => {
        flights -= 1;
        failure = refusal;
        if (refusal) {
          const wait = refusal.retryAfterSeconds;
          pause ??= setTimeout(wake, wait === null ? backoffMs(attempt, Math.random()) : wait * 1000);
          attempt += 1;
        } else attempt = 0;
        keep();
        onChange();
        send();
      });
    }
  }

  /** @returns why it has to be tried again; null when it is settled */
  async function fly(flight: Waiting[]): Promise<Refusal | null> {
    const first = flight[0] as Waiting;
    return flight.length === 1 ? flyAlone(first) : flyTogether(flight, first);
  }

  async function flyAlone(entry: Waiting): Promise<Refusal | null> {
    const { id, from, to } = entry;
    const body = { status: to, from };
    const answer = await session.authed<{ photo: DeskPhoto }>(`/api/v1/photos/${id}`, { method: 'PATCH', body });
    if (answer.ok) return settle(entry, { kind: 'done', photo: answer.data.photo });
    if (isForLater(answer)) return again([entry], answer);
    if (answer.status === 404) return settle(entry, { kind: 'gone' });
    if (answer.code !== 'photo.changed') return settle(entry, { kind: 'refused', refusal: answer });
    return reconcile(entry, answer);
  }

  async function flyTogether(flight: Waiting[], { from, to }: Waiting): Promise<Refusal | null> {
    const body = { ids: flight.map(({ id }) => id), status: to, from };
    const answer = await session.authed<BulkResult>('/api/v1/photos/bulk', { method: 'POST', body });
    if (!answer.ok) {
      if (isForLater(answer)) return again(flight, answer);
      for (const entry of flight) settle(entry, { kind: 'refused', refusal: answer });
      return null;
    }
    const codes = new Map(answer.data.results.map((result) => [result.id, result.ok ? 'ok' : result.code || '']));
    let later: Refusal | null = null;
    for (const entry of flight) {
      const code = codes.get(entry.id);
      if (code === 'ok') settle(entry, { kind: 'done', photo: null });
      else if (code === 'photo.not_found') settle(entry, { kind: 'gone' });
      else if (code === 'photo.changed') later = (await reconcile(entry, null)) || later;
      else settle(entry, { kind: 'refused', refusal: notReady });
    }
    return later;
  }

  /** Looks at what the photo is now; a refusal may carry it. */
  async function reconcile(entry: Waiting, refusal: Refusal | null): Promise<Refusal | null> {
    const told = refusal && (refusal.problem as { photo?: DeskPhoto } | null);
    let photo = told && told.photo;
    if (!photo) {
      const answer: Answer<{ photo: DeskPhoto }> = await session.authed(`/api/v1/photos/${entry.id}`);
      if (!answer.ok && isForLater(answer)) return again([entry], answer);
      if (!answer.ok) return settle(entry, { kind: 'gone' });
      photo = answer.data.photo;
    }
    if (photo.status === entry.to) return settle(entry, { kind: 'done', photo });
    if (entry.since && photo.status === entry.since) {
      // The decision before this one never arrived: this one still holds.
      land(queue, entry.id);
      enqueue(queue, { id: entry.id, from: entry.since, to: entry.to, at: entry.at });
      return null;
    }
    return settle(entry, { kind: 'changed', photo });
  }

  function again(flight: Waiting[], refusal: Refusal): Refusal {
    returnFlight(queue, flight);
    return refusal;
  }

  function settle(entry: Waiting, outcome: Outcome): null {
    land(queue, entry.id);
    if (outcome.kind !== 'done') queue.waiting.delete(entry.id);
    if (!isOver) onSettled(entry, outcome);
    return null;
  }

  const stopWaking = onPageWake(wake);
  send();

  return {
    add(entries: { id: string; from: Decision; to: Decision }[]): void {
      const at = Date.now();
      for (const entry of entries) enqueue(queue, { ...entry, at });
      keep();
      onChange();
      send();
    },
    wanted: (id: string): Decision | null => wantedOf(queue, id),
    size: (): number => sizeOf(queue),
    entries: (): Waiting[] => Array.from(queue.flying.values()).concat(Array.from(queue.waiting.values())),
    /** why the last try did not get through; null while it does */
    failure: (): Refusal | null => failure,
    wake,
    close(): void {
      isOver = true;
      clearTimeout(pause);
      stopWaking();
      keep();
    },
  };
}

const notReady: Refusal = { ok: false, status: 409, code: 'photo.not_ready', problem: null, retryAfterSeconds: null };
