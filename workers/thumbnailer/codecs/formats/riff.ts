import { DecodeError } from '../pixels.ts';

/** A chunk of a WebP (RFC 9649): where its content lies in what was read. */
export interface RiffChunk {
  name: string;
  body: Uint8Array;
}

const HEADER_BYTES = 8;
/** Of an animation, frames; more of them than of anything else. */
const CHUNKS_MAX = 20_000;

/** All chunks between two positions, as far as the bytes go. */
export function* riffChunks(bytes: Uint8Array): Generator<RiffChunk> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  for (let chunks = 0; at + HEADER_BYTES <= bytes.length; chunks += 1) {
    if (chunks > CHUNKS_MAX) throw new DecodeError('The WebP has too many parts');
    const length = view.getUint32(at + 4, true);
    const name = String.fromCharCode(...bytes.subarray(at, at + 4));
    yield { name, body: bytes.subarray(at + HEADER_BYTES, at + HEADER_BYTES + length) };
    // Padded to even sizes.
    at += HEADER_BYTES + length + (length & 1);
  }
}

/** A WebP file of these chunks. */
export function writeRiff(chunks: readonly RiffChunk[]): Uint8Array {
  const length = chunks.reduce((sum, { body }) => sum + HEADER_BYTES + body.length + (body.length & 1), 4);
  const file = new Uint8Array(HEADER_BYTES + length);
  const view = new DataView(file.buffer);
  const write = (at: number, text: string): void => file.set(new TextEncoder().encode(text), at);
  write(0, 'RIFF');
  view.setUint32(4, length, true);
  write(8, 'WEBP');
  let at = 12;
  for (const { name, body } of chunks) {
    write(at, name);
    view.setUint32(at + 4, body.length, true);
    file.set(body, at + HEADER_BYTES);
    at += HEADER_BYTES + body.length + (body.length & 1);
  }
  return file;
}
