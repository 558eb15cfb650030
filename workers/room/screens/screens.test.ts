import { runInDurableObject } from 'cloudflare:test';
import { describe, expect, it } from 'vitest';
import { WATCH_SECONDS, type ScreenPresence, type ScreenReport } from '../../../src/contract/live.ts';
import type { EventRoom } from '../event-room.ts';
import { readSeat, writeSeat, type Seat } from '../seats/seat.ts';
import { changed, connect, evict, id, knock, newRoom, until, type Stub } from '../test-support/room-harness.ts';

type Client = Awaited<ReturnType<typeof connect>>;

const [LOBBY, STAGE] = [id(600), id(601)] as const;
const plug = (room: Stub, screen: string, installation?: string) =>
  connect(room, { screen: { id: screen, ...(installation === undefined ? {} : { installation }) } });
const say = (client: Client, frame: object) => client.socket.send(JSON.stringify({ v: 1, ...frame }));
const report = (over: Partial<ScreenReport> = {}): ScreenReport => ({
  showing: id(1),
  layout: 'full',
  version: '1',
  skewMs: -20,
  transport: 'socket',
  paused: false,
  ...over,
});
const nudge = (n: number, screenIds: string[] | 'all', command: 'skip' | 'identify' = 'skip') => ({
  id: id(n),
  screenIds,
  command,
});
/** What staff were told last of each screen. */
const told = (staff: Client) =>
  new Map(staff.of('screen.status').map((frame) => [frame['screenId'], frame as unknown as ScreenPresence]));

async function setup() {
  const room = newRoom();
  return { room, lobby: await plug(room, LOBBY), stage: await plug(room, STAGE) };
}

/** As if every open seat had been taken so long ago. */
const age = (room: Stub, ms: number) =>
  runInDurableObject(room, (_: EventRoom, state) => {
    for (const socket of state.getWebSockets()) {
      const seat = readSeat(socket) as Seat;
      writeSeat(socket, { ...seat, joinedAt: seat.joinedAt - ms });
    }
  });

describe('commands', () => {
  it('reach the screens that are meant, and nobody else, and say whom they reached', async () => {
    const { room, lobby, stage } = await setup();
    const viewer = await connect(room);
    await evict(room, 'hibernate');
    expect(await room.command([nudge(1, [LOBBY, id(699)]), nudge(2, 'all', 'identify')])).toEqual({
      told: [LOBBY, STAGE],
    });
    for (const client of [lobby, stage, viewer]) await client.settle();
    const heard = (client: Client) => client.of('screen.command').map((frame) => [frame['id'], frame['command']]);
    expect(heard(lobby)).toEqual([
      [id(1), 'skip'],
      [id(2), 'identify'],
    ]);
    expect(heard(stage)).toEqual([[id(2), 'identify']]);
    expect(heard(viewer)).toEqual([]);
  });

  it('are refused whole when one is malformed', async () => {
    const { room, lobby } = await setup();
    const error = await runInDurableObject(room, (instance: EventRoom) =>
      instance.command([nudge(1, 'all'), { ...nudge(2, 'all'), command: 'explode' as never }]).then(
        () => null,
        (thrown: unknown) => thrown,
      ),
    );
    expect(error).toBeInstanceOf(TypeError);
    await lobby.settle();
    expect(lobby.of('screen.command')).toEqual([]);
  });
});

describe('the roll of screens', () => {
  it('knows who is there and what they said last, also when they have gone', async () => {
    const { room, lobby } = await setup();
    say(lobby, { type: 'report', ...report({ preflight: [{ check: 'clock', ok: true, detail: '-20 ms' }] }) });
    await lobby.settle();
    await evict(room, 'hibernate');
    say(lobby, { type: 'report', ...report({ paused: true }) });
    await lobby.settle();
    await evict(room, 'hibernate');
    lobby.socket.close(1000);
    await lobby.closeCode();
    await until(() => lobby.closed.length > 0, 'the screen to be gone');
    await evict(room, 'hibernate');
    const [first, second] = await room.screens();
    expect(first).toMatchObject({ screenId: LOBBY, online: false, doubled: false });
    expect(first?.report).toMatchObject({ paused: true, skewMs: -20, preflight: [{ check: 'clock', ok: true }] });
    expect(first?.report?.checkedAt).toMatch(/Z$/);
    expect(second).toMatchObject({ screenId: STAGE, online: true, report: null });
  });

  it('calls a screen offline that has not pinged for a minute', async () => {
    const { room, lobby } = await setup();
    await age(room, 61_000);
    expect((await room.screens()).map((screen) => screen.online)).toEqual([false, false]);
    await lobby.ping();
    expect((await room.screens()).map((screen) => screen.online)).toEqual([true, false]);
  });

  it('dates what is shown from when it was first said to be', async () => {
    const { room, lobby } = await setup();
    say(lobby, { type: 'report', ...report() });
    await lobby.settle();
    const since = (await room.screens())[0]?.report?.since;
    await scheduler.wait(5);
    say(lobby, { type: 'report', ...report({ layout: 'mosaic' }) });
    await lobby.settle();
    expect((await room.screens())[0]?.report).toMatchObject({ layout: 'mosaic', since });
    say(lobby, { type: 'report', ...report({ showing: id(2) }) });
    await lobby.settle();
    expect((await room.screens())[0]?.report?.since).not.toBe(since);
  });

  it('counts a screen that polls, and refuses a poll that is malformed', async () => {
    const room = newRoom();
    expect(await room.checkIn({ screenId: LOBBY, report: report({ transport: 'polling' }), removed: [] })).toEqual({
      recall: [],
    });
    await evict(room, 'close');
    expect(await room.screens()).toMatchObject([{ screenId: LOBBY, online: true, report: { transport: 'polling' } }]);
    const error = await runInDurableObject(room, (instance: EventRoom) =>
      instance.checkIn({ screenId: 'x', report: null, removed: [] }).catch((thrown: unknown) => thrown),
    );
    expect(error).toBeInstanceOf(TypeError);
  });

  it('notices two live sockets of one screen, and not the old one of a page that came back', async () => {
    const room = newRoom();
    const first = await plug(room, LOBBY);
    await age(room, 10_000);
    await plug(room, LOBBY);
    expect((await room.screens())[0]?.doubled).toBe(false);
    await age(room, 10_000);
    await first.ping();
    expect((await room.screens())[0]?.doubled).toBe(true);
  });

  it('notices at once that another installation uses the credential', async () => {
    const room = newRoom();
    await plug(room, LOBBY, 'installation-1');
    await plug(room, LOBBY, 'installation-2');
    await evict(room, 'hibernate');
    expect((await room.screens())[0]?.doubled).toBe(true);
  });

  it('closes and forgets a screen that has been revoked', async () => {
    const { room, lobby, stage } = await setup();
    await evict(room, 'hibernate');
    await room.publish([{ ...changed(2), public: null, closesScreens: [LOBBY] }]);
    expect(await lobby.closeCode()).toBe(4401);
    expect((await room.screens()).map((screen) => screen.screenId)).toEqual([STAGE]);
    await stage.settle();
    expect(stage.closed).toEqual([]);
  });

  it('lets in nobody by what was judged a moment before a screen was revoked, and has it again when it is judged anew', async () => {
    const { room } = await setup();
    await room.publish([{ ...changed(2), public: null, closesScreens: [LOBBY] }]);
    const late = await knock(room, { screen: { id: LOBBY } });
    expect(late.status).toBe(401);
    await late.text();
    expect(await room.checkIn({ screenId: LOBBY, report: report(), removed: [] })).toEqual({ recall: [] });
    expect((await room.screens()).map((screen) => screen.screenId)).toEqual([STAGE]);
    await runInDurableObject(room, (_room, state) => {
      state.storage.sql.exec('update dismissed set at = at - 6000');
    });
    await plug(room, LOBBY);
    expect((await room.screens()).map((screen) => screen.screenId)).toEqual([LOBBY, STAGE]);
  });
});

describe('watching', () => {
  it('tells staff who watch of every screen, then of each change, and asks the screens to report', async () => {
    const { room, lobby } = await setup();
    const watching = await connect(room, { role: 'staff' });
    const elsewhere = await connect(room, { role: 'staff' });
    say(watching, { type: 'watch', on: true });
    await watching.has(2, 'screen.status');
    await lobby.has(1, 'screen.command');
    expect(lobby.of('screen.command')[0]).toMatchObject({ command: 'report' });
    await evict(room, 'hibernate');
    say(lobby, { type: 'report', ...report() });
    await watching.has(3, 'screen.status');
    expect(told(watching).get(LOBBY)?.report?.showing).toBe(id(1));
    lobby.socket.close(1000);
    await until(() => told(watching).get(LOBBY)?.online === false, 'the screen to be told offline');
    await evict(room, 'hibernate');
    const back = await plug(room, LOBBY);
    await back.has(1, 'screen.command');
    await until(() => told(watching).get(LOBBY)?.online === true, 'the screen to be told online');
    await elsewhere.settle();
    expect(elsewhere.of('screen.status')).toEqual([]);
  });

  it('ends by time and by word', async () => {
    const { room, lobby, stage } = await setup();
    const staff = await connect(room, { role: 'staff' });
    say(staff, { type: 'watch', on: true });
    await staff.has(2, 'screen.status');
    say(staff, { type: 'watch', on: false });
    await staff.settle();
    say(lobby, { type: 'report', ...report() });
    await lobby.settle();
    say(staff, { type: 'watch', on: true });
    await staff.has(4, 'screen.status');
    await runInDurableObject(room, (_: EventRoom, state) => {
      for (const socket of state.getWebSockets('staff')) {
        const seat = readSeat(socket) as Seat;
        writeSeat(socket, { ...seat, watchUntil: (seat.watchUntil ?? 0) - WATCH_SECONDS * 1000 - 1 });
      }
    });
    say(stage, { type: 'report', ...report() });
    await stage.settle();
    await staff.settle();
    expect(staff.of('screen.status')).toHaveLength(4);
  });

  it('is for staff, as reports are for screens', async () => {
    const { room, lobby } = await setup();
    const viewer = await connect(room);
    say(viewer, { type: 'watch', on: true });
    say(viewer, { type: 'report', ...report() });
    say(lobby, { type: 'watch', on: true });
    for (const client of [viewer, lobby]) {
      await client.settle();
      expect(client.of('screen.status', 'screen.command', 'error')).toEqual([]);
    }
    expect((await room.screens()).map((screen) => screen.report)).toEqual([null, null]);
  });

  it('sets no alarm', async () => {
    const { room, lobby } = await setup();
    say(lobby, { type: 'report', ...report() });
    await lobby.settle();
    expect(await runInDurableObject(room, (_, state) => state.storage.getAlarm())).toBeNull();
  });
});

describe('the door of screens', () => {
  it.each([
    ['a screen without an id', { role: 'screen' }],
    ['a viewer with a screen’s id', { role: 'viewer', screen: { id: LOBBY } }],
    ['an installation that is none', { screen: { id: LOBBY, installation: 'no spaces' } }],
  ] as const)('refuses %s', async (_, person) => {
    expect((await knock(newRoom(), person)).status).toBe(400);
  });
});
