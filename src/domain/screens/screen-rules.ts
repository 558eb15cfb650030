import type { ScreenPresence } from '../../contract/live.ts';
import {
  PAIRING_ALPHABET,
  PAIRING_CODE_LENGTH,
  screenLayoutSchema,
  type CommandName,
  type Screen,
  type ScreenLayout,
  type ScreenLayoutPatch,
} from '../../contract/screens.ts';
import { SCREEN_KINDS, type DeviceStatus } from '../../contract/sites.ts';
import type { KnownScreen, ScreenRecord } from '../../db/screens/devices.ts';
import type { DeviceRow, StoredCommand } from '../../db/schema/screens.ts';

/** Commands kept for a screen that polls: how many, and for how long they mean anything. */
export const COMMANDS_KEPT = 20;
const COMMAND_FRESH_MS = 120_000;
/** A screen that has asked for something within this time is there, whatever nobody could be asked. */
const SEEN_MS = 90_000;
/** How often it is noted that a screen was there. */
const TOUCH_MS = 60_000;

/** Whatever is stored: a layout that cannot be read is the plain one. */
export function readLayout(raw: unknown): ScreenLayout {
  const parsed = screenLayoutSchema.safeParse(raw);
  return parsed.success ? parsed.data : screenLayoutSchema.parse({});
}

/** What is not given stays as it is. */
export function applyLayout(before: unknown, patch: ScreenLayoutPatch): ScreenLayout {
  const given = Object.entries(patch).filter(([, value]) => value !== undefined);
  return screenLayoutSchema.parse({ ...readLayout(before), ...Object.fromEntries(given) });
}

/** As somebody types it from a television: `ab2-cd3` is `AB2CD3`. @returns null for what no screen shows */
export function readCode(text: string): string | null {
  const code = text.toUpperCase().replace(/[\s-]+/g, '');
  const isOurs = code.length === PAIRING_CODE_LENGTH && Array.from(code).every((c) => PAIRING_ALPHABET.includes(c));
  return isOurs ? code : null;
}

/** A code from random bytes, one each; the alphabet has 32 letters, so that none is likelier than another. */
export const codeOf = (bytes: Uint8Array): string =>
  Array.from(bytes.subarray(0, PAIRING_CODE_LENGTH), (byte) => PAIRING_ALPHABET[byte % 32]).join('');

const SET_BY_STAFF: readonly DeviceStatus[] = ['maintenance', 'error', 'decommissioned'];

/** @param presence what its room knows; null where there is none, or it could not be asked */
export function statusOf(
  device: Pick<DeviceRow, 'status' | 'lastSeenAt'>,
  presence: Pick<ScreenPresence, 'online'> | null,
  now: Date,
): DeviceStatus {
  if (SET_BY_STAFF.includes(device.status)) return device.status;
  const isOnline = presence
    ? presence.online
    : device.lastSeenAt !== null && now.getTime() - device.lastSeenAt.getTime() < SEEN_MS;
  return isOnline ? 'online' : 'offline';
}

/** Whether it is time to note that a screen is there. */
export const isDueForTouch = (device: Pick<DeviceRow, 'lastSeenAt'>, now: Date): boolean =>
  device.lastSeenAt === null || now.getTime() - device.lastSeenAt.getTime() >= TOUCH_MS;

const iso = (date: Date | null): string | null => (date ? date.toISOString() : null);
const latest = (a: string | null, b: string | null): string | null => (a && b ? (a > b ? a : b) : (a ?? b));

/** What goes out is named here, field by field: a row has the hash of a credential in it. */
export function toScreen(
  { device, event }: Pick<ScreenRecord, 'device' | 'event'>,
  presence: ScreenPresence | null,
  now: Date,
): Screen {
  return {
    id: device.id,
    name: device.name,
    number: device.number,
    kind: SCREEN_KINDS.find((kind) => kind === device.kind) ?? 'screen',
    serialNumber: device.serialNumber,
    siteId: device.siteId,
    event: event ? { id: event.id, slug: event.slug, name: event.name } : null,
    layout: readLayout(device.layout),
    paused: device.paused,
    status: statusOf(device, presence, now),
    version: device.version,
    lastSeenAt: latest(iso(device.lastSeenAt), presence?.lastSeenAt ?? null),
    pairedAt: (device.pairedAt ?? device.createdAt).toISOString(),
    copiedAt: iso(device.copiedAt),
    doubled: presence?.doubled ?? false,
    live: presence?.report ?? null,
  };
}

/** As the screen itself reads it: one that rehearses shows photos, though it stood still before and will again. */
export function toScreenItself({ device, event, slug }: KnownScreen, now: Date): Screen {
  const shown = event && slug ? { id: event.id, slug, name: event.name } : null;
  const isRehearsing = event !== null && event.rehearsalOf !== null;
  return toScreen({ device: isRehearsing ? { ...device, paused: false } : device, event: shown }, null, now);
}

/** A command as the next change of its device: the version that is to be written, and the commands that are kept. */
export function withCommand(
  device: Pick<DeviceRow, 'version' | 'commands'>,
  command: CommandName,
  id: string,
  now: Date,
): { version: number; commands: StoredCommand[]; stored: StoredCommand } {
  const version = device.version + 1;
  const stored = { id, n: version, command, at: now.getTime() };
  return { version, commands: [...device.commands, stored].slice(-COMMANDS_KEPT), stored };
}

/** What a screen that polls has not heard and is still worth hearing. */
export const commandsAfter = (device: Pick<DeviceRow, 'commands'>, after: number, now: Date): StoredCommand[] =>
  device.commands.filter(({ n, at }) => n > after && now.getTime() - at < COMMAND_FRESH_MS);
