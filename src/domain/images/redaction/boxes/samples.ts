import { read, u16, u32, u64, Unwalkable, type Piece, type Walk } from '../walk.ts';
import type { Box } from './boxes.ts';

/** A measurement a frame in an hour of film. */
const SAMPLES_MAX = 250_000;
/** As many as may be overwritten. */
const PIECES_MAX = 8_000;

/** Where a track's samples lie, chunk by chunk, neighbours joined (ISO/IEC 14496-12, section 8.7). */
export function* samplesOf(boxes: Box[]): Walk<Piece[]> {
  const find = (...types: string[]): Box => {
    const box = boxes.find(({ type }) => types.includes(type));
    if (!box) throw new Unwalkable('a track does not say where it lies');
    return box;
  };
  const places = find('stco', 'co64');
  const runs = find('stsc');
  const sizes = find('stsz', 'stz2');
  const chunkCount = yield* countOf(places, 4, places.type === 'co64' ? 8 : 4);
  const runCount = yield* countOf(runs, 4, 12);
  const sizeOf = yield* openSizes(sizes);
  const pieces: Piece[] = [];
  let sample = 0;
  let run = 0;
  let perChunk = 0;
  for (let chunk = 1; chunk <= chunkCount && sample < sizeOf.count; chunk += 1) {
    if (run < runCount) {
      const entry = yield* read(runs.body + 8 + run * 12, 12);
      if (u32(entry, 0) <= chunk) {
        perChunk = u32(entry, 4);
        run += 1;
      }
    }
    let bytes = 0;
    for (let of = 0; of < perChunk && sample < sizeOf.count; of += 1, sample += 1) bytes += yield* sizeOf.read(sample);
    const at = yield* placeOf(places, chunk - 1);
    const last = pieces.at(-1);
    if (last && last.at + last.bytes === at) last.bytes += bytes;
    else if (bytes > 0 && pieces.push({ at, bytes }) > PIECES_MAX)
      throw new Unwalkable('a track lies in too many places');
  }
  if (sample < sizeOf.count) throw new Unwalkable('a track has samples that lie nowhere');
  return pieces;
}

/** The number of entries of a table, `before` bytes into its box, if all of them are in it. */
function* countOf(box: Box, before: number, entryBytes: number): Walk<number> {
  const start = box.body + before + 4;
  if (start > box.end) throw new Unwalkable('a table is too short');
  const count = u32(yield* read(box.body + before, 4), 0);
  if (count > SAMPLES_MAX || start + count * entryBytes > box.end) throw new Unwalkable('a table is too short');
  return count;
}

function* placeOf(places: Box, index: number): Walk<number> {
  return places.type === 'co64'
    ? u64(yield* read(places.body + 8 + index * 8, 8), 0)
    : u32(yield* read(places.body + 8 + index * 4, 4), 0);
}

/** Of `stsz`, all of one size or each its own, or of the compact `stz2` (section 8.7.3). */
function* openSizes(box: Box): Walk<{ count: number; read(index: number): Walk<number> }> {
  if (box.end - box.body < 12) throw new Unwalkable('a table is too short');
  const field = u32(yield* read(box.body + 4, 4), 0);
  const isFixed = box.type === 'stsz' && field !== 0;
  const bits = isFixed ? 0 : box.type === 'stsz' ? 32 : field & 255;
  if (![0, 4, 8, 16, 32].includes(bits)) throw new Unwalkable('a table is of an unknown kind');
  const start = box.body + 12;
  return {
    count: yield* countOf(box, 8, bits / 8),
    *read(index) {
      if (isFixed) return field;
      if (bits === 32) return u32(yield* read(start + index * 4, 4), 0);
      if (bits === 16) return u16(yield* read(start + index * 2, 2), 0);
      const byte = (yield* read(start + Math.floor((index * bits) / 8), 1))[0]!;
      return bits === 8 ? byte : index % 2 === 0 ? byte >> 4 : byte & 15;
    },
  };
}
