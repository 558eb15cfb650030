import { randomBytes, randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { asOperator } from '../../support/database.ts';
import { eventually, type Client } from '../../support/http.ts';
import { signIn } from '../../support/people.ts';
import { headersOf, pair } from '../../support/screens.ts';
import { setup } from '../setup.ts';

const { acme, techstart, event, ownerUrl } = setup();
const [staff, viewer, foreign] = await Promise.all([
  signIn(acme, 'operator@acme.com'),
  signIn(acme, 'viewer@acme.com'),
  signIn(techstart, 'admin@techstart.com'),
]);
const codeOf = (answer: { status: number; json: { code: string } }) => [answer.status, answer.json.code];
const make = (body: Record<string, unknown>, headers = staff.headers, client: Client = acme) =>
  client('/api/v1/screens/links', {
    method: 'POST',
    headers,
    body: { name: 'Tablet', event: 'launch-party', ...body },
  });
const open = async (headers = staff.headers) =>
  (await acme('/api/v1/screens/links', { headers })).json.items as { id: string; name: string }[];
const takeBack = (id: string, headers = staff.headers) =>
  acme(`/api/v1/screens/links/${id}`, { method: 'DELETE', headers });
const redeem = (token: string, installation: string, client: Client = acme) =>
  client('/api/v1/screens/links/redeem', { method: 'POST', body: { token, installation } });
const me = (headers: Record<string, string>) => acme('/api/v1/screens/me', { headers });
const tokenIn = (url: string) => new URL(url).hash.slice('#link='.length);
const linked = async (body: Record<string, unknown> = {}) => {
  const made = await make(body);
  expect(made.status, made.text).toBe(201);
  return { ...made.json, token: tokenIn(made.json.url) } as { link: { id: string }; url: string; token: string };
};
const UNKNOWN = [404, 'screen.link_unknown'];

describe('a kiosk link', () => {
  it('makes the browser that opens it the screen it describes, once; an answer that was lost is had again', async () => {
    const { slug, id: eventId } = await event({ name: 'Fair' });
    const before = Date.now();
    const { url, token, link, ...rest } = await linked({ event: slug, name: ' Desk ', layout: { layout: 'split' } });
    expect(url).toBe(`${acme.origin}/screen#link=${token}`);
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    const { expiresAt } = rest as unknown as { expiresAt: string };
    expect(Math.abs(Date.parse(expiresAt) - before - 24 * 3600_000)).toBeLessThan(60_000);
    expect(await open(viewer.headers)).toContainEqual(
      expect.objectContaining({ id: link.id, name: 'Desk', kind: 'kiosk', event: { id: eventId, slug, name: 'Fair' } }),
    );

    const installation = randomUUID();
    const first = await redeem(token, installation);
    expect(first.json).toEqual({
      credential: expect.stringMatching(/^scr_[A-Za-z0-9_-]{43}$/),
      screenId: expect.any(String),
    });
    expect((await redeem(token, installation)).json).toEqual(first.json);
    expect(codeOf(await redeem(token, randomUUID()))).toEqual(UNKNOWN);
    expect((await open()).some(({ id }) => id === link.id)).toBe(false);
    expect(codeOf(await takeBack(link.id))).toEqual(UNKNOWN);

    const kept = await asOperator(ownerUrl, (client) =>
      client.query(
        `select (select row_to_json(d)::text from devices d where id = $1)
           || (select row_to_json(l)::text from kiosk_links l where device_id = $1) as rows`,
        [first.json.screenId],
      ),
    );
    expect(kept.rows[0].rows).not.toContain(token);
    expect(kept.rows[0].rows).not.toContain(first.json.credential.slice(4));

    const answer = await me(headersOf(first.json.credential, installation));
    expect(answer.json.screen).toMatchObject({
      id: first.json.screenId,
      name: 'Desk',
      kind: 'kiosk',
      event: { slug },
      layout: { layout: 'split', seconds: 8 },
    });
    await eventually(
      async () => (await redeem(token, installation)).status === 404,
      'the link being forgotten once the screen has its credential',
    );
    expect(codeOf(await me(headersOf(first.json.credential, randomUUID())))).toEqual([401, 'screen.credential_copied']);
  });

  it('of two browsers that open it at once makes one a screen', async () => {
    const { token } = await linked();
    const answers = await Promise.all([1, 2, 3, 4].map(() => redeem(token, randomUUID())));
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 404, 404, 404]);
  });

  it('makes a browser that is a screen already another one, and its old credential counts no more', async () => {
    const { slug } = await event();
    const before = await pair(acme, staff.headers, 'launch-party');
    const { token } = await linked({ event: slug, name: 'Moved' });
    const after = await redeem(token, before.installation);
    expect(after.json.screenId).toBe(before.id);
    expect(codeOf(await me(before.headers))).toEqual([401, 'auth.required']);
    expect((await me(headersOf(after.json.credential, before.installation))).json.screen.name).toBe('Moved');
  });

  it('opens nothing when it is forged, over, taken back, of another tenant, or its maker has left', async () => {
    for (const forged of ['', 'x', randomBytes(32).toString('base64url'), "' or 1=1--", 'ü'.repeat(200)])
      expect(codeOf(await redeem(forged, randomUUID())), forged).toEqual(UNKNOWN);
    const old = await linked();
    await asOperator(ownerUrl, (client) =>
      client.query(`update kiosk_links set expires_at = now() - interval '1 second' where id = $1`, [old.link.id]),
    );
    expect(codeOf(await redeem(old.token, randomUUID()))).toEqual(UNKNOWN);
    const withdrawn = await linked();
    expect((await takeBack(withdrawn.link.id)).status).toBe(204);
    expect(codeOf(await redeem(withdrawn.token, randomUUID()))).toEqual(UNKNOWN);
    const theirs = await linked();
    expect(codeOf(await redeem(theirs.token, randomUUID(), techstart))).toEqual(UNKNOWN);
    expect(
      codeOf(
        await techstart(`/api/v1/screens/links/${theirs.link.id}`, { method: 'DELETE', headers: foreign.headers }),
      ),
    ).toEqual(UNKNOWN);
    await asOperator(ownerUrl, (client) =>
      client.query(`update kiosk_links set created_by = $2 where id = $1`, [theirs.link.id, randomUUID()]),
    );
    expect(codeOf(await redeem(theirs.token, randomUUID()))).toEqual(UNKNOWN);
  });

  it('is made and taken back by members, for an event and a site that are there', async () => {
    expect(codeOf(await make({}, viewer.headers))).toEqual([403, 'access.denied']);
    const { link } = await linked();
    expect(codeOf(await takeBack(link.id, viewer.headers))).toEqual([403, 'access.denied']);
    expect(codeOf(await make({ event: 'demo-day' }))).toEqual([404, 'event.not_found']);
    expect(codeOf(await make({ siteId: randomUUID() }))).toEqual([404, 'site.not_found']);
    for (const wrong of [{ name: ' ' }, { kind: 'printer' }, { token: 'x'.repeat(43) }, { layout: { layout: 'cube' } }])
      expect(codeOf(await make(wrong))).toEqual([400, 'request.invalid']);
  });

  it('stops an installation that asks without end, and refuses what is none', async () => {
    const installation = randomUUID();
    const statuses: number[] = [];
    for (let n = 0; n < 22; n++) statuses.push((await redeem('x', installation)).status);
    expect(statuses).toEqual([...Array.from({ length: 20 }, () => 404), 429, 429]);
    expect(codeOf(await redeem('x', 'no'))).toEqual([400, 'request.invalid']);
  });
});
