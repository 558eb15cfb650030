import type { Copied } from './copy.ts';
import type { Done, Task } from './worker.ts';
// The linter knows no addresses of workers.
// oxlint-disable-next-line import/default
import workerUrl from './worker.ts?worker&url';

type Wish = Task extends infer T ? (T extends Task ? Omit<T, 'id'> : never) : never;

let worker: Worker | null | undefined;
let count = 0;
const waiting = new Map<number, (done: Done | null) => void>();

/** Everything that waits is told that nothing comes, and nothing is asked again. */
function giveUp(): void {
  worker = null;
  waiting.forEach((tell) => tell(null));
  waiting.clear();
}

function start(): Worker | null {
  if (worker !== undefined) return worker;
  try {
    const made = new Worker(workerUrl);
    made.onmessage = ({ data }: MessageEvent<Done>) => {
      const tell = waiting.get(data.id);
      waiting.delete(data.id);
      if (tell) tell(data);
    };
    made.onerror = giveUp;
    worker = made;
  } catch {
    worker = null;
  }
  return worker;
}

/** @returns null where there is no worker */
function ask(wish: Wish): Promise<Done | null> {
  const id = ++count;
  const to = start();
  if (!to) return Promise.resolve(null);
  return new Promise((resolve) => {
    waiting.set(id, resolve);
    to.postMessage({ ...wish, id });
  });
}

/** @returns `unreadable` where the phone does not give the file's bytes; null where it was not read at all */
export async function copyAside(file: Blob, key: string, keeps: boolean): Promise<Copied | 'unreadable' | null> {
  const done = await ask({ kind: 'copy', file, key, keeps });
  return done === null ? null : 'copied' in done ? done.copied : 'unreadable';
}

/** A JPEG made outside the page; null where that cannot be, and the page may try. */
export async function pictureAside(
  file: Blob,
  side: number,
  maxBytes: number,
  qualities: number[],
): Promise<Blob | null> {
  const done = await ask({ kind: 'picture', file, side, maxBytes, qualities });
  return done !== null && 'picture' in done ? done.picture : null;
}
