export const concatBytes = (...parts: (Uint8Array | readonly number[])[]): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(parts.flatMap((part) => [...part]));
export const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);
export const uint32 = (value: number): number[] => [
  value >>> 24,
  (value >>> 16) & 255,
  (value >>> 8) & 255,
  value & 255,
];
export const uint16 = (value: number): number[] => [(value >> 8) & 255, value & 255];
/** s15Fixed16Number */
export const fixed16 = (value: number): number[] => uint32(Math.round(value * 65_536));
