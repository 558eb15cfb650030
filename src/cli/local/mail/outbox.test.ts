import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readMails, startMailOutbox } from './outbox.ts';
import type { MailOutbox } from './outbox.ts';

let dir: string;
let outbox: MailOutbox;
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'momentique-mail-'));
  outbox = await startMailOutbox({ port: 0, dir, apiKey: 'key' });
});
afterAll(async () => {
  await outbox?.close();
  await rm(dir, { recursive: true, force: true });
});

const at = (target: string): string => `http://127.0.0.1:${outbox.port}${target}`;
const send = (body: unknown, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(at('/emails'), {
    method: 'POST',
    headers: { authorization: 'Bearer key', ...headers },
    body: JSON.stringify(body),
  });
const mail = { from: 'a@x.org', to: 'b@x.org', subject: '<b>Hello</b>', text: '<script>alert(1)</script> & more' };

describe('the outbox', () => {
  it('stores a message once for one key', async () => {
    const first = (await (await send(mail, { 'idempotency-key': 'k' })).json()) as { id: string };
    const second = (await (await send(mail, { 'idempotency-key': 'k' })).json()) as { id: string };
    expect(second.id).toBe(first.id);
    expect(await readMails(dir)).toHaveLength(1);
  });

  it('refuses a wrong key and a message that is none', async () => {
    expect((await send(mail, { authorization: 'Bearer other' })).status).toBe(401);
    expect((await send({ from: 'a@x.org' })).status).toBe(422);
  });

  it('shows messages as text under a policy that runs nothing', async () => {
    const list = await fetch(at('/'));
    expect(list.headers.get('content-security-policy')).toContain("default-src 'none'; style-src 'self'");
    const html = await list.text();
    expect(html).toContain('&lt;b&gt;Hello');
    const [stored] = await readMails(dir);
    const page = await (await fetch(at(`/${stored?.id}`))).text();
    expect(page).toContain('&lt;script&gt;');
    expect(page).not.toContain('<script');
    expect((await fetch(at('/../secrets.json'))).status).toBe(404);
  });

  it('answers under its own name only', async () => {
    const status = await new Promise((resolve, reject) => {
      request({ host: '127.0.0.1', port: outbox.port, headers: { host: 'evil.example' } }, (response) =>
        resolve(response.resume().statusCode),
      )
        .on('error', reject)
        .end();
    });
    expect(status).toBe(421);
  });
});
