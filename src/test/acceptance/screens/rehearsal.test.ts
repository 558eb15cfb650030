import { describe, expect, it } from 'vitest';
import { asOperator } from '../../support/database.ts';
import { eventually, type Socket } from '../../support/http.ts';
import { freshPhoto, join, listen, send, signIn, untilStatus } from '../../support/people.ts';
import { pair, plugIn, type Television } from '../../support/screens.ts';
import { setup } from '../setup.ts';

const { acme, techstart, event, port, ownerUrl } = setup();

const staff = await signIn(acme, 'operator@acme.com');
const viewer = await signIn(acme, 'viewer@acme.com');
const foreign = await signIn(techstart, 'admin@techstart.com');
const codeOf = (answer: { status: number; json: { code: string } }) => [answer.status, answer.json.code];
const at = (slug: string, rest = '') => `/api/v1/events/${slug}/rehearsals${rest}`;
const start = (slug: string, pace = 'quick', headers = staff.headers) =>
  acme(at(slug), { method: 'POST', headers, body: { pace } });
const endIt = (slug: string, id: string) => acme(at(slug, `/${id}/end`), { method: 'POST', headers: staff.headers });
const list = async (slug: string) => (await acme(at(slug), { headers: viewer.headers })).json;
const current = async (slug: string) => (await list(slug)).items[0];
const meOf = async (screen: Television) => (await acme('/api/v1/screens/me', { headers: screen.headers })).json;
const ended = (slug: string) =>
  eventually(
    async () => {
      const rehearsal = await current(slug);
      return rehearsal.phase === 'ended' ? rehearsal : null;
    },
    'the rehearsal ending',
    60_000,
  );

/** A television as the wall's code behaves: asks what it shows, keeps a socket there, reports and confirms. */
async function television(slug: string, name: string, over: Record<string, unknown> = {}) {
  const screen = await pair(acme, staff.headers, slug, { name, ...over });
  let socket: Socket | null = null;
  let looked = 0;
  let isOver = false;
  const seen: string[] = [];
  async function go(): Promise<void> {
    const me = await meOf(screen);
    socket?.close();
    const mine = await plugIn(acme, port, screen, me.event.id);
    socket = mine;
    looked = 0;
    void watch(mine);
    for (const photo of me.photos.toReversed()) show(mine, photo.id);
  }
  const show = (mine: Socket, showing: string | null) => {
    if (showing) seen.push(showing);
    const report = { showing, layout: 'full', version: '1', skewMs: 40, transport: 'socket', paused: false };
    mine.send({ v: 1, type: 'report', ...report });
  };
  async function watch(mine: Socket): Promise<void> {
    while (!isOver && socket === mine) {
      for (const frame of mine.frames.slice(looked)) {
        looked++;
        if (frame.type === 'photo.approved') show(mine, frame.photo.id);
        if (frame.type === 'photo.removed') mine.send({ v: 1, type: 'removed', id: frame.id });
        if (frame.type === 'screen.command' && frame.command === 'report') show(mine, seen.at(-1) ?? null);
        if (frame.type === 'screen.command' && frame.command === 'refresh') return go();
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  await go();
  return {
    screen,
    seen,
    unplug() {
      isOver = true;
      socket?.close();
    },
  };
}

/** What of a rehearsal is in Postgres: nothing but its own row when it has ended. */
const rowsOf = (eventId: string) =>
  asOperator(ownerUrl, async (client) => {
    const { rows } = await client.query<{ twins: number; photos: number; guests: number; devices: number }>(
      `select (select count(*)::int from events where rehearsal_of = $1) as twins,
         (select count(*)::int from photos p join events e on e.id = p.event_id where e.rehearsal_of = $1) as photos,
         (select count(*)::int from guests g join events e on e.id = g.event_id where e.rehearsal_of = $1) as guests,
         (select count(*)::int from devices where event_id = $1 and rehearsal_event_id is not null) as devices`,
      [eventId],
    );
    return rows[0]!;
  });
const NOTHING = { twins: 0, photos: 0, guests: 0, devices: 0 };

describe('a rehearsal', () => {
  it('floods every screen of its event, is seen by nobody else, and vanishes but for its checklist', async () => {
    const { id, slug } = await event({ moderation: 'after', name: 'Gala' });
    const [foyer, hall] = [await television(slug, 'Foyer'), await television(slug, 'Hall', { layout: { seconds: 5 } })];
    await acme(`/api/v1/screens/${hall.screen.id}`, {
      method: 'PATCH',
      headers: staff.headers,
      body: { paused: true },
    });
    const guest = await join(acme, slug, { name: 'Ada' });
    const gallery = await listen(acme, port, slug);
    await gallery.next((frame) => frame.type === 'hello');
    const usage = async () => (await acme('/api/v1/account', { headers: viewer.headers })).json.usage;
    const events = async () => (await acme('/api/v1/events?limit=200', { headers: viewer.headers })).json;
    const [usedBefore, eventsBefore] = [await usage(), await events()];

    const begun = await start(slug);
    expect([begun.status, begun.json.rehearsal?.phase]).toEqual([201, 'sending']);
    // Of two who press the button at once, one is told that it runs already.
    expect(codeOf(await start(slug))).toEqual([409, 'rehearsal.running']);

    const me = await eventually(async () => {
      const now = await meOf(hall.screen);
      return now.photos.length > 0 ? now : null;
    }, 'samples on a screen');
    expect(me).toMatchObject({
      event: { slug, name: 'Gala' },
      joinUrl: `${acme.origin}/e/${slug}`,
      screen: { paused: false, layout: { seconds: 5 } },
      rehearsalUntil: expect.any(String),
      photos: [{ by: expect.stringMatching(/^Rehearsal guest \d+$/) }],
    });
    const twin: string = me.event.id;
    expect(twin).not.toBe(id);
    // Nobody enters it, by id or by what could be its address; nothing lists or counts it.
    for (const ref of [twin, `rehearsal-${twin}`]) {
      for (const headers of [undefined, staff.headers]) {
        for (const rest of ['', '/photos', '/summary']) {
          const answer = await acme(`/api/v1/events/${ref}${rest}`, headers ? { headers } : {});
          expect([rest, [401, 404].includes(answer.status)]).toEqual([rest, true]);
        }
      }
      expect((await acme(`/api/v1/events/${ref}/session`, { method: 'POST', body: {} })).status).toBe(404);
      const undelete = await acme(`/api/v1/events/${ref}/restore`, { method: 'POST', headers: staff.headers });
      expect(undelete.status).toBe(404);
    }
    expect(await events()).toMatchObject({ totals: eventsBefore.totals });
    expect(await usage()).toEqual(usedBefore);
    expect((await acme(`/api/v1/events/${slug}/photos`)).json.items).toEqual([]);
    expect((await acme(`/api/v1/photos?event=${slug}`, { headers: staff.headers })).json.counts.approved).toBe(0);
    // A real photo that comes meanwhile waits for its screens.
    const sent = await send(acme, slug, guest, await freshPhoto(640, 480));
    await untilStatus(acme, slug, guest, sent.json.photo.id, 'approved');

    const over = await ended(slug);
    expect(over).toMatchObject({ endedBecause: 'done', photos: { planned: 6, sent: 6, processed: 6, failed: 0 } });
    const tones = over.checks.map((one: { check: string; tone: string; screen: { name: string } | null }) =>
      [one.screen?.name ?? '', one.check, one.tone].join(' '),
    );
    const perScreen = ['reached', 'first', 'pace', 'clock', 'line', 'back'];
    expect(tones.toSorted()).toEqual(
      [
        ...['Foyer', 'Hall'].flatMap((name) => perScreen.map((check) => `${name} ${check} good`)),
        ...['processed', 'recall', 'vanished'].map((check) => ` ${check} good`),
      ].toSorted(),
    );
    expect(await rowsOf(id)).toEqual(NOTHING);
    expect((await acme(me.photos[0].renditions[0].url)).status).toBe(404);
    for (const { screen } of [foyer, hall]) {
      const after = await meOf(screen);
      expect(after).toMatchObject({ event: { id }, rehearsalUntil: null, photos: [{ id: sent.json.photo.id }] });
    }
    expect((await meOf(hall.screen)).screen).toMatchObject({ paused: true, layout: { seconds: 5 } });
    const samples = new Set([...foyer.seen, ...hall.seen].filter((photo) => photo !== sent.json.photo.id));
    expect(samples.size).toBeGreaterThanOrEqual(6);
    const heard = JSON.stringify(gallery.frames);
    expect([...samples].filter((photo) => heard.includes(photo))).toEqual([]);
    for (const one of [foyer, hall]) one.unplug();
    gallery.close();
  }, 90_000);

  it('ends at once by the button and for a panic, and a screen that is away then comes back to its event', async () => {
    const { id, slug } = await event();
    const away = await pair(acme, staff.headers, slug);
    const first = (await start(slug, 'rush')).json.rehearsal;
    expect((await meOf(away)).event.id).not.toBe(id);
    const asked = await endIt(slug, first.id);
    expect(asked.json.rehearsal).toMatchObject({ phase: 'returning', endedBecause: 'asked' });
    expect((await meOf(away)).event.id).toBe(id);
    expect((await endIt(slug, first.id)).status).toBe(200);
    // None was there: nobody is waited for.
    const over = await ended(slug);
    expect(over.checks.find((one: { check: string }) => one.check === 'reached').tone).toBe('bad');
    expect(await rowsOf(id)).toEqual(NOTHING);

    expect((await start(slug)).status).toBe(201);
    await acme(`/api/v1/events/${slug}/panic`, { method: 'POST', headers: staff.headers, body: {} });
    expect(await meOf(away)).toMatchObject({ event: { id }, state: { panic: { text: null } } });
    expect(codeOf(await start(slug))).toEqual([409, 'event.panic']);
    expect(await ended(slug)).toMatchObject({ endedBecause: 'panic' });
    expect(await rowsOf(id)).toEqual(NOTHING);
  }, 60_000);

  it('needs a screen, an event that has not begun, and a member of its account', async () => {
    const { slug } = await event();
    expect(codeOf(await start(slug))).toEqual([409, 'rehearsal.no_screens']);
    expect(codeOf(await start(slug, 'quick', viewer.headers))).toEqual([403, 'access.denied']);
    expect(codeOf(await start(slug, 'stampede'))).toEqual([400, 'request.invalid']);
    const theirs = await techstart(at(slug), { method: 'POST', headers: foreign.headers, body: {} });
    expect(codeOf(theirs)).toEqual([404, 'event.not_found']);
    const on = await event({ starts_at: new Date(Date.now() - 60_000) });
    await pair(acme, staff.headers, on.slug);
    expect(codeOf(await start(on.slug))).toEqual([409, 'rehearsal.event_begun']);
    expect(await list(on.slug)).toEqual({ items: [], screens: 1 });
  });
});
