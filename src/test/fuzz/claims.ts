const FEW_PIXELS = 1 << 16;
const MANY_PIXELS = 1 << 20;

/** Small files that claim to be large cost the most and tell the least: few of them are decoded. */
export const isTooDear = (bytes: Uint8Array, width: number, height: number): boolean =>
  width * height > (bytes.length % 32 === 0 ? MANY_PIXELS : FEW_PIXELS);

const DIVISORS = [1, 2, 3, 8, 40];

/** The size that is asked for: as much of it as the file's length says, so that every scale is at work. */
export function wantedSize(bytes: Uint8Array, width: number, height: number): { width: number; height: number } {
  const divisor = DIVISORS[bytes.length % DIVISORS.length]!;
  const part = (side: number): number => Math.max(1, Math.round(side / divisor));
  return { width: part(width), height: part(height) };
}
