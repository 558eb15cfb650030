import { request as httpRequest } from 'node:http';
import { WebSocket } from 'ws';
import { ACK_FRAMES, PING_FRAME } from '../../contract/live-constants.ts';

/**
 * A client as plain as curl. Node does not resolve `*.localhost`, and fetch may not set `Host`: so it
 * connects to 127.0.0.1 and names the host itself.
 */
export interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  bytes: Buffer;
  text: string;
  /** parsed when the answer is JSON */
  // oxlint-disable-next-line no-explicit-any -- a test looks into answers of every shape
  json: any;
}

export interface Ask {
  method?: string;
  headers?: Record<string, string>;
  /** an object is sent as JSON */
  body?: unknown;
  /** sends no Content-Length */
  chunked?: boolean;
}

export interface Client {
  host: string;
  origin: string;
  (path: string, ask?: Ask): Promise<Answer>;
}

const PATIENCE_MS = 30_000;

/** @param host such as `acme.localhost:8787` */
export function clientFor(port: number, host: string): Client {
  const client = (path: string, ask: Ask = {}): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const raw = ask.body === undefined || typeof ask.body === 'string' || ask.body instanceof Uint8Array;
      const body = raw ? (ask.body as string | Uint8Array | undefined) : JSON.stringify(ask.body);
      const headers: Record<string, string> = { host, ...ask.headers };
      if (!raw) headers['content-type'] ??= 'application/json';
      if (!ask.chunked && (body !== undefined || (ask.method ?? 'GET') !== 'GET')) {
        headers['content-length'] ??= String(body === undefined ? 0 : Buffer.byteLength(body));
      }
      const outgoing = httpRequest(
        { host: '127.0.0.1', port, path, method: ask.method ?? 'GET', headers, agent: false, timeout: PATIENCE_MS },
        (incoming) => {
          const parts: Buffer[] = [];
          incoming.on('data', (part: Buffer) => parts.push(part));
          incoming.on('error', reject);
          incoming.on('end', () => {
            const bytes = Buffer.concat(parts);
            const text = bytes.toString('utf8');
            const isJson = /json/.test(incoming.headers['content-type'] ?? '');
            resolve({
              status: incoming.statusCode ?? 0,
              headers: incoming.headers,
              bytes,
              text,
              json: isJson && text !== '' ? JSON.parse(text) : undefined,
            });
          });
        },
      );
      outgoing.on('timeout', () => outgoing.destroy(new Error(`no answer from ${path} in ${PATIENCE_MS} ms`)));
      outgoing.on('error', reject);
      if (ask.chunked) outgoing.write(body ?? '');
      outgoing.end(ask.chunked ? undefined : body);
    });
  return Object.assign(client, { host, origin: `http://${host}` });
}

export interface Socket {
  // oxlint-disable-next-line no-explicit-any -- frames of every shape
  frames: any[];
  /** The first frame that fits, past or to come. */
  // oxlint-disable-next-line no-explicit-any -- frames of every shape
  next(fits: (frame: any) => boolean, patienceMs?: number): Promise<any>;
  send(frame: unknown): void;
  closed: Promise<number>;
  close(): void;
}

/** Opens a socket, which pings and acknowledges as pages do; rejects with the HTTP status when the upgrade is refused. */
export function openSocket(
  port: number,
  host: string,
  path: string,
  headers: Record<string, string> = {},
): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const ws = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers: { host, ...headers } });
    const frames: unknown[] = [];
    const waiting = new Set<() => void>();
    const closed = new Promise<number>((done) => ws.on('close', (code) => done(code)));
    ws.on('message', (data) => {
      const frame = JSON.parse(String(data)) as { type: string; seq?: number };
      frames.push(frame);
      // Who never does is held after a while.
      if (frame.type === 'hello') ws.send(PING_FRAME);
      if (frame.seq && frame.seq % ACK_FRAMES === 0) ws.send(JSON.stringify({ v: 1, type: 'ack', seq: frame.seq }));
      for (const look of waiting) look();
    });
    ws.on('unexpected-response', (_request, response) => {
      reject(Object.assign(new Error(`refused with ${response.statusCode}`), { status: response.statusCode }));
      ws.terminate();
    });
    ws.on('error', reject);
    ws.on('open', () =>
      resolve({
        frames,
        closed,
        send: (frame) => ws.send(typeof frame === 'string' ? frame : JSON.stringify(frame)),
        close: () => ws.close(),
        next: (fits, patienceMs = 10_000) =>
          new Promise((found, missed) => {
            const look = () => {
              const frame = frames.find(fits);
              if (frame === undefined) return;
              clearTimeout(timer);
              waiting.delete(look);
              found(frame);
            };
            const timer = setTimeout(() => {
              waiting.delete(look);
              missed(
                new Error(
                  `no such frame in ${patienceMs} ms; came: ${frames.map((one) => (one as { type: string }).type).join(', ')}`,
                ),
              );
            }, patienceMs);
            waiting.add(look);
            look();
          }),
      }),
    );
  });
}

/** Asks again until the answer fits, the longer it lasts the less often; for what happens behind a queue. */
export async function eventually<T>(
  look: () => Promise<T | null | undefined | false>,
  what: string,
  patienceMs = 20_000,
): Promise<T> {
  const begun = Date.now();
  for (;;) {
    const found = await look();
    if (found) return found;
    const lasts = Date.now() - begun;
    if (lasts > patienceMs) throw new Error(`${what}: not within ${patienceMs} ms`);
    // Every question takes the processor from what it waits for.
    await new Promise((resolve) => setTimeout(resolve, Math.min(100 + lasts / 8, 500)));
  }
}
