import { sha256Hex } from '../../digests.ts';

/**
 * The id of an upload that is created with an `Idempotency-Key`: the same one for every try, so that a creation whose
 * answer was lost is found again. @returns a UUID of version 8
 */
export async function uploadIdOf(
  tenantId: string,
  guest: { eventId: string; guestId: string },
  key: string,
): Promise<string> {
  const hex = await sha256Hex(JSON.stringify(['upload', tenantId, guest.eventId, guest.guestId, key]));
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}
