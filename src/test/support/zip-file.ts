import { createHash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { crc32 } from 'node:zlib';

export interface ZipFileEntry {
  name: string;
  bytes: number;
  /** where its local header is */
  offset: number;
  sha256: string;
}
export interface ZipFile {
  /** has the end of ZIP64 (APPNOTE 4.3.14), which archives of 4 GiB need */
  isZip64: boolean;
  entries: ZipFileEntry[];
}

const SIGN = { end: 0x06054b50, locator: 0x07064b50, end64: 0x06064b50, central: 0x02014b50, local: 0x04034b50 };
const MAX_32 = 0xffffffff;
const CHUNK_BYTES = 4 * 1024 * 1024;

/**
 * Reads an archive of files that are not compressed by its directory, also one of many gigabytes, and every byte of it
 * once. @throws Error for whatever is not so, or damaged
 */
export function readZipFile(file: string): ZipFile {
  const fd = openSync(file, 'r');
  try {
    const read = (at: number, length: number): Buffer => {
      const bytes = Buffer.alloc(length);
      if (readSync(fd, bytes, 0, length, at) !== length) throw new Error(`the archive ends before ${at + length}`);
      return bytes;
    };
    const { size } = fstatSync(fd);
    const { isZip64, count, at: begin } = findDirectory(read, size);
    let at = begin;
    const entries = Array.from({ length: count }, () => {
      const head = read(at, 46);
      if (head.readUInt32LE(0) !== SIGN.central) throw new Error(`no entry of the directory at ${at}`);
      const [name, extra, comment] = [28, 30, 32].map((place) => head.readUInt16LE(place)) as [number, number, number];
      const rest = read(at + 46, name + extra);
      at += 46 + name + extra + comment;
      return checkEntry(read, rest.toString('utf8', 0, name), readSizes(head, rest.subarray(name)));
    });
    return { isZip64, entries };
  } finally {
    closeSync(fd);
  }
}

type Read = (at: number, length: number) => Buffer;

function findDirectory(read: Read, size: number): { isZip64: boolean; count: number; at: number } {
  const end = read(size - 22, 22);
  if (end.readUInt32LE(0) !== SIGN.end) throw new Error('the archive does not end where it should');
  const locator = size >= 42 ? read(size - 42, 20) : Buffer.alloc(20);
  if (locator.readUInt32LE(0) !== SIGN.locator) {
    return { isZip64: false, count: end.readUInt16LE(10), at: end.readUInt32LE(16) };
  }
  const end64 = read(Number(locator.readBigUInt64LE(8)), 56);
  if (end64.readUInt32LE(0) !== SIGN.end64) throw new Error('the end of ZIP64 is not where its locator says');
  return { isZip64: true, count: Number(end64.readBigUInt64LE(32)), at: Number(end64.readBigUInt64LE(48)) };
}

interface Sizes {
  crc: number;
  bytes: number;
  offset: number;
}

/** Sizes that do not fit stand in the extra field 1, in this order: original, compressed, offset. */
function readSizes(head: Buffer, extra: Buffer): Sizes {
  let wide: Buffer = Buffer.alloc(0);
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) === 1) wide = extra.subarray(at + 4, at + 4 + extra.readUInt16LE(at + 2));
  }
  let used = 0;
  const field = (place: number): number => {
    const narrow = head.readUInt32LE(place);
    if (narrow !== MAX_32) return narrow;
    used += 8;
    return Number(wide.readBigUInt64LE(used - 8));
  };
  const [bytes, packed, offset] = [field(24), field(20), field(42)];
  if (head.readUInt16LE(10) !== 0 || bytes !== packed) throw new Error('an entry is compressed');
  return { crc: head.readUInt32LE(16), bytes, offset };
}

function checkEntry(read: Read, name: string, { crc, bytes, offset }: Sizes): ZipFileEntry {
  const local = read(offset, 30);
  if (local.readUInt32LE(0) !== SIGN.local) throw new Error(`${name} is not where the directory says`);
  const begin = offset + 30 + local.readUInt16LE(26) + local.readUInt16LE(28);
  const digest = createHash('sha256');
  let sum = 0;
  for (let done = 0; done < bytes; done += CHUNK_BYTES) {
    const chunk = read(begin + done, Math.min(CHUNK_BYTES, bytes - done));
    sum = crc32(chunk, sum);
    digest.update(chunk);
  }
  if (sum !== crc) throw new Error(`${name} is damaged`);
  return { name, bytes, offset, sha256: digest.digest('hex') };
}
