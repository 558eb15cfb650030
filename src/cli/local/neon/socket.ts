import { connect } from 'node:net';
import type { Socket } from 'node:net';
import type { RawData, WebSocket } from 'ws';
import type { Faults } from './faults.ts';
import { createWireReader } from './wire.ts';

const COMMIT = /^\s*(commit|end)\b/i;
const BEGIN = /^\s*(begin|start\s+transaction)\b/i;

/**
 * Carries a WebSocket's bytes to Postgres and back. With `faults`, it reads along for a COMMIT: one
 * that a test has ordered is executed, its reply is swallowed, and the line drops.
 * @returns what ends both sides at once
 */
export function pipeSocket(
  socket: WebSocket,
  target: { host: string; port: number },
  faults: Faults | null,
  onEnd: () => void,
): () => void {
  const server: Socket = connect({ host: target.host, port: target.port });
  server.setNoDelay(true);
  let ended = false;
  const end = (): void => {
    if (ended) return;
    ended = true;
    server.destroy();
    socket.terminate();
    onEnd();
  };
  const watch = faults ? watchCommit(faults) : null;

  socket.on('message', (data: RawData) => {
    const bytes = toBuffer(data);
    watch?.fromClient(bytes);
    if (!server.write(bytes)) {
      socket.pause();
      server.once('drain', () => socket.resume());
    }
  });
  server.on('data', (bytes: Buffer) => {
    const verdict = watch?.fromServer(bytes) ?? 'pass';
    if (verdict === 'cut') {
      faults?.fired();
      end();
      return;
    }
    if (verdict === 'hold') return;
    const held = watch?.takeHeld() ?? [];
    for (const piece of [...held, bytes]) socket.send(piece, { binary: true }, () => server.resume());
    if (socket.bufferedAmount > 1_000_000) server.pause();
  });
  server.on('end', () => {
    socket.close();
    server.end();
  });
  server.on('error', end);
  server.on('close', () => {
    socket.close();
    setTimeout(end, 1000).unref();
  });
  socket.on('close', () => {
    // Postgres finishes what it was told and notices that nobody listens.
    server.end();
    setTimeout(end, 1000).unref();
  });
  socket.on('error', end);
  return end;
}

const toBuffer = (data: RawData): Buffer =>
  Buffer.isBuffer(data) ? data : Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data);

/** Follows one connection's transactions. */
function watchCommit(faults: Faults) {
  const client = createWireReader(true);
  const server = createWireReader(false);
  let statements: string[] = [];
  let committing = false;
  let held: Buffer[] = [];
  return {
    fromClient(bytes: Buffer): void {
      for (const { text } of client.push(bytes)) {
        if (text === '') continue;
        if (BEGIN.test(text)) statements = [];
        else if (COMMIT.test(text)) committing = faults.wants(statements);
        else statements.push(text);
      }
    },
    fromServer(bytes: Buffer): 'pass' | 'hold' | 'cut' {
      const messages = server.push(bytes);
      if (!committing) return 'pass';
      for (const { type, text } of messages) {
        if (type === 'C' && text === 'COMMIT') return 'cut';
        // A COMMIT of a failed transaction answers ROLLBACK, or an error: nothing was committed.
        if ((type === 'C' && text === 'ROLLBACK') || type === 'E') {
          committing = false;
          return 'pass';
        }
      }
      held.push(bytes);
      return 'hold';
    },
    takeHeld(): Buffer[] {
      const pieces = held;
      held = [];
      return pieces;
    },
  };
}
