import { sha256Hex } from '../domain/digests.ts';
import type { Device } from '../domain/people/guests.ts';

/** An IPv6 customer has a network of 64 bits and every address in it; an IPv4 customer has one address. */
export function networkOf(address: string): string {
  if (!address.includes(':')) return address;
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address);
  if (mapped) return mapped[1] ?? '';
  const [head = '', tail] = address.toLowerCase().split('::', 2);
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length);
  const groups = [...before, ...Array.from({ length: zeros }, () => '0'), ...after];
  return groups
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}

/** Whom limits count. The address is the one the platform's edge saw, which a caller cannot choose. */
export async function readDevice(headers: Headers): Promise<Device> {
  const network = networkOf(headers.get('cf-connecting-ip') ?? '');
  const [device, address] = await Promise.all([
    sha256Hex(`device ${network} ${headers.get('user-agent') ?? ''}`),
    sha256Hex(`address ${network}`),
  ]);
  return { device, address };
}
