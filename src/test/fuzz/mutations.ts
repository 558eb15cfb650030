import { seededRandom } from '../support/images.ts';

/** Numbers in [0, below), whole. */
type Dice = (below: number) => number;

export interface Mutant {
  bytes: Uint8Array;
  /** which of the seeds it comes from */
  seed: number;
  /** what was done to it, for a report */
  steps: string[];
}

type Step = (bytes: Uint8Array, dice: Dice, others: readonly Uint8Array[]) => Uint8Array;

const EXTREMES = [0, 1, 2, 3, 4, 7, 8, 15, 16, 63, 64, 127, 128, 254, 255];
const WIDE_EXTREMES = [0, 1, 2, 3, 255, 256, 32_767, 32_768, 65_500, 65_535];
const LONG_EXTREMES = [0, 1, 255, 65_535, 65_536, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff];
const FILE_MAX_BYTES = 1 << 16;

const setBytes: Step = (bytes, dice) => {
  for (let left = 1 + dice(4); left > 0; left -= 1) bytes[dice(bytes.length)] = EXTREMES[dice(EXTREMES.length)]!;
  return bytes;
};
const flipBits: Step = (bytes, dice) => {
  for (let left = 1 + dice(8); left > 0; left -= 1) bytes[dice(bytes.length)]! ^= 1 << dice(8);
  return bytes;
};
const noise: Step = (bytes, dice) => {
  const at = dice(bytes.length);
  for (let left = 1 + dice(32), to = at; left > 0 && to < bytes.length; left -= 1, to += 1) bytes[to] = dice(256);
  return bytes;
};
const setWide: Step = (bytes, dice) => {
  if (bytes.length < 2) return bytes;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  view.setUint16(dice(bytes.length - 1), WIDE_EXTREMES[dice(WIDE_EXTREMES.length)]!, dice(2) === 0);
  return bytes;
};
const setLong: Step = (bytes, dice) => {
  if (bytes.length < 4) return bytes;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  view.setUint32(dice(bytes.length - 3), LONG_EXTREMES[dice(LONG_EXTREMES.length)]!, dice(2) === 0);
  return bytes;
};
const truncate: Step = (bytes, dice) => bytes.slice(0, dice(bytes.length + 1));
const cutOut: Step = (bytes, dice) => {
  const from = dice(bytes.length);
  const to = Math.min(bytes.length, from + 1 + dice(64));
  return join(bytes.subarray(0, from), bytes.subarray(to));
};
const repeat: Step = (bytes, dice) => {
  const from = dice(bytes.length);
  const part = bytes.subarray(from, Math.min(bytes.length, from + 1 + dice(256)));
  return join(bytes.subarray(0, from), ...Array.from({ length: 1 + dice(4) }, () => part), bytes.subarray(from));
};
const splice: Step = (bytes, dice, others) => {
  const other = others[dice(others.length)]!;
  return join(bytes.subarray(0, dice(bytes.length + 1)), other.subarray(dice(other.length + 1)));
};
const overwrite: Step = (bytes, dice, others) => {
  const other = others[dice(others.length)]!;
  const from = dice(other.length);
  const part = other.subarray(from, from + 1 + dice(128));
  const at = dice(bytes.length);
  bytes.set(part.subarray(0, bytes.length - at), at);
  return bytes;
};

function join(...parts: Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

const BLIND: Record<string, Step> = {
  setBytes,
  flipBits,
  noise,
  setWide,
  setLong,
  truncate,
  cutOut,
  repeat,
  splice,
  overwrite,
};

/** Where the parts of a file begin and how long they are, headers included, as far as it is well-formed. */
export type Walk = (bytes: Uint8Array) => { at: number; length: number }[];

/** Changes whole parts: twice, gone, in another order, from another file, or with another length. */
function structured(walk: Walk): Record<string, Step> {
  const pick = (bytes: Uint8Array, dice: Dice) => {
    const parts = walk(bytes);
    return parts.length === 0 ? { at: 0, length: bytes.length } : parts[dice(parts.length)]!;
  };
  const part = (bytes: Uint8Array, dice: Dice): Uint8Array => {
    const { at, length } = pick(bytes, dice);
    return bytes.subarray(at, at + length);
  };
  return {
    partTwice: (bytes, dice) => {
      const { at, length } = pick(bytes, dice);
      return join(bytes.subarray(0, at + length), bytes.subarray(at));
    },
    partGone: (bytes, dice) => {
      const { at, length } = pick(bytes, dice);
      return join(bytes.subarray(0, at), bytes.subarray(at + length));
    },
    partMoved: (bytes, dice) => {
      const moved = part(bytes, dice).slice();
      const { at } = pick(bytes, dice);
      return join(bytes.subarray(0, at), moved, bytes.subarray(at));
    },
    partOfAnother: (bytes, dice, others) => {
      const { at, length } = pick(bytes, dice);
      return join(
        bytes.subarray(0, at),
        part(others[dice(others.length)]!, dice),
        bytes.subarray(at + length * dice(2)),
      );
    },
    // The first bytes of a part say what it is and how long: the places where a lie costs most.
    partHead: (bytes, dice) => {
      const { at, length } = pick(bytes, dice);
      const to = at + dice(Math.min(24, length));
      if (to < bytes.length) bytes[to] = dice(3) === 0 ? dice(256) : EXTREMES[dice(EXTREMES.length)]!;
      return bytes;
    },
    partContent: (bytes, dice) => {
      const { at, length } = pick(bytes, dice);
      for (let left = 1 + dice(3); left > 0; left -= 1) {
        const to = at + dice(Math.max(1, length));
        if (to < bytes.length) bytes[to] = dice(256);
      }
      return bytes;
    },
  };
}

/** Makes the same mutant for the same number, so that a number is all that a report needs. */
export function mutator(seeds: readonly Uint8Array[], walk: Walk, runSeed: number): (input: number) => Mutant {
  const steps = Object.entries({ ...BLIND, ...structured(walk) });
  return (input) => {
    const random = seededRandom(Math.imul(input + 1, 0x9e3779b1) ^ runSeed);
    const dice: Dice = (below) => Math.floor(random() * below);
    const seed = dice(seeds.length);
    let bytes: Uint8Array = seeds[seed]!.slice();
    const done: string[] = [];
    for (let left = 1 + dice(4); left > 0 && bytes.length > 0; left -= 1) {
      const [name, step] = steps[dice(steps.length)]!;
      bytes = step(bytes, dice, seeds).slice(0, FILE_MAX_BYTES);
      done.push(name);
    }
    return { bytes, seed, steps: done };
  };
}
