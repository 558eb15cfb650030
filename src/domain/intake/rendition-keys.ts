/**
 * The address of a photo's renditions: event and photo id with a truncated HMAC-SHA-256 over tenant,
 * event and photo. Whoever holds one may read, so whether a stranger may is decided without the
 * database; nobody can make one without the secret, and one tenant's key is worthless at another's host.
 */
const MAC_BYTES = 16;
const KEY_BYTES = 16 + 16 + MAC_BYTES;

const hexToBytes = (hex: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));
const uuidToBytes = (uuid: string): Uint8Array<ArrayBuffer> => hexToBytes(uuid.replaceAll('-', ''));

function bytesToUuid(bytes: Uint8Array): string {
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

const importKey = (secret: string) =>
  crypto.subtle.importKey('raw', new TextEncoder().encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
    'verify',
  ]);

const message = (tenantId: string, ids: Uint8Array): Uint8Array<ArrayBuffer> => {
  const bytes = new Uint8Array(16 + ids.length);
  bytes.set(uuidToBytes(tenantId));
  bytes.set(ids, 16);
  return bytes;
};

export interface RenditionAddress {
  tenantId: string;
  eventId: string;
  photoId: string;
}

/** @returns 64 characters that are safe in a path. */
export async function makeRenditionKey(secret: string, address: RenditionAddress): Promise<string> {
  const key = new Uint8Array(KEY_BYTES);
  key.set(uuidToBytes(address.eventId));
  key.set(uuidToBytes(address.photoId), 16);
  const mac = await crypto.subtle.sign('HMAC', await importKey(secret), message(address.tenantId, key.subarray(0, 32)));
  key.set(new Uint8Array(mac, 0, MAC_BYTES), 32);
  return btoa(String.fromCharCode(...key))
    .replaceAll('+', '-')
    .replaceAll('/', '_');
}

/** @returns what the key addresses at this tenant, or null for anything that was not made for it. */
export async function readRenditionKey(
  secret: string,
  tenantId: string,
  text: string,
): Promise<RenditionAddress | null> {
  if (!/^[A-Za-z0-9_-]{64}$/.test(text)) return null;
  const bytes = Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0));
  const mac = new Uint8Array(
    await crypto.subtle.sign('HMAC', await importKey(secret), message(tenantId, bytes.subarray(0, 32))),
  );
  let difference = 0;
  for (let index = 0; index < MAC_BYTES; index++) difference |= (mac[index] ?? 0) ^ (bytes[32 + index] ?? 0);
  if (difference !== 0) return null;
  return { tenantId, eventId: bytesToUuid(bytes.subarray(0, 16)), photoId: bytesToUuid(bytes.subarray(16, 32)) };
}

/** One event, one prefix, and in it one for each photo: everything of it is deleted by deleting that. */
export const eventPrefix = (address: Pick<RenditionAddress, 'tenantId' | 'eventId'>): string =>
  `t/${address.tenantId}/e/${address.eventId}/`;
export const photoPrefix = (address: RenditionAddress): string => `${eventPrefix(address)}${address.photoId}/`;
export const originalKey = (address: RenditionAddress): string => `${photoPrefix(address)}original`;
export const previewKey = (address: RenditionAddress): string => `${photoPrefix(address)}preview`;

/** Of what says which of its objects are which. */
type FileRow = { sha256: string; copySha256: string | null; originalState: string | null };

/** Where the file lies that a photo's row is of. One that came after its copy is named by its bytes: two that come at
 * once do not lie in each other's place. */
export const receivedKey = (address: RenditionAddress, photo: FileRow): string =>
  photo.copySha256 === null || photo.originalState === 'awaited'
    ? originalKey(address)
    : `${arrivedPrefix(address, photo.sha256)}original`;

/** Holds nothing but an original that came after its copy. */
export const arrivedPrefix = (address: RenditionAddress, sha256: string): string =>
  `${photoPrefix(address)}o/${sha256}/`;

/** Where the picture lies that stands for a photo's original: a copy that came first is where originals are. */
export const standInKey = (address: RenditionAddress, photo: FileRow): string =>
  photo.copySha256 === null ? previewKey(address) : originalKey(address);
export const renditionObjectKey = (address: RenditionAddress, name: number): string =>
  `${photoPrefix(address)}r/${name}.webp`;
