import { pieceStart, PIECE_BYTES, type Layout } from './grid-rules.ts';
import type { Held } from './held.ts';
import type { Ledger } from './ledger.ts';

/** So long a byte may be in memory only; on a fast line the store has it before. */
const KEPT_AFTER_MS = 250;
/** The pieces of a part; what comes while the store takes them is one more. */
const RECENT_MAX = 5;
/** Within the length of one. */
const SHORT_MAX = 16;

interface Piece {
  /** offset in the upload */
  start: number;
  bytes: Uint8Array<ArrayBuffer>;
  /** epoch ms of its last byte */
  at: number;
}

interface Recent extends Piece {
  timer: ReturnType<typeof setTimeout>;
}

export type Pieces = ReturnType<typeof openPieces>;

/**
 * The bytes that the store does not have yet. What is kept is in SQLite, and only that counts. What has just come is in
 * memory for a moment: of a fast sender the store has it before that is over, and writing it twice would take longer
 * than anything else that is done to it.
 */
export function openPieces(ledger: Ledger, held: Held) {
  /** The last that came, in their order; nothing behind them is kept. */
  const recent: Recent[] = [];
  /** Of pieces that the store has, to be filled again. */
  const spare: Uint8Array<ArrayBuffer>[] = [];
  let roomMade: () => void = () => undefined;

  const keepFirst = (): void => {
    const [first] = recent;
    if (!first) return;
    clearTimeout(first.timer);
    ledger.addPiece(first.start, first.bytes);
    ledger.change({ offset: first.start + first.bytes.length, lastByteAt: first.at });
    recent.shift();
    told();
  };
  const told = (): void => {
    held.hold('recent', (recent.length + spare.length) * PIECE_BYTES);
    roomMade();
  };
  const keepAll = (): void => {
    while (recent.length > 0) keepFirst();
  };
  /** Those before one have come before it. */
  const keepUntil = (start: number): void => {
    while (recent[0] && recent[0].start <= start) keepFirst();
  };

  return {
    /** Where the next byte goes, kept or not. @throws Error where there is no upload */
    arrived: (): number => {
      const last = recent.at(-1);
      return last ? last.start + last.bytes.length : ledger.progress().offset;
    },
    /** Nothing comes for now: what is here is kept, and no memory is. */
    settle(): void {
      spare.length = 0;
      keepAll();
      told();
    },
    /** To be filled with a piece. */
    buffer: (): Uint8Array<ArrayBuffer> => spare.pop() ?? new Uint8Array(PIECE_BYTES),
    /**
     * Takes the piece that comes next, and its buffer. Waits for room, at most until the oldest has to be kept.
     * @param since epoch ms of its first byte
     */
    async add({ start, bytes, at }: Piece, since: number): Promise<void> {
      while (recent.length >= RECENT_MAX) await new Promise<void>((resolve) => (roomMade = resolve));
      const timer = setTimeout(() => keepUntil(start), Math.max(0, KEPT_AFTER_MS - (at - since)));
      recent.push({ start, bytes, at, timer });
      told();
      if (at - since >= KEPT_AFTER_MS) keepAll();
    },
    /** What is there of a range, one piece at a time; it begins where a piece does. */
    *read(from: number, to: number): Generator<Uint8Array<ArrayBuffer>> {
      for (let at = from; at < to;) {
        const inMemory = recent.find(({ start }) => start === at)?.bytes;
        const piece = inMemory ?? ledger.piece(at);
        if (!piece || piece.length === 0) throw new Error('a piece is gone');
        held.hold('read', inMemory ? 0 : piece.length);
        yield piece;
        at += piece.length;
      }
      held.hold('read', 0);
    },
    /** The store has everything before `to`: it counts, and is not needed here any more. */
    stored(to: number): void {
      let last: Piece | undefined;
      for (let [first] = recent; first && first.start < to; [first] = recent) {
        clearTimeout(first.timer);
        recent.shift();
        if (spare.length < RECENT_MAX) spare.push(new Uint8Array(first.bytes.buffer));
        last = first;
      }
      if (last) ledger.change({ offset: to, lastByteAt: last.at });
      told();
    },
    /** Many short transfers leave many short pieces, which are put together before they are too many to be read quickly. */
    tidy(layout: Layout): void {
      const { offset } = ledger.progress();
      const from = pieceStart(layout, offset);
      if (ledger.pieceCount(from, offset) <= SHORT_MAX) return;
      const merged = new Uint8Array(offset - from);
      let filled = 0;
      for (const piece of this.read(from, offset)) {
        merged.set(piece, filled);
        filled += piece.length;
      }
      ledger.drop(from, offset);
      ledger.addPiece(from, merged);
    },
  };
}
