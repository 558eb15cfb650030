import { describe, expect, it } from 'vitest';
import type { Role } from '../../../contract/auth.ts';
import { asOperator } from '../../support/database.ts';
import { eventually } from '../../support/http.ts';
import { freshPhoto, join, send, signIn, untilStatus } from '../../support/people.ts';
import { cookiesOf, makeTeam, PASSWORD } from '../../support/team.ts';
import { setup } from '../setup.ts';

const { at, acme, event, ownerUrl, mailUrl } = setup();
const IPAD =
  'Mozilla/5.0 (iPad; CPU OS 16_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) FxiOS/125.0 Mobile/15E148 Safari/605.1.15';

async function account(...roles: Role[]) {
  const { slug, members } = await makeTeam(ownerUrl, roles);
  const client = at(slug);
  const login = (email: string, password = PASSWORD, agent = 'browser') =>
    client('/api/v1/auth/login', { method: 'POST', headers: { 'user-agent': agent }, body: { email, password } });
  const [one, ...others] = await Promise.all(
    members.map(async (member) => ({ ...member, ...(await signIn(client, member.email, PASSWORD)) })),
  );
  return { slug, client, login, one: one!, others };
}
const codeOf = (answer: { status: number; json: { code: string } }) => [answer.status, answer.json.code];

describe('the account', () => {
  it('says who it is, and what it has used so far', async () => {
    const { slug, client, one } = await account('owner', 'viewer');
    const party = await event({ moderation: 'after' }, slug);
    const guest = await join(client, party.slug);
    const bytes = await freshPhoto();
    const sent = await send(client, party.slug, guest, bytes);
    await untilStatus(client, party.slug, guest, sent.json.photo.id, 'approved');
    await event({ deleted_at: new Date() }, slug);
    const answer = await client('/api/v1/tenant', { headers: one.headers });
    expect(answer.json.tenant).toMatchObject({
      slug,
      name: slug,
      type: 'trial',
      plan: 'free',
      status: 'active',
      residency: null,
      hosts: [{ host: client.host, verified: true }],
      imprint: null,
      privacyUrl: null,
      supportEmail: null,
    });
    expect(answer.json.usage).toMatchObject({ events: 1, photos: 1, members: 2, guests: 1 });
    expect(answer.json.usage.bytes).toBe(bytes.length);
    expect(answer.json.limits).toEqual({ photos: 5000, bytes: 20_000_000_000, photosPerEvent: 2000 });
  });

  it('tells guests on its pages where imprint and help are', async () => {
    const { slug, client, one } = await account('owner');
    const party = await event({}, slug);
    const body = { imprint: 'https://example.com/imprint?a=1&b=2', supportEmail: 'help@example.com' };
    await client('/api/v1/tenant', { method: 'PATCH', headers: one.headers, body });
    for (const path of ['/', `/e/${party.slug}`]) {
      const page = await eventually(async () => {
        const { text } = await client(path);
        return text.includes('example.com') && text;
      }, `the links at ${path}`);
      expect(page).toContain('href="https://example.com/imprint?a=1&amp;b=2"');
      expect(page).toContain('href="mailto:help@example.com"');
      expect(page).not.toContain('Privacy');
    }
  });

  it('is changed by admins, a part at a time; null takes a link away', async () => {
    const { client, one, others } = await account('admin', 'viewer');
    const change = (body: Record<string, unknown>, headers = one.headers) =>
      client('/api/v1/tenant', { method: 'PATCH', headers, body });
    const imprint = 'https://example.com/imprint?a=1#who';
    expect((await change({ name: '  Feste   & Söhne ', imprint })).json.tenant).toMatchObject({
      name: 'Feste & Söhne',
      imprint,
      privacyUrl: null,
    });
    expect((await change({ supportEmail: 'Help@Example.com' })).json.tenant).toMatchObject({
      imprint,
      supportEmail: 'help@example.com',
    });
    expect((await change({ imprint: null })).json.tenant).toMatchObject({ name: 'Feste & Söhne', imprint: null });
    expect(codeOf(await change({ name: 'Mine' }, others[0]!.headers))).toEqual([403, 'access.denied']);
    expect((await client('/api/v1/tenant', { headers: others[0]!.headers })).json.tenant.name).toBe('Feste & Söhne');
  });

  it.each([
    [{}],
    [{ name: '' }],
    [{ name: 'x'.repeat(201) }],
    [{ imprint: 'http://example.com' }],
    [{ imprint: 'javascript:alert(1)' }],
    [{ imprint: 'https://' }],
    [{ imprint: 'https://localhost/imprint' }],
    [{ imprint: 'https://user:secret@example.com' }],
    [{ imprint: 'https://example.com/"><script>' }],
    [{ imprint: `https://example.com/${'x'.repeat(500)}` }],
    [{ privacyUrl: '//example.com' }],
    [{ supportEmail: 'nobody' }],
    [{ plan: 'enterprise' }],
    [{ status: 'active' }],
  ])('refuses %j', async (body) => {
    const { headers } = await signIn(acme, 'admin@acme.com');
    expect(codeOf(await acme('/api/v1/tenant', { method: 'PATCH', headers, body }))).toEqual([400, 'request.invalid']);
  });
});

describe('one’s own name', () => {
  it('is changed for everybody who sees it', async () => {
    const { client, one } = await account('viewer');
    const answer = await client('/api/v1/auth/me', {
      method: 'PATCH',
      headers: one.headers,
      body: { name: ' Zoë 🎉 ' },
    });
    expect(answer.json.user).toEqual({ id: one.id, email: one.email, name: 'Zoë 🎉' });
    expect((await client('/api/v1/auth/me', { headers: one.headers })).json.user.name).toBe('Zoë 🎉');
    const empty = await client('/api/v1/auth/me', { method: 'PATCH', headers: one.headers, body: { name: '\u200b' } });
    expect(codeOf(empty)).toEqual([400, 'request.invalid']);
  });
});

describe('one’s own password', () => {
  it('is changed with the present one; other sign-ins end, this one stays, and a mail says so', async () => {
    const { client, login, one } = await account('viewer');
    const elsewhere = cookiesOf(await login(one.email, PASSWORD, IPAD));
    const refresh = (cookie: string) =>
      client('/api/v1/auth/refresh', { method: 'POST', headers: { cookie, origin: client.origin } });
    const next = 'quite another one 🎉';
    const changed = await client('/api/v1/auth/password', {
      method: 'POST',
      headers: one.headers,
      body: { current: PASSWORD, next },
    });
    expect(changed.status).toBe(204);
    expect((await refresh(elsewhere)).status).toBe(401);
    expect((await refresh(cookiesOf(one.answer))).status).toBe(200);
    expect((await login(one.email)).status).toBe(401);
    expect((await login(one.email, next)).status).toBe(200);
    await eventually(
      async () => (await (await fetch(mailUrl)).text()).includes(one.email),
      'a mail about the password',
    );
  });

  it('changed at one account ends the sign-ins at every other one', async () => {
    const { client, one } = await account('viewer');
    const other = await makeTeam(ownerUrl, ['owner']);
    await asOperator(ownerUrl, (operator) =>
      operator.query(
        `insert into memberships (tenant_id, user_id, role)
         select t.id, u.id, 'viewer' from tenants t, users u where t.slug = $1 and u.email = $2`,
        [other.slug, one.email],
      ),
    );
    const there = at(other.slug);
    const { answer } = await signIn(there, one.email, PASSWORD);
    const body = { current: PASSWORD, next: 'quite another one' };
    await client('/api/v1/auth/password', { method: 'POST', headers: one.headers, body });
    const headers = { cookie: cookiesOf(answer), origin: there.origin };
    expect((await there('/api/v1/auth/refresh', { method: 'POST', headers })).status).toBe(401);
  });

  it('is refused when the present one is wrong, and after ten such tries altogether', async () => {
    const { client, login, one } = await account('viewer');
    const change = (current: string) =>
      client('/api/v1/auth/password', {
        method: 'POST',
        headers: one.headers,
        body: { current, next: 'quite another one' },
      });
    const answers = await Promise.all(Array.from({ length: 12 }, () => change('wrong')));
    const codes = answers.map((answer) => answer.json.code);
    expect(codes.filter((code) => code === 'auth.wrong_password')).toHaveLength(10);
    expect(codes.filter((code) => code === 'auth.locked')).toHaveLength(2);
    expect(codeOf(await change(PASSWORD))).toEqual([429, 'auth.locked']);
    expect((await login(one.email)).status).toBe(200);
  });

  it.each([
    ['short', 'nine char'],
    ['longer than bcrypt reads', 'é'.repeat(37)],
    ['one letter', 'aaaaaaaaaaaaaaa'],
    ['empty', ''],
  ])('is refused when it is %s', async (_name, next) => {
    const { client, one } = await account('viewer');
    const answer = await client('/api/v1/auth/password', {
      method: 'POST',
      headers: one.headers,
      body: { current: PASSWORD, next },
    });
    expect(codeOf(answer)).toEqual([422, 'auth.weak_password']);
    expect(answer.json.errors[0].path).toBe('body.next');
  });

  it('may not be the address', async () => {
    const { client, one } = await account('viewer');
    const answer = await client('/api/v1/auth/password', {
      method: 'POST',
      headers: one.headers,
      body: { current: PASSWORD, next: one.email.toUpperCase() },
    });
    expect(answer.json.code).toBe('auth.weak_password');
  });
});

describe('one’s own sign-ins', () => {
  it('are listed by device, with the one that asks, and end one by one or together', async () => {
    const { client, login, one, others } = await account('viewer', 'viewer');
    const tablet = await login(one.email, PASSWORD, IPAD);
    const third = await login(one.email);
    const list = async (headers = one.headers) => (await client('/api/v1/auth/sessions', { headers })).json.items;
    const sessions = await list();
    expect(sessions).toHaveLength(3);
    expect(sessions.filter((session: { current: boolean }) => session.current)).toHaveLength(1);
    const onTablet = sessions.find((session: { device: unknown }) => session.device !== null);
    expect(onTablet).toMatchObject({ device: { browser: 'Firefox', system: 'iPad' }, current: false });

    const refresh = (cookie: string) =>
      client('/api/v1/auth/refresh', { method: 'POST', headers: { cookie, origin: client.origin } });
    const since = onTablet.since;
    const renewed = await client('/api/v1/auth/refresh', {
      method: 'POST',
      headers: { cookie: cookiesOf(tablet), origin: client.origin, 'user-agent': IPAD },
    });
    expect((await list()).find((session: { id: string }) => session.id === onTablet.id)).toMatchObject({ since });

    const end = (path: string, headers = one.headers) =>
      client(`/api/v1/auth/sessions${path}`, { method: 'DELETE', headers });
    expect((await end(`/${onTablet.id}`, others[0]!.headers)).status).toBe(204);
    expect(await list()).toHaveLength(3);
    expect((await end(`/${onTablet.id}`)).status).toBe(204);
    expect((await refresh(cookiesOf(renewed))).status).toBe(401);
    expect(await list()).toHaveLength(2);
    expect((await end('')).status).toBe(204);
    expect((await refresh(cookiesOf(third))).status).toBe(401);
    expect((await refresh(cookiesOf(one.answer))).status).toBe(200);
    expect(await list()).toMatchObject([{ current: true }]);
    expect(await list(others[0]!.headers)).toHaveLength(1);
  });
});
