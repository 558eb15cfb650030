import { fork, type ChildProcess } from 'node:child_process';
import type { DialectName } from './dialects.ts';
import type { News, Order, Receipts } from './orders.ts';

const ENTRY = new URL('sides/clients.ts', import.meta.url);
/** One process would be busier with receiving than the servers are with sending. */
const PROCESSES = 2;
const ARRIVAL_TIMEOUT_MS = 60_000;

export interface Place {
  url: string;
  dialect: DialectName;
}

export type Audience = Awaited<ReturnType<typeof startAudience>>;

/** Clients in processes of their own, the same for every server. `undo` is called with what ends each as soon as it runs. */
export async function startAudience(undo: (stop: () => void) => void) {
  const members = await Promise.all(Array.from({ length: PROCESSES }, () => startMember(undo)));
  const all = <Value>(work: (member: (typeof members)[number], n: number) => Promise<Value>) =>
    Promise.all(members.map(work));
  return {
    /** Resolves when every socket is in. Each process has its share; those who stall are all in the first. */
    async open({ url, dialect }: Place, count: number, stalled = false): Promise<void> {
      const share = (n: number) => Math.floor((count + n) / PROCESSES);
      await all((member, n) => member.ask({ kind: 'open', url, dialect, count: share(n), stalled }));
    },
    /** Resolves when every client that reads has the frame. @throws Error when one was lost, or it takes too long */
    async arrived(seq: number): Promise<void> {
      await all((member) => member.arrived(seq));
    },
    /** All frames since the last time this was asked. */
    async receipts(): Promise<Receipts[]> {
      return (await all((member) => member.ask({ kind: 'receipts' }))).flat() as Receipts[];
    },
    /** @returns milliseconds from open to whole, of every client */
    async comeBack(spread: number): Promise<number[]> {
      const taken = (await all((member) => member.ask({ kind: 'return', spread }))) as Float64Array[];
      return taken.flatMap((part) => [...part]);
    },
    async close(): Promise<void> {
      await all((member) => member.ask({ kind: 'close' }));
    },
  };
}

async function startMember(undo: (stop: () => void) => void) {
  const child = fork(ENTRY, { serialization: 'advanced', stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  undo(() => child.kill('SIGKILL'));
  const news = listen(child);
  await news.done();
  return {
    async ask(order: Order): Promise<Receipts[] | Float64Array | null> {
      child.send(order);
      return news.done();
    },
    arrived: (seq: number) => news.arrived(seq),
  };
}

/** What a process says, as promises; all of them break when a client is lost or the process ends. */
function listen(child: ChildProcess) {
  const here = new Set<number>();
  let failure: Error | undefined;
  let waiting: { isOver: () => boolean; resolve: () => void; reject: (error: Error) => void }[] = [];
  const answers: (Receipts[] | Float64Array | null)[] = [];

  const look = () => {
    waiting = waiting.filter((one) => {
      if (failure !== undefined) one.reject(failure);
      else if (one.isOver()) one.resolve();
      else return true;
      return false;
    });
  };
  const until = (isOver: () => boolean) =>
    new Promise<void>((resolve, reject) => {
      waiting.push({ isOver, resolve, reject });
      look();
    });
  child.on('message', (news: News) => {
    if (news.kind === 'arrived') here.add(news.seq);
    else if (news.kind === 'lost') failure ??= new Error(`A client was lost: ${news.why}.`);
    else answers.push(news.answer);
    look();
  });
  child.on('exit', (code, signal) => {
    failure ??= new Error(`A process of clients ended: ${code ?? signal}.`);
    look();
  });
  return {
    async done() {
      await until(() => answers.length > 0);
      return answers.shift() ?? null;
    },
    async arrived(seq: number): Promise<void> {
      const timer = setTimeout(() => {
        failure ??= new Error(`Frame ${seq} did not come to everybody within ${ARRIVAL_TIMEOUT_MS / 1000} s.`);
        look();
      }, ARRIVAL_TIMEOUT_MS);
      await until(() => here.has(seq)).finally(() => clearTimeout(timer));
    },
  };
}
