import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { Job, Measured, SideName } from './sides/side.ts';

const ENTRY = new URL('sides/process.ts', import.meta.url);
const WASM_IMPORTS = new URL('../../support/wasm-imports.ts', import.meta.url).href;

export interface SideProcess {
  /** @throws Error when the photo is refused, or the process dies of it */
  measure(job: Job): Promise<Measured>;
  /** @returns what it cost, or in which words the photo was refused */
  attempt(job: Job): Promise<Measured | { refused: string }>;
  /** Processor time that the process has used so far, in milliseconds. */
  spent(): Promise<number>;
  stop(): void;
}

/** A process of its own, so that its processor time is all that its threads took and nothing else's. */
export async function startSide(name: SideName): Promise<SideProcess> {
  const child = fork(ENTRY, [name], {
    execArgv: ['--import', WASM_IMPORTS],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  await answerOf(child, name);
  const ask = async (question: Job | 'spent'): Promise<unknown> => {
    child.send(question);
    return answerOf(child, name);
  };
  const attempt = async (job: Job) => (await ask(job)) as Measured | { refused: string };
  return {
    attempt,
    async measure(job) {
      const answer = await attempt(job);
      if ('refused' in answer) throw new Error(`${name} refused ${job.file}: ${answer.refused}`);
      return answer;
    },
    spent: async () => (await ask('spent')) as number,
    stop: () => void child.kill('SIGKILL'),
  };
}

async function answerOf(child: ChildProcess, name: string): Promise<unknown> {
  const quiet = new AbortController();
  try {
    return await Promise.race([
      once(child, 'message', { signal: quiet.signal }).then(([message]) => message as unknown),
      once(child, 'exit', { signal: quiet.signal }).then(([code, signal]) => {
        throw new Error(`The process of ${name} ended: ${code ?? signal}.`);
      }),
    ]);
  } finally {
    quiet.abort();
  }
}
