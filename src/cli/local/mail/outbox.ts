import { createHash, timingSafeEqual } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import * as z from 'zod';
import { writeJson } from '../data-dir.ts';
import { listPage, messagePage, STYLESHEET } from './pages.ts';
import type { StoredMail } from './pages.ts';

export interface MailOutbox {
  port: number;
  /** `http://localhost:port` */
  url: string;
  close(): Promise<void>;
}

const MAX_BODY_BYTES = 1024 * 1024;
const NAME = /^[0-9a-f-]{36}$/;
const mailSchema = z.object({
  from: z.string().min(1).max(500),
  to: z.union([
    z
      .string()
      .min(1)
      .max(500)
      .transform((to) => [to]),
    z.array(z.string().min(1).max(500)).min(1).max(50),
  ]),
  subject: z.string().min(1).max(998),
  text: z.string().max(500_000),
});

/**
 * Takes mail as Resend's API does (`POST /emails`, Bearer, `Idempotency-Key`) and sends none of it:
 * each message is a file in `dir`, and a person reads them in the browser.
 */
export async function startMailOutbox(options: { port: number; dir: string; apiKey: string }): Promise<MailOutbox> {
  const server = createServer((request, response) => {
    void answer(request, response, options).catch(() => {
      if (!response.headersSent) json(response, 500, { message: 'the outbox failed' });
      else response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port: options.port, host: '127.0.0.1', exclusive: true }, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `http://localhost:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  options: { dir: string; apiKey: string },
): Promise<void> {
  // A page elsewhere may point its own name at this address; mail is read under ours only.
  if (!/^(localhost|127\.0\.0\.1)(:\d+)?$/.test(request.headers.host ?? ''))
    return json(response, 421, { message: 'not this host' });
  const { pathname } = new URL(request.url ?? '/', 'http://outbox');
  if (request.method === 'POST' && pathname === '/emails') return accept(request, response, options);
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return json(response, 405, { message: 'GET, or POST /emails' });
  if (pathname === '/style.css') return send(response, 200, 'text/css; charset=utf-8', STYLESHEET);
  if (pathname === '/') return page(response, 200, listPage(await readMails(options.dir)));
  const id = pathname.slice(1);
  const mail = NAME.test(id) ? await readMail(options.dir, id) : null;
  return mail ? page(response, 200, messagePage(mail)) : page(response, 404, listPage([]));
}

async function accept(
  request: IncomingMessage,
  response: ServerResponse,
  options: { dir: string; apiKey: string },
): Promise<void> {
  const given = createHash('sha256')
    .update(request.headers.authorization ?? '')
    .digest();
  const wanted = createHash('sha256').update(`Bearer ${options.apiKey}`).digest();
  if (!timingSafeEqual(given, wanted))
    return json(response, 401, { name: 'missing_api_key', message: 'the API key is missing or wrong' });
  const body = await readBody(request);
  if (body === null) return json(response, 413, { name: 'validation_error', message: 'the message is too large' });
  const parsed = mailSchema.safeParse(body);
  if (!parsed.success) return json(response, 422, { name: 'validation_error', message: z.prettifyError(parsed.error) });
  const key = request.headers['idempotency-key'];
  const id = key === undefined ? crypto.randomUUID() : idOf(String(key));
  // The same key is the same message: Resend answers with the first one's id too.
  if (!(await readMail(options.dir, id))) {
    const mail: StoredMail = { id, ...parsed.data, receivedAt: new Date().toISOString() };
    await writeJson(path.join(options.dir, `${id}.json`), mail);
  }
  json(response, 200, { id });
}

function idOf(key: string): string {
  const hex = createHash('sha256').update(key).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}

/** Newest first. */
export async function readMails(dir: string): Promise<StoredMail[]> {
  const names = (await readdir(dir)).filter((name) => name.endsWith('.json'));
  const mails = await Promise.all(names.map((name) => readMail(dir, name.slice(0, -5))));
  return mails.filter((mail) => mail !== null).sort((a, b) => (a.receivedAt < b.receivedAt ? 1 : -1));
}

async function readMail(dir: string, id: string): Promise<StoredMail | null> {
  try {
    return JSON.parse(await readFile(path.join(dir, `${id}.json`), 'utf8')) as StoredMail;
  } catch {
    return null;
  }
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    bytes += piece.length;
    if (bytes > MAX_BODY_BYTES) return null;
    pieces.push(piece);
  }
  try {
    return JSON.parse(Buffer.concat(pieces).toString('utf8'));
  } catch {
    return undefined;
  }
}

const page = (response: ServerResponse, status: number, html: string): void =>
  send(response, status, 'text/html; charset=utf-8', html);
const json = (response: ServerResponse, status: number, body: unknown): void =>
  send(response, status, 'application/json', JSON.stringify(body));

function send(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    'cache-control': 'no-store',
    'content-security-policy':
      "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  });
  response.end(body);
}
