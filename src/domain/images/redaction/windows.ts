import { Unwalkable } from './walk.ts';

/** An original as the store has it. `open` is worth having: a file that is walked from start to end is one read then. */
export interface RedactionSource {
  bytes: number;
  read(offset: number, length: number): Promise<Uint8Array>;
  open?(range: { offset: number; length: number }): Promise<ReadableStream<Uint8Array>>;
}

/** The bytes that are asked for, at once where they are at hand. */
export interface Window {
  view(at: number, bytes: number): Uint8Array | Promise<Uint8Array>;
  close(): Promise<void>;
}

const BLOCK_BYTES = 32_768;
const BLOCKS_HELD = 6;
/** What a stream is read on for, instead of being opened again behind it. */
const SKIP_MAX_BYTES = 1_048_576;
const READS_MAX = 4_000;

function openBudget(): () => void {
  let reads = 0;
  return () => {
    reads += 1;
    if (reads > READS_MAX) throw new Unwalkable('it is scattered over too many places');
  };
}

/** For files that say where their parts are: some blocks of them are held, the oldest is let go of. */
export function openBlocks(source: RedactionSource): Window {
  const blocks = new Map<number, Uint8Array>();
  const spend = openBudget();
  const block = (index: number): Uint8Array | Promise<Uint8Array> => blocks.get(index) ?? fetchBlock(index);
  async function fetchBlock(index: number): Promise<Uint8Array> {
    spend();
    const at = index * BLOCK_BYTES;
    const bytes = await source.read(at, Math.min(BLOCK_BYTES, source.bytes - at));
    for (const held of blocks.keys()) if (blocks.size >= BLOCKS_HELD) blocks.delete(held);
    blocks.set(index, bytes);
    return bytes;
  }
  async function gather(at: number, bytes: number): Promise<Uint8Array> {
    const gathered = new Uint8Array(bytes);
    for (let done = 0; done < bytes;) {
      const index = Math.floor((at + done) / BLOCK_BYTES);
      const part = (await block(index)).subarray(at + done - index * BLOCK_BYTES).subarray(0, bytes - done);
      if (part.length === 0) throw new Error('The store gave fewer bytes than there are');
      gathered.set(part, done);
      done += part.length;
    }
    return gathered;
  }
  return {
    view(at, bytes) {
      const index = Math.floor(at / BLOCK_BYTES);
      const held = blocks.get(index);
      const from = at - index * BLOCK_BYTES;
      return held && from + bytes <= held.length ? held.subarray(from, from + bytes) : gather(at, bytes);
    },
    close: async () => undefined,
  };
}

/** For files that are walked from start to end: one stream, opened again only behind a long gap. */
export function openStream(source: RedactionSource): Window {
  const spend = openBudget();
  let reader: ReadableStreamDefaultReader<Uint8Array> | null = null;
  let held = new Uint8Array();
  /** where `held` begins in the file */
  let heldAt = 0;

  async function reopen(at: number): Promise<void> {
    spend();
    await close();
    held = new Uint8Array();
    heldAt = at;
    const length = source.bytes - at;
    reader = (source.open ? await source.open({ offset: at, length }) : inBlocks(source, at)).getReader();
  }
  async function close(): Promise<void> {
    await reader?.cancel().catch(() => undefined);
    reader = null;
  }
  async function pull(at: number, bytes: number): Promise<Uint8Array> {
    if (!reader || at < heldAt || at > heldAt + held.length + SKIP_MAX_BYTES) await reopen(at);
    while (heldAt + held.length < at + bytes) {
      const { value } = await reader!.read();
      if (!value) throw new Error('The store gave fewer bytes than there are');
      const kept = held.subarray(Math.min(held.length, Math.max(0, at - heldAt)));
      heldAt += held.length - kept.length;
      const joined = new Uint8Array(kept.length + value.length);
      joined.set(kept);
      joined.set(value, kept.length);
      held = joined;
    }
    return held.subarray(at - heldAt, at - heldAt + bytes);
  }
  return {
    view(at, bytes) {
      const from = at - heldAt;
      return from >= 0 && from + bytes <= held.length ? held.subarray(from, from + bytes) : pull(at, bytes);
    },
    close,
  };
}

/** What a source without streams has, in pieces as large as may be held. */
function inBlocks(source: RedactionSource, from: number): ReadableStream<Uint8Array> {
  let at = from;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        if (at >= source.bytes) return controller.close();
        const bytes = await source.read(at, Math.min(BLOCK_BYTES * 4, source.bytes - at));
        at += bytes.length;
        controller.enqueue(bytes);
      },
    },
    { highWaterMark: 0 },
  );
}
