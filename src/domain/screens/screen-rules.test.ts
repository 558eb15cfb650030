import { describe, expect, it } from 'vitest';
import { PAIRING_ALPHABET, screenLayoutSchema } from '../../contract/screens.ts';
import type { DeviceRow } from '../../db/schema/screens.ts';
import {
  applyLayout,
  codeOf,
  commandsAfter,
  isDueForTouch,
  readCode,
  readLayout,
  statusOf,
  toScreen,
  withCommand,
} from './screen-rules.ts';

const now = new Date('2026-11-21T20:00:00Z');
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000);
const plain = screenLayoutSchema.parse({});
const device = {
  id: '00000000-0000-4000-8000-000000000001',
  kind: 'kiosk',
  name: 'Foyer',
  serialNumber: null,
  siteId: null,
  layout: {},
  paused: false,
  status: 'offline',
  version: 3,
  commands: [],
  lastSeenAt: ago(30),
  number: 3,
  pairedAt: ago(3600),
  copiedAt: null,
  createdAt: ago(7200),
  credentialHash: 'a'.repeat(64),
  installation: 'a-television',
} as unknown as DeviceRow;
const presence = { screenId: device.id, online: true, lastSeenAt: ago(5).toISOString(), doubled: false, report: null };

describe('a code', () => {
  it('is read however it was typed', () => {
    for (const typed of ['AB2CD3', 'ab2cd3', ' ab2-cd3 ', 'A B 2 C D 3']) expect(readCode(typed)).toBe('AB2CD3');
  });
  it.each(['', 'AB2CD', 'AB2CD34', 'AB0CD3', 'ABICD3', 'AB2CDÄ'])('is not %j', (typed) =>
    expect(readCode(typed)).toBeNull(),
  );
  it('is drawn from letters that are not taken for one another, each as likely', () => {
    const drawn = Array.from({ length: 256 }, (_, byte) => codeOf(new Uint8Array(6).fill(byte)));
    expect(new Set(drawn.map((code) => code[0]))).toEqual(new Set(PAIRING_ALPHABET));
    for (const letter of PAIRING_ALPHABET) expect(drawn.filter((code) => code[0] === letter)).toHaveLength(8);
    expect(drawn.every((code) => readCode(code) === code)).toBe(true);
  });
});

describe('a layout', () => {
  it('that cannot be read is the plain one', () => {
    for (const raw of [null, 'full', [], { layout: 'cube' }, { overscan: -1 }]) expect(readLayout(raw)).toEqual(plain);
  });
  it('keeps what is not given', () => {
    const first = applyLayout({}, { layout: 'split', seconds: 20 });
    expect(applyLayout(first, { qr: 'off' })).toEqual({ ...plain, layout: 'split', seconds: 20, qr: 'off' });
    expect(applyLayout(first, { group: { mode: 'mirror', name: 'Bar' } }).group).toEqual({
      mode: 'mirror',
      name: 'Bar',
    });
  });
});

describe('the status of a screen', () => {
  it('is what staff have set, whatever the room says', () =>
    expect(statusOf({ ...device, status: 'maintenance' }, presence, now)).toBe('maintenance'));
  it('is what the room says', () => {
    expect(statusOf(device, presence, now)).toBe('online');
    expect(statusOf(device, { online: false }, now)).toBe('offline');
  });
  it('is when it was seen last, where no room could be asked', () => {
    expect(statusOf(device, null, now)).toBe('online');
    expect(statusOf({ ...device, lastSeenAt: ago(120) }, null, now)).toBe('offline');
    expect(statusOf({ ...device, lastSeenAt: null }, null, now)).toBe('offline');
  });
  it('is noted once a minute', () => {
    expect(isDueForTouch({ lastSeenAt: ago(59) }, now)).toBe(false);
    expect(isDueForTouch({ lastSeenAt: ago(60) }, now)).toBe(true);
    expect(isDueForTouch({ lastSeenAt: null }, now)).toBe(true);
  });
});

describe('a screen as it is told of', () => {
  it('says when it was last seen by anybody, and nothing of its credential', () => {
    const screen = toScreen({ device, event: null }, presence, now);
    expect(screen).toMatchObject({ kind: 'kiosk', status: 'online', lastSeenAt: ago(5).toISOString() });
    expect(JSON.stringify(screen)).not.toMatch(/aaaaaaaa|a-television/);
    expect(toScreen({ device: { ...device, lastSeenAt: now }, event: null }, presence, now).lastSeenAt).toBe(
      now.toISOString(),
    );
  });
});

describe('commands for a screen that polls', () => {
  it('are numbered by the version they make, and the last twenty are kept', () => {
    let changed: Pick<DeviceRow, 'version' | 'commands'> = device;
    for (let n = 0; n < 25; n++) changed = withCommand(changed, 'skip', `id ${n}`, now);
    expect(changed.version).toBe(28);
    expect(changed.commands.map(({ n }) => n)).toEqual(Array.from({ length: 20 }, (_, place) => place + 9));
  });
  it('are those it has not heard and that are not too old to mean anything', () => {
    const kept = (n: number, at: Date) => ({ id: `id ${n}`, n, command: 'skip' as const, at: at.getTime() });
    const commands = [kept(4, ago(121)), kept(5, ago(100)), kept(6, ago(1))];
    expect(commandsAfter({ commands }, 0, now).map(({ n }) => n)).toEqual([5, 6]);
    expect(commandsAfter({ commands }, 5, now).map(({ n }) => n)).toEqual([6]);
  });
});
