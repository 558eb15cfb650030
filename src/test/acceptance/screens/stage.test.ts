import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { eventually } from '../../support/http.ts';
import { freshPhoto, join, listen, send, signIn, untilStatus } from '../../support/people.ts';
import { pair, plugIn } from '../../support/screens.ts';
import { helperOf } from '../../support/team.ts';
import { setup } from '../setup.ts';

const { acme, techstart, event, port } = setup();

const staff = await signIn(acme, 'operator@acme.com');
const viewer = await signIn(acme, 'viewer@acme.com');
const foreign = await signIn(techstart, 'admin@techstart.com');
const codeOf = (answer: { status: number; json: { code: string } }) => [answer.status, answer.json.code];
const to = (slug: string, what: string) => `/api/v1/events/${slug}/${what}`;
const post = (slug: string, what: string, body: unknown = {}, headers = staff.headers) =>
  acme(to(slug, what), { method: 'POST', headers, body });
const end = (slug: string, what: string, headers = staff.headers) =>
  acme(to(slug, what), { method: 'DELETE', headers });
const state = async (slug: string) => (await acme(to(slug, 'photos'))).json.event;

/** A live event that publishes at once, with one photo of a guest. */
async function party() {
  const made = await event({ moderation: 'after' });
  const guest = await join(acme, made.slug, { name: 'Ada' });
  const sent = await send(acme, made.slug, guest, await freshPhoto(640, 480));
  const photoId: string = sent.json.photo.id;
  await untilStatus(acme, made.slug, guest, photoId, 'approved');
  return { ...made, guest, photoId };
}

describe('panic', () => {
  it('puts a slide on every wall and takes the photos down, until it is released', async () => {
    const { slug, photoId } = await party();
    const screen = await pair(acme, staff.headers, slug);
    const socket = await plugIn(acme, port, screen, slug);
    await socket.next((frame) => frame.type === 'hello');
    const since = Date.now();
    const answer = await post(slug, 'panic', { text: '  Please leave by the doors ' });
    expect(answer.json.stage.panic).toEqual({ since: expect.any(Number), text: 'Please leave by the doors' });
    expect(Math.abs(answer.json.stage.panic.since - since)).toBeLessThan(60_000);
    const told = await socket.next((frame) => frame.type === 'event.changed' && frame.event.stage.panic !== null);
    expect(told.event).toMatchObject({ held: true, shows: false, heldMessage: 'Please leave by the doors' });
    expect((await acme('/api/v1/screens/me', { headers: screen.headers })).json).toMatchObject({
      state: { panic: { text: 'Please leave by the doors' } },
      photos: [],
    });
    expect((await acme(to(slug, 'photos'))).json).toMatchObject({ items: [], event: { held: true } });

    const report = { showing: null, layout: 'panic', version: '1', skewMs: 0, transport: 'socket', paused: false };
    socket.send({ v: 1, type: 'report', ...report });
    const confirmed = await eventually(async () => {
      const { json } = await acme(to(slug, 'panic'), { headers: viewer.headers });
      return json.screens.confirmed === 1 ? json : null;
    }, 'the screen confirming');
    expect(confirmed).toMatchObject({
      panic: { text: 'Please leave by the doors' },
      screens: { total: 1, offline: 0 },
    });

    expect((await end(slug, 'panic')).json.stage.panic).toBeNull();
    await socket.next((frame) => frame.type === 'event.changed' && frame.event.stage.panic === null);
    expect((await acme(to(slug, 'photos'))).json).toMatchObject({ items: [{ id: photoId }], event: { held: false } });
    socket.close();
  });

  it('asked again changes the words and not the time; released again changes nothing', async () => {
    const { slug } = await event();
    const first = await post(slug, 'panic');
    expect(first.json.stage.panic.text).toBeNull();
    const second = await post(slug, 'panic', { text: 'Wait outside' });
    expect(second.json.stage.panic).toEqual({ since: first.json.stage.panic.since, text: 'Wait outside' });
    for (let n = 0; n < 2; n++) expect((await end(slug, 'panic')).status).toBe(200);
  });

  it('leaves what a moderator held before held, and lets nobody release it by another door', async () => {
    const { slug } = await event();
    await post(slug, 'hold', { message: 'Back soon' });
    await post(slug, 'panic');
    expect(codeOf(await acme(to(slug, 'release'), { method: 'POST', headers: staff.headers }))).toEqual([
      409,
      'event.panic',
    ]);
    await end(slug, 'panic');
    expect(await state(slug)).toMatchObject({ held: true, heldMessage: 'Back soon' });
  });

  it('is for members', async () => {
    const { slug } = await event();
    const helper = await helperOf(acme, slug, staff.headers);
    expect(codeOf(await post(slug, 'panic', {}, viewer.headers))).toEqual([403, 'access.denied']);
    expect(codeOf(await post(slug, 'panic', {}, helper.headers))).toEqual([403, 'access.denied']);
    const theirs = await techstart(to(slug, 'panic'), { method: 'POST', headers: foreign.headers, body: {} });
    expect(codeOf(theirs)).toEqual([404, 'event.not_found']);
    expect(codeOf(await post(slug, 'panic', { text: 'x'.repeat(301) }))).toEqual([400, 'request.invalid']);
    expect(codeOf(await post(slug, 'panic', { message: 'x' }))).toEqual([400, 'request.invalid']);
  });
});

describe('the spotlight', () => {
  it('is told to everybody, also by a helper, and ended', async () => {
    const { slug, photoId } = await party();
    const guest = await listen(acme, port, slug);
    await guest.next((frame) => frame.type === 'hello');
    const helper = await helperOf(acme, slug, staff.headers);
    const lit = await post(slug, 'spotlight', { photoId, seconds: 600 }, helper.headers);
    expect(lit.json.stage.spotlight).toEqual({ photoId, until: expect.any(Number) });
    const told = await guest.next((frame) => frame.type === 'spotlight');
    expect(told).toMatchObject({ photoId, until: lit.json.stage.spotlight.until, seq: expect.any(Number) });
    expect((await state(slug)).stage.spotlight).toMatchObject({ photoId });
    await end(slug, 'spotlight', helper.headers);
    await guest.next((frame) => frame.type === 'spotlight' && frame.photoId === undefined);
    expect((await state(slug)).stage.spotlight).toBeNull();
    guest.close();
  });

  it('is for published photos of the event', async () => {
    const { slug, photoId } = await party();
    const other = await event();
    expect(codeOf(await post(other.slug, 'spotlight', { photoId }))).toEqual([404, 'photo.not_found']);
    expect(codeOf(await post(slug, 'spotlight', { photoId: randomUUID() }))).toEqual([404, 'photo.not_found']);
    await acme(`/api/v1/photos/${photoId}`, { method: 'PATCH', headers: staff.headers, body: { status: 'rejected' } });
    expect(codeOf(await post(slug, 'spotlight', { photoId }))).toEqual([409, 'photo.changed']);
    for (const body of [{}, { photoId: 'x' }, { photoId, seconds: 0 }, { photoId, seconds: 1e9 }, { photoId, by: 1 }]) {
      expect(codeOf(await post(slug, 'spotlight', body))).toEqual([400, 'request.invalid']);
    }
  });
});

describe('the stage', () => {
  it('is read with its time by whoever works at the event, and stands at the event but for announcements', async () => {
    const { slug, photoId } = await party();
    const helper = await helperOf(acme, slug, staff.headers);
    await post(slug, 'spotlight', { photoId });
    await post(slug, 'announcements', { text: 'Welcome' });
    for (const headers of [viewer.headers, helper.headers]) {
      const { json } = await acme(to(slug, 'stage'), { headers });
      expect(json.stage).toMatchObject({ panic: null, spotlight: { photoId }, announcements: [{ text: 'Welcome' }] });
      expect(Math.abs(json.serverTime - Date.now())).toBeLessThan(60_000);
      const told = await acme(`/api/v1/events/${slug}`, { headers });
      expect(told.json.event.stage).toEqual({ panic: null, spotlight: { photoId, until: null }, photoCall: null });
    }
    const other = await event();
    expect(codeOf(await acme(to(other.slug, 'stage'), { headers: helper.headers }))).toEqual([404, 'event.not_found']);
    expect(codeOf(await techstart(to(slug, 'stage'), { headers: foreign.headers }))).toEqual([404, 'event.not_found']);
    expect(codeOf(await acme(to(slug, 'stage')))).toEqual([401, 'auth.required']);
  });
});

describe('a photo call', () => {
  it('stands on the stage with its mission until it is over or ended', async () => {
    const { slug } = await event();
    const answer = await post(slug, 'photo-call', { seconds: 90, mission: 'Your shoes!' });
    expect(answer.json.stage.photoCall).toMatchObject({ seconds: 90, mission: 'Your shoes!' });
    expect((await state(slug)).stage.photoCall).toEqual(answer.json.stage.photoCall);
    await end(slug, 'photo-call');
    expect((await state(slug)).stage.photoCall).toBeNull();
    expect((await post(slug, 'photo-call')).json.stage.photoCall).toMatchObject({ seconds: 60, mission: null });
    for (const body of [{ seconds: 9 }, { seconds: 601 }, { mission: 'x'.repeat(121) }, { mission: '' }]) {
      expect(codeOf(await post(slug, 'photo-call', body))).toEqual([400, 'request.invalid']);
    }
    expect(codeOf(await post(slug, 'photo-call', {}, viewer.headers))).toEqual([403, 'access.denied']);
  });
});

describe('an announcement', () => {
  const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();

  it('is told to everybody with its times, and taken back', async () => {
    const { slug } = await event();
    const guest = await listen(acme, port, slug);
    await guest.next((frame) => frame.type === 'hello');
    const [from, until] = [inMinutes(5), inMinutes(10)];
    const made = await post(slug, 'announcements', { text: 'Cake at ten', from, until });
    expect(made.status).toBe(201);
    const { announcement } = made.json;
    expect(announcement).toMatchObject({ text: 'Cake at ten', from, until, state: 'coming' });
    const shown = { id: announcement.id, text: 'Cake at ten', from: Date.parse(from), until: Date.parse(until) };
    expect(await guest.next((frame) => frame.type === 'announcement')).toMatchObject(shown);
    expect((await state(slug)).stage.announcements).toEqual([shown]);
    const now = await post(slug, 'announcements', { text: 'Welcome' });
    expect(now.json.announcement).toMatchObject({ from: null, until: null, state: 'shown' });
    const list = await acme(to(slug, 'announcements'), { headers: viewer.headers });
    expect(list.json.items.map((one: { text: string }) => one.text)).toEqual(['Welcome', 'Cake at ten']);
    expect((await end(slug, `announcements/${announcement.id}`)).status).toBe(204);
    await guest.next((frame) => frame.type === 'announcement' && frame.id === announcement.id && frame.text === '');
    expect(codeOf(await end(slug, `announcements/${announcement.id}`))).toEqual([404, 'announcement.not_found']);
    guest.close();
  });

  it.each([
    ['nothing', { text: ' ' }],
    ['too much', { text: 'x'.repeat(301) }],
    ['an end before the beginning', { text: 'x', from: inMinutes(5), until: inMinutes(4) }],
    ['a time that is none', { text: 'x', from: 'tomorrow' }],
    ['a field nobody knows', { text: 'x', colour: 'red' }],
  ])('refuses %s', async (_name, body) => {
    expect(codeOf(await post('launch-party', 'announcements', body))).toEqual([400, 'request.invalid']);
  });

  it('is one of fifty at most that are not over', async () => {
    const { slug } = await event();
    const over = { text: 'Over', from: inMinutes(-10), until: inMinutes(-5) };
    expect((await post(slug, 'announcements', over)).json.announcement.state).toBe('over');
    for (let n = 0; n < 50; n++) expect((await post(slug, 'announcements', { text: `No. ${n}` })).status).toBe(201);
    expect(codeOf(await post(slug, 'announcements', { text: 'One more' }))).toEqual([409, 'announcement.too_many']);
    expect((await state(slug)).stage.announcements).toHaveLength(50);
  });

  it('is for members, and of its own event', async () => {
    const { slug } = await event();
    const other = await event();
    const { announcement } = (await post(slug, 'announcements', { text: 'Here' })).json;
    expect(codeOf(await post(slug, 'announcements', { text: 'x' }, viewer.headers))).toEqual([403, 'access.denied']);
    expect(codeOf(await end(other.slug, `announcements/${announcement.id}`))).toEqual([404, 'announcement.not_found']);
  });
});
