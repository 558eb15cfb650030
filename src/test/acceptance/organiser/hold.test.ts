import { describe, expect, it } from 'vitest';
import { makePhotos } from '../../support/database.ts';
import { eventually } from '../../support/http.ts';
import { join, listen, signIn } from '../../support/people.ts';
import { setup } from '../setup.ts';

const { acme, event, ownerUrl, port } = setup();
const staff = await signIn(acme, 'operator@acme.com');
const post = (path: string, body: unknown = {}) => acme(path, { method: 'POST', headers: staff.headers, body });
const list = (slug: string, headers: Record<string, string> = {}) => acme(`/api/v1/events/${slug}/photos`, { headers });

describe('holding an event', () => {
  it('clears what guests see, keeps what is decided meanwhile, and shows all of it on release', async () => {
    const { id, slug } = await event();
    const guest = await join(acme, slug);
    const [shown = '', waiting = ''] = await makePhotos(ownerUrl, id, guest.id, [
      { status: 'approved' },
      { status: 'pending' },
    ]);
    const socket = await listen(acme, port, slug);
    const desk = await listen(acme, port, slug, staff.headers);

    const held = await post(`/api/v1/events/${slug}/hold`, { message: 'Back in a minute' });
    expect(held.json.event.held).toEqual({ at: expect.any(String), message: 'Back in a minute' });
    const stage = { panic: null, spotlight: null, announcements: [], photoCall: null };
    const state = { held: true, heldMessage: 'Back in a minute', uploads: true, shows: false, status: 'live', stage };
    const frame = await socket.next((one) => one.type === 'event.changed');
    expect(frame).toMatchObject({ event: state, seq: 1 });
    expect((await list(slug)).json).toMatchObject({ items: [], event: state });
    expect((await list(slug, guest.headers)).json.items).toEqual([]);
    const page = (await acme(`/e/${slug}`)).text;
    expect(page).toContain('Back in a minute');
    expect(page).not.toContain(shown);
    expect((await list(slug, staff.headers)).json.items).toMatchObject([{ id: shown }]);

    await acme(`/api/v1/photos/${waiting}`, { method: 'PATCH', headers: staff.headers, body: { status: 'approved' } });
    await desk.next((one) => one.type === 'photo.decided' && one.photo.id === waiting);
    expect(socket.frames.filter((one) => one.type === 'photo.approved')).toEqual([]);
    expect((await list(slug)).json.items).toEqual([]);
    const back = await listen(acme, port, slug, {}, `${(await list(slug)).json.epoch}.0`);
    await back.next((one) => one.type === 'event.changed' || one.type === 'reset');
    expect(back.frames.filter((one) => one.type === 'photo.approved')).toEqual([]);

    const released = await post(`/api/v1/events/${slug}/release`);
    expect(released.json.event.held).toBeNull();
    await socket.next((one) => one.type === 'event.changed' && one.event.shows === true);
    expect((await list(slug)).json.items.map((one: { id: string }) => one.id)).toEqual([waiting, shown]);
    for (const one of [socket, desk, back]) one.close();
  });

  it('reaches everybody, also those for whom the room has no place', async () => {
    const { slug } = await event();
    const guest = await join(acme, slug);
    const people = [];
    for (const headers of [{}, guest.headers, {}, guest.headers, {}, staff.headers]) {
      people.push(await listen(acme, port, slug, headers));
    }
    await post(`/api/v1/events/${slug}/hold`);
    for (const person of people) {
      expect(await person.next((one) => one.type === 'event.changed')).toMatchObject({ seq: 1, event: { held: true } });
      await person.next((one) => one.viewers === people.length || one.count === people.length);
    }
    expect(new Set(people.map((person) => person.frames[0].epoch)).size).toBe(1);
    for (const person of people) person.close();
  });

  it('again changes nothing, and another message is told', async () => {
    const { slug } = await event();
    const socket = await listen(acme, port, slug);
    const first = await post(`/api/v1/events/${slug}/hold`);
    await socket.next((one) => one.type === 'event.changed');
    expect((await post(`/api/v1/events/${slug}/hold`)).json.event.held).toEqual(first.json.event.held);
    await post(`/api/v1/events/${slug}/hold`, { message: 'Soon' });
    const told = await socket.next((one) => one.type === 'event.changed' && one.event.heldMessage === 'Soon');
    expect(told.seq).toBe(2);
    await post(`/api/v1/events/${slug}/release`);
    await socket.next((one) => one.type === 'event.changed' && !one.event.held);
    expect((await post(`/api/v1/events/${slug}/release`)).status).toBe(200);
    socket.close();
  });

  it.each([[{ message: 'x'.repeat(301) }], [{ until: 'tomorrow' }], ['[]']])('refuses %j', async (body) => {
    const { slug } = await event();
    expect((await post(`/api/v1/events/${slug}/hold`, body)).status).toBeGreaterThanOrEqual(400);
    expect((await list(slug)).json.event.held).toBe(false);
  });
});

describe('another PIN', () => {
  it('sends guests back to the door, and leaves moderators at their desk', async () => {
    const { slug } = await event({ visibility: 'pin', pin: '1357' });
    const guest = await join(acme, slug, { pin: '1357' });
    const socket = await listen(acme, port, slug, guest.headers);
    const desk = await listen(acme, port, slug, staff.headers);
    const changed = await acme(`/api/v1/events/${slug}`, {
      method: 'PATCH',
      headers: staff.headers,
      body: { pin: '2468' },
    });
    expect(changed.status).toBe(200);
    expect(await socket.closed).toBe(4401);
    const refused = await acme(`/api/v1/events/${slug}/live-ticket`, { method: 'POST', headers: guest.headers });
    expect(refused.status).toBe(403);
    await eventually(async () => desk.frames.some((one) => one.type === 'event.changed'), 'the desk to hear of it');
    const pongs = () => desk.frames.filter(({ type }) => type === 'pong').length;
    const before = pongs();
    desk.send('{"type":"ping","v":1}');
    await eventually(async () => pongs() > before, 'the desk to be answered');
    desk.close();
  });
});
