import { describe, expect, it } from 'vitest';
import { eventually } from '../../support/http.ts';
import { encodePng, hugePngHeader, quarters, textAsJpeg, truncated } from '../../support/images.ts';
import { encodeJpeg, encodeWebp } from '../../support/image-encoders.ts';
import { signIn } from '../../support/people.ts';
import { setup } from '../setup.ts';

const { acme, techstart, at, event } = setup();
const [owner, manager, viewer, foreign] = await Promise.all([
  signIn(acme, 'admin@acme.com'),
  signIn(acme, 'consultant@external.com'),
  signIn(acme, 'viewer@acme.com'),
  signIn(techstart, 'admin@techstart.com'),
]);
const halfJpeg = truncated(await encodeJpeg(quarters(200, 200)), 0.3);
const tooWide = await encodePng(quarters(2_002, 2));
const THEME = '/api/v1/tenant/theme';
const LOGO = '/api/v1/tenant/logo';
const patch = (body: unknown, headers: Record<string, string> = owner.headers) =>
  acme(THEME, { method: 'PATCH', headers, body });
const sendLogo = (bytes: Uint8Array | string, type = 'image/png', headers: Record<string, string> = owner.headers) =>
  acme(LOGO, { method: 'POST', headers: { ...headers, 'content-type': type }, body: bytes });
const themeNow = async () => (await acme(THEME, { headers: owner.headers })).json.theme;

describe('the look of an account', () => {
  it('is changed in parts, and the rest stays', async () => {
    const before = await themeNow();
    const answer = await patch({ temperature: 'warm', displayFace: 'serif' });
    expect([answer.status, answer.json.theme]).toEqual([200, { ...before, temperature: 'warm', displayFace: 'serif' }]);
    await patch({ temperature: before.temperature, displayFace: before.displayFace });
    expect(await themeNow()).toEqual(before);
  });

  it('is seen by guests within seconds, at an address that says what it is', async () => {
    const before = await themeNow();
    await patch({ accent: '#0B7285' });
    const page = await eventually(async () => {
      const { text } = await acme('/e/launch-party');
      return text.includes('accent=0b7285') && text;
    }, 'the gallery in its new colour');
    const href = /href="(\/theme\.css[^"]+)"/.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? '';
    const sheet = await acme(href);
    expect([sheet.status, sheet.headers['content-type']]).toEqual([200, 'text/css; charset=utf-8']);
    expect(sheet.text).toContain('--accent:#0b7285');
    await patch({ accent: before.accent });
  });

  it.each([
    ['a name for a colour', { accent: 'red' }],
    ['a colour that goes on', { accent: '#7a3cff;}' }],
    ['a temperature that does not exist', { temperature: 'hot' }],
    ['a face that does not exist', { displayFace: 'Comic Sans' }],
    ['an address as a logo', { logo: 'https://evil.example/x.png' }],
    ['an unknown field', { css: 'body{}' }],
    ['nothing', {}],
  ])('refuses %s', async (_what, body) => {
    const before = await themeNow();
    const answer = await patch(body);
    expect([answer.status, answer.json.code]).toEqual([400, 'request.invalid']);
    expect(await themeNow()).toEqual(before);
  });

  it('is read by everybody of the team and changed by admins only', async () => {
    expect((await acme(THEME, { headers: viewer.headers })).status).toBe(200);
    for (const person of [viewer, manager]) {
      expect((await patch({ accent: '#000000' }, person.headers)).json.code).toBe('access.denied');
      expect((await sendLogo(await encodePng(quarters(8, 8)), 'image/png', person.headers)).status).toBe(403);
      expect((await acme(LOGO, { method: 'DELETE', headers: person.headers })).status).toBe(403);
    }
    expect((await patch({ accent: '#000000' }, foreign.headers)).status).toBe(401);
    expect((await patch({ accent: '#000000' }, {})).status).toBe(401);
  });

  it('can be an event’s own colour on the pages of its guests', async () => {
    const { slug } = await event({ visibility: 'public', settings: { look: { accent: '#C92A2A' } } });
    expect((await acme(`/e/${slug}`)).text).toContain('accent=c92a2a');
    expect((await acme(`/e/${slug}/wall`)).text).toContain('accent=c92a2a');
    const odd = await event({ visibility: 'public', settings: { look: { accent: 'red;}' } } });
    expect((await acme(`/e/${odd.slug}`)).text).not.toContain('red;');
  });
});

describe('the style sheet', () => {
  it('takes nothing but a colour from its address', async () => {
    for (const accent of ['red', '7a3cff}', '%7D', '#7a3cff'])
      expect([accent, (await acme(`/theme.css?accent=${encodeURIComponent(accent)}`)).status]).toEqual([accent, 400]);
    const sheet = await acme('/theme.css?accent=7a3cff&temperature=%7Dx&face=%22y');
    expect(sheet.text).toBe((await acme('/theme.css?accent=7a3cff&temperature=neutral&face=system')).text);
  });
});

describe('a logo', () => {
  it('is kept by its content, served for ever, and gone with the next one', async () => {
    const first = await sendLogo(await encodePng(quarters(64, 16)));
    const { logo } = first.json.theme;
    expect(logo).toMatch(/^\/brand\/[0-9a-f]{64}\.png$/);
    const served = await acme(logo);
    expect([served.status, served.headers['content-type'], served.headers['x-content-type-options']]).toEqual([
      200,
      'image/png',
      'nosniff',
    ]);
    expect(served.headers['cache-control']).toContain('immutable');
    const again = await acme(logo, { headers: { 'if-none-match': String(served.headers['etag']) } });
    expect(again.status).toBe(304);

    const second = (await sendLogo(await encodeWebp(quarters(32, 32)), 'image/webp')).json.theme.logo;
    expect(second).toMatch(/\.webp$/);
    await eventually(async () => (await acme(logo)).status === 404, 'the first logo being gone');
    const removed = await acme(LOGO, { method: 'DELETE', headers: owner.headers });
    expect([removed.status, removed.json.theme.logo]).toEqual([200, null]);
    await eventually(async () => (await acme(second)).status === 404, 'the second logo being gone');
  });

  it('stays when the same one is sent again', async () => {
    const bytes = await encodePng(quarters(48, 24));
    const { logo } = (await sendLogo(bytes)).json.theme;
    expect((await sendLogo(bytes)).json.theme.logo).toBe(logo);
    expect((await acme(logo)).status).toBe(200);
    await acme(LOGO, { method: 'DELETE', headers: owner.headers });
  });

  it('is another tenant’s nowhere else', async () => {
    const { logo } = (await sendLogo(await encodePng(quarters(40, 20)))).json.theme;
    expect((await techstart(logo)).status).toBe(404);
    expect((await at('beta-solutions')(logo)).status).toBe(404);
    await acme(LOGO, { method: 'DELETE', headers: owner.headers });
  });

  it.each([
    ['SVG', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', 'image/svg+xml'],
    ['SVG that says it is a PNG', '<svg xmlns="http://www.w3.org/2000/svg"/>', 'image/png'],
    ['text', textAsJpeg(), 'image/jpeg'],
    ['nothing', '', 'image/png'],
    ['half a file', halfJpeg, 'image/jpeg'],
  ])('is not %s', async (_what, bytes, type) => {
    const answer = await sendLogo(bytes, type);
    expect([answer.status, answer.json.code]).toEqual([415, 'logo.unsupported']);
    expect((await themeNow()).logo).toBeNull();
  });

  it.each([
    ['of too many pixels', hugePngHeader()],
    ['too wide', tooWide],
    ['of too many bytes', new Uint8Array(1_000_001)],
  ])('is not one %s', async (_what, bytes) => {
    const answer = await sendLogo(bytes);
    expect([answer.status, answer.json.code]).toEqual([413, 'logo.too_large']);
  });

  it('is too large also when its length is not said', async () => {
    const answer = await acme(LOGO, {
      method: 'POST',
      headers: { ...owner.headers, 'content-type': 'image/png' },
      body: new Uint8Array(1_200_000),
      chunked: true,
    });
    expect([answer.status, answer.json.code]).toEqual([413, 'logo.too_large']);
  });

  it.each(['/brand/x.png', `/brand/${'0'.repeat(64)}.png`, `/brand/${'0'.repeat(64)}.svg`, '/brand/..%2F..%2Fx.png'])(
    'is not found at %s',
    async (path) => {
      const answer = await acme(path);
      expect([answer.status, answer.json.code]).toEqual([404, 'route.not_found']);
    },
  );
});

describe('the page of the design system', () => {
  it('is there in local mode', async () => {
    const page = await acme('/design?lang=ar');
    expect([page.status, page.text.includes('dir="rtl"')]).toEqual([200, true]);
  });
});
