import type { LiveSocket } from '../live-connection.ts';

/** A clock that moves only when told, with the timers that hang on it. */
export function createClock() {
  let now = 1_000_000;
  let nextId = 1;
  const timers = new Map<number, { at: number; callback: () => void }>();
  const settle = async () => {
    for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
  };

  return {
    now: () => now,
    setTimeout: ((callback: () => void, ms: number) => {
      timers.set(nextId, { at: now + ms, callback });
      return nextId++;
    }) as never,
    clearTimeout: ((timer: number) => timers.delete(timer)) as never,
    pending: () => timers.size,
    settle,
    /** Runs everything that is due within `ms`, in order, with promises settled in between. */
    async advance(ms: number): Promise<void> {
      const end = now + ms;
      await settle();
      for (;;) {
        let due: { id: number; at: number; callback: () => void } | null = null;
        for (const [id, timer] of timers)
          if (timer.at <= end && (due === null || timer.at < due.at)) due = { id, ...timer };
        if (due === null) break;
        now = Math.max(now, due.at);
        timers.delete(due.id);
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
