import { countPinTry, forgetPinTries } from '../../db/events.ts';
import type { EventRow } from '../../db/schema/events.ts';
import { writeTenantBatch } from '../../db/scope.ts';
import type { TenantContext } from '../context.ts';
import { DomainError } from '../errors.ts';

export const eventNotFound = () =>
  new DomainError('event.not_found', 'There is no such event here. Check the link or the QR code.');

/** Whom a limit counts: hashes, never the address itself. */
export interface Device {
  /** address and browser: tells apart those who share an address, and is what a caller says it is */
  device: string;
  address: string;
}

// A PIN typed by a person; compared in full, whatever its first characters are.
function samePin(given: string, expected: string): boolean {
  const encoder = new TextEncoder();
  const a = encoder.encode(given.normalize('NFKC'));
  const b = encoder.encode(expected.normalize('NFKC'));
  let difference = a.length ^ b.length;
  for (let index = 0; index < b.length; index++) difference |= (a[index] ?? 0) ^ (b[index] ?? 0);
  return difference === 0;
}

/**
 * A device is told by what it says of itself, so whoever guesses can be a new one with every try. Wrong
 * PINs from one address are therefore counted too, as a venue's worth of devices and over a longer time;
 * a right one from there, as a party has many, starts the count again.
 */
const ADDRESS_SHARE = 20;
const ADDRESS_WAIT_SHARE = 10;

const TOO_MANY = {
  pin: 'Too many wrong PINs from this device.',
  transfer: 'Too many links were tried from this device.',
};

/** Counts one try before its PIN or link is looked at. @throws DomainError rate.limited when there were too many */
async function countTry(
  context: TenantContext,
  event: EventRow,
  device: string,
  limit: { failures: number; waitSeconds: number },
  of: keyof typeof TOO_MANY,
): Promise<void> {
  const [tries] = await writeTenantBatch(context.db, { tenantId: context.tenant.id }, (tx) => [
    countPinTry(tx, { tenantId: context.tenant.id, eventId: event.id, device, waitSeconds: limit.waitSeconds }),
  ]);
  const attempt = tries[0];
  if (!attempt || attempt.failures <= limit.failures) return;
  const wait = Math.max(1, Math.ceil((attempt.resetsAt.getTime() - context.ports.clock.now().getTime()) / 1000));
  throw new DomainError('rate.limited', `${TOO_MANY[of]} Try again in ${wait} seconds.`, {
    retryAfterSeconds: wait,
  });
}

const triers = (device: Device, of: keyof typeof TOO_MANY): Device =>
  of === 'pin' ? device : { device: `${of} ${device.device}`, address: `${of} ${device.address}` };

/** Counts a try of a PIN or of a link, of the device and of its address. @throws DomainError rate.limited */
export async function countTries(
  context: TenantContext,
  event: EventRow,
  from: Device,
  of: keyof typeof TOO_MANY,
): Promise<void> {
  const { PIN_MAX_FAILURES: failures, PIN_WAIT_SECONDS: waitSeconds } = context.config;
  const { device, address } = triers(from, of);
  await countTry(context, event, device, { failures, waitSeconds }, of);
  // After the device, so that one that hammers away does not use up what others share with it.
  const shared = { failures: failures * ADDRESS_SHARE, waitSeconds: waitSeconds * ADDRESS_WAIT_SHARE };
  await countTry(context, event, address, shared, of);
}

/** A right one starts the count again. */
export async function forgetTries(
  context: TenantContext,
  event: EventRow,
  from: Device,
  of: keyof typeof TOO_MANY,
): Promise<void> {
  const tenantId = context.tenant.id;
  const { device, address } = triers(from, of);
  await writeTenantBatch(context.db, { tenantId }, (tx) => [forgetPinTries(tx, tenantId, event.id, [device, address])]);
}

/** @throws DomainError event.pin_required, event.wrong_pin, rate.limited */
export async function checkPin(
  context: TenantContext,
  event: EventRow,
  pin: string | undefined,
  device: Device,
): Promise<void> {
  if (pin === undefined) {
    throw new DomainError(
      'event.pin_required',
      'This event needs its PIN. It stands on the invitation or on your table.',
    );
  }
  await countTries(context, event, device, 'pin');
  if (event.pin === null || !samePin(pin, event.pin)) {
    throw new DomainError(
      'event.wrong_pin',
      'That is not the PIN of this event. It stands on the invitation or on your table.',
    );
  }
  await forgetTries(context, event, device, 'pin');
}
