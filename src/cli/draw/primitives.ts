import { createHash } from 'node:crypto';

/** Ends a step; the sentence says what is wrong. */
export class Wrong extends Error {}

export function demand(isSo: boolean, otherwise: string): asserts isSo {
  if (!isSo) throw new Wrong(otherwise);
}

export const hex = (text: string): Buffer => Buffer.from(text, 'hex');
export const byte = (value: number): Buffer => Buffer.of(value);
/** 4 bytes, big-endian. */
export const word = (value: number): Buffer => {
  const four = Buffer.alloc(4);
  four.writeUInt32BE(value);
  return four;
};

export function sha(...parts: (Buffer | string)[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** Canonical JSON, of what the format lets through. */
export const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, member: unknown) =>
    member !== null && typeof member === 'object' && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([one], [other]) => (one < other ? -1 : 1)))
      : member,
  );
