import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import type { RoomMessage } from '../../../contract/live.ts';
import type { Place } from './audience.ts';
import { startRuntime } from './runtime.ts';

/** Where one side of the comparison listens and is told. */
export interface House extends Place {
  pid: number;
  /** @returns the number of the last frame that came of it */
  post(messages: RoomMessage[]): Promise<number>;
}

export interface Servers {
  room: House;
  unlogged: House;
  bare: House;
  plain: House;
  socketIo: House;
}

const agent = new Agent({ keepAlive: true });

/** Each server in a process of its own. `undo` is called with what ends it as soon as it runs. */
export async function startServers(undo: (stop: () => void) => void): Promise<Servers> {
  const [runtime, plain, socketIo] = await Promise.all([
    startRuntime(undo),
    startReference('plain-ws', undo),
    startReference('socket-io', undo),
  ]);
  const room = (path: string, dialect: House['dialect'] = 'room'): House => ({
    url: `ws://127.0.0.1:${runtime.port}${path}`,
    dialect,
    pid: runtime.pid,
    post: (messages) => post(runtime.port, path, messages),
  });
  return {
    room: room('/logged/bench'),
    unlogged: room('/unlogged/bench'),
    bare: room('/bare/bench', 'plain'),
    plain: { url: `ws://127.0.0.1:${plain.port}/`, dialect: 'plain', ...plain },
    socketIo: {
      url: `ws://127.0.0.1:${socketIo.port}/socket.io/?EIO=4&transport=websocket`,
      dialect: 'socket.io',
      ...socketIo,
    },
  };
}

async function startReference(name: 'plain-ws' | 'socket-io', undo: (stop: () => void) => void) {
  const child = fork(new URL(`sides/${name}.ts`, import.meta.url), { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  undo(() => child.kill('SIGKILL'));
  const [port] = (await Promise.race([
    once(child, 'message'),
    once(child, 'exit').then(([code]) => {
      throw new Error(`The process of ${name} ended: ${code}.`);
    }),
  ])) as [number];
  return { port, pid: child.pid ?? 0, post: (messages: RoomMessage[]) => post(port, '/', messages) };
}

/** @throws Error when the answer is not 200 */
function post(port: number, path: string, messages: RoomMessage[]): Promise<number> {
  const body = JSON.stringify(messages);
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
    const call = request({ host: '127.0.0.1', port, path, method: 'POST', agent, headers }, async (response) => {
      const pieces: Buffer[] = [];
      for await (const piece of response) pieces.push(piece as Buffer);
      const text = Buffer.concat(pieces).toString();
      if (response.statusCode === 200) resolve((JSON.parse(text) as { seq: number }).seq);
      else reject(new Error(`The post to ${path} was answered ${response.statusCode}: ${text.slice(0, 200)}`));
    });
    call.on('error', reject);
    call.end(body);
  });
}
