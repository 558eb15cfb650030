import type { LiveSocket } from '../live-connection.ts';

interface Timer {
  id: number;
  at: number;
  callback: () => void;
}

/** A heap, earliest first, and in one moment in the order in which they were set: thousands of pages have many. */
function createTimers() {
  const heap: Timer[] = [];
  const isBefore = (a: Timer, b: Timer) => a.at < b.at || (a.at === b.at && a.id < b.id);
  const swap = (a: number, b: number) => {
    [heap[a], heap[b]] = [heap[b] as Timer, heap[a] as Timer];
  };
  return {
    first: () => heap[0],
    push(timer: Timer): void {
      heap.push(timer);
      for (let at = heap.length - 1; at > 0;) {
        const parent = (at - 1) >> 1;
        if (!isBefore(heap[at] as Timer, heap[parent] as Timer)) return;
        swap(at, parent);
        at = parent;
      }
    },
    pop(): void {
      swap(0, heap.length - 1);
      heap.pop();
      for (let at = 0; ;) {
        let least = at;
        for (const child of [2 * at + 1, 2 * at + 2]) {
          if (child < heap.length && isBefore(heap[child] as Timer, heap[least] as Timer)) least = child;
        }
        if (least === at) return;
        swap(at, least);
        at = least;
      }
    },
  };
}

/** A clock that moves only when told, with the timers that hang on it. */
export function createClock() {
  let now = 1_000_000;
  let nextId = 1;
  const timers = createTimers();
  const waiting = new Set<number>();
  const settle = async () => {
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  };

  return {
    now: () => now,
    setTimeout: ((callback: () => void, ms: number) => {
      timers.push({ id: nextId, at: now + ms, callback });
      waiting.add(nextId);
      return nextId++;
    }) as never,
    clearTimeout: ((timer: number) => waiting.delete(timer)) as never,
    pending: () => waiting.size,
    settle,
    /** Runs everything that is due within `ms`, in order, with promises settled in between. */
    async advance(ms: number): Promise<void> {
      const end = now + ms;
      await settle();
      for (let due = timers.first(); due !== undefined && due.at <= end; due = timers.first()) {
        timers.pop();
        if (!waiting.delete(due.id)) continue;
        now = Math.max(now, due.at);
        due.callback();
        await settle();
      }
      now = end;
    },
  };
}

/** Sockets that do what the test says, and remember what was sent on them. */
export function createNetwork() {
  const sockets: ScriptedSocket[] = [];

  class ScriptedSocket implements LiveSocket {
    onmessage: LiveSocket['onmessage'] = null;
    onclose: LiveSocket['onclose'] = null;
    readonly url: string;
    readonly sent: string[] = [];
    isClosed = false;

    constructor(url: string) {
      this.url = url;
      sockets.push(this);
    }

    send(data: string): void {
      this.sent.push(data);
    }

    close(): void {
      this.isClosed = true;
    }

    receive(frame: unknown): void {
      this.onmessage?.({ data: typeof frame === 'string' ? frame : JSON.stringify(frame) });
    }

    hello(seq = 0, epoch = 'e1'): void {
      this.receive({ v: 1, type: 'hello', epoch, seq, role: 'viewer', viewers: 1 });
    }

    drop(code = 1006): void {
      this.isClosed = true;
      this.onclose?.({ code });
    }
  }

  return {
    WebSocket: ScriptedSocket,
    sockets,
    last(): ScriptedSocket {
      const socket = sockets.at(-1);
      if (socket === undefined) throw new Error('no socket was opened');
      return socket;
    },
  };
}
