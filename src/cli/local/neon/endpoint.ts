import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { WebSocketServer } from 'ws';
import { controlSchema, createFaults } from './faults.ts';
import type { Faults } from './faults.ts';
import { createSessionPool, NotThisServer } from './pool.ts';
import type { SessionPool, Target } from './pool.ts';
import { pipeSocket } from './socket.ts';
import { BadHeader, beginStatement, errorBody, runStatement, sqlBodySchema } from './sql.ts';
import type { AnswerShape, Statement } from './sql.ts';

export interface NeonEndpoint {
  port: number;
  /** `http://127.0.0.1:port` */
  url: string;
  stats(): { sql: number; sockets: number };
  close(): Promise<void>;
}

const MAX_BODY_BYTES = 64 * 1024 * 1024;
const MAX_SOCKETS = 120;
const WRITES = /^(insert|update|delete|merge|with)\b/i;

/**
 * What Neon's proxy offers to its serverless driver, before a Postgres on this machine: `POST /sql`
 * (one statement, or a batch that is one transaction) and the WebSocket `/v2`. It serves `target` only.
 * `GET /stats` counts calls; `testControl` opens `POST /control` (see `controlSchema`).
 */
export async function startNeonEndpoint(options: {
  port: number;
  target: Target;
  testControl?: boolean;
}): Promise<NeonEndpoint> {
  const { target } = options;
  const pool = createSessionPool(target);
  const faults = options.testControl ? createFaults() : null;
  const counts = { sql: 0, sockets: 0 };
  const lines = new Set<Socket>();
  const pipes = new Set<() => void>();
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: MAX_BODY_BYTES });

  const cutAll = (spare?: Socket): void => {
    for (const end of pipes) end();
    for (const line of lines) if (line !== spare) line.destroy();
    pool.dropAll();
  };

  const server = createServer((request, response) => {
    void answer(request, response).catch(() => {
      if (response.headersSent) request.socket.destroy();
      else reply(response, 500, { message: 'the endpoint failed' });
    });
  });
  server.keepAliveTimeout = 60_000;
  server.on('connection', (line) => {
    if (faults?.isCut()) {
      line.destroy();
      return;
    }
    lines.add(line);
    line.once('close', () => lines.delete(line));
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', 'http://endpoint');
    const route = `${request.method} ${pathname}`;
    if (route === 'POST /sql') {
      counts.sql += 1;
      await answerSql(request, response, pool, faults, () => {
        faults?.fired();
        cutAll();
      });
    } else if (route === 'GET /stats') reply(response, 200, counts);
    else if (faults && route === 'POST /control') {
      const parsed = controlSchema.safeParse(parseJson(await readBody(request)));
      if (!parsed.success) return reply(response, 400, { message: parsed.error.message });
      if (parsed.data.cutAfterCommit !== undefined) faults.arm(parsed.data.cutAfterCommit);
      if (parsed.data.cut !== undefined) {
        faults.cutFor(parsed.data.cut);
        response.setHeader('connection', 'close');
        cutAll(request.socket);
      }
      reply(response, 200, { ok: true });
    } else reply(response, 404, { message: 'there is POST /sql and the WebSocket /v2' });
  }

  server.on('upgrade', (request, line: Socket, head) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://endpoint');
    const refusal =
      pathname !== '/v2'
        ? '404 Not Found'
        : searchParams.get('address') !== `${target.host}:${target.port}`
          ? '403 Forbidden'
          : pipes.size >= MAX_SOCKETS
            ? '503 Service Unavailable'
            : null;
    if (refusal) {
      line.end(`HTTP/1.1 ${refusal}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    counts.sockets += 1;
    sockets.handleUpgrade(request, line, head, (socket) => {
      const end = pipeSocket(socket, target, faults, () => pipes.delete(end));
      pipes.add(end);
    });
  });

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port: options.port, host: '127.0.0.1', exclusive: true }, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    stats: () => ({ ...counts }),
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      cutAll();
      await pool.close();
      await closed;
    },
  };
}

async function answerSql(
  request: IncomingMessage,
  response: ServerResponse,
  pool: SessionPool,
  faults: Faults | null,
  cut: () => void,
): Promise<void> {
  const header = (name: string): string | undefined => {
    const value = request.headers[name];
    return Array.isArray(value) ? value[0] : value;
  };
  const connectionString = header('neon-connection-string');
  const parsed = sqlBodySchema.safeParse(parseJson(await readBody(request)));
  if (connectionString === undefined)
    return reply(response, 400, { message: 'the header Neon-Connection-String is missing' });
  if (!parsed.success) return reply(response, 400, { message: 'the body is neither {query, params} nor {queries}' });
  const shape: AnswerShape = {
    rawText: header('neon-raw-text-output') === 'true',
    arrayMode: header('neon-array-mode') === 'true',
  };
  let lease: Awaited<ReturnType<SessionPool['acquire']>> | undefined;
  try {
    const batch = 'queries' in parsed.data ? parsed.data.queries : null;
    const begin = batch ? beginStatement(header) : '';
    lease = await pool.acquire(connectionString);
    const { client } = lease;
    const statements: Statement[] = batch ?? [parsed.data as Statement];
    const texts = statements.map((statement) => statement.query);
    const cutsHere = faults?.wants(texts) === true && (batch !== null || WRITES.test(texts[0]?.trimStart() ?? ''));
    const answers = [];
    if (batch) await client.query(begin);
    for (const statement of statements) answers.push(await runStatement(client, statement, shape));
    if (batch) await client.query('commit');
    if (cutsHere) return cut();
    reply(response, 200, batch ? { results: answers } : answers[0]);
    lease.release();
  } catch (error) {
    if (error instanceof NotThisServer || error instanceof BadHeader)
      return reply(response, 400, { message: error.message });
    const sqlState = (error as { code?: string }).code ?? '';
    const fromDatabase = /^[0-9A-Z]{5}$/.test(sqlState) && (error as { severity?: string }).severity !== undefined;
    if (fromDatabase && lease) await lease.client.query('rollback').catch(() => undefined);
    // A line to Postgres that broke is not the statement's fault.
    reply(
      response,
      fromDatabase ? 400 : 500,
      fromDatabase ? errorBody(error) : { message: 'the database cannot be reached' },
    );
    lease?.release(!fromDatabase || /^(FATAL|PANIC)$/.test(String((error as { severity?: string }).severity)));
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    bytes += piece.length;
    if (bytes > MAX_BODY_BYTES) throw new Error('the body is too large');
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  if (response.destroyed) return;
  const text = JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
  response.end(text);
}
