/** Writes entropy-coded bits, with a zero byte behind each 0xFF. */
export interface BitWriter {
  put(value: number, bits: number): void;
  /** Fills the last byte with ones. */
  finish(): void;
}

export function writeBits(bytes: number[]): BitWriter {
  let held = 0;
  let count = 0;
  const put = (value: number, bits: number): void => {
    for (let at = bits - 1; at >= 0; at -= 1) {
      held = (held << 1) | ((value >> at) & 1);
      count += 1;
      if (count < 8) continue;
      bytes.push(held);
      if (held === 0xff) bytes.push(0);
      held = 0;
      count = 0;
    }
  };
  return {
    put,
    finish() {
      while (count > 0) put(1, 1);
    },
  };
}

/**
 * A Huffman table in which each symbol's code is itself, with the same number of bits for all of them, 9 to 16: short
 * ones are found by a decoder's lookup, long ones are not.
 */
export interface FlatTable {
  bits: number;
  /** how many, from 0 on; at most 255, because counts have 8 bits */
  symbols: number;
}

/** DHT's description of it. @param id class × 16 + identifier */
export function describeTable(id: number, { bits, symbols }: FlatTable): number[] {
  const counts = Array.from({ length: 16 }, (_, at) => (at === bits - 1 ? symbols : 0));
  return [id, ...counts, ...Array.from({ length: symbols }, (_, symbol) => symbol)];
}

/** Writes a symbol's code. */
export const putSymbol = (writer: BitWriter, { bits }: FlatTable, symbol: number): void => writer.put(symbol, bits);

/** Number of bits of a magnitude. */
export const sizeOf = (value: number): number => 32 - Math.clz32(Math.abs(value));

/** The bits of a value, as EXTEND (F.2.2.1) reads them. */
export const putValue = (writer: BitWriter, value: number): void => {
  const size = sizeOf(value);
  writer.put(value < 0 ? value + (1 << size) - 1 : value, size);
};
