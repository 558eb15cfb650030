import type { DomainError } from '../../src/domain/errors.ts';
import type { Checksum } from './checksum.ts';
import type { Held } from './held.ts';
import { isParted, pieceEnd, PIECE_BYTES } from './grid-rules.ts';
import type { Ledger } from './ledger.ts';
import type { createPartWriter } from './parts.ts';
import type { Pieces } from './pieces.ts';
import { damaged, tooLong } from './refusals.ts';
import type { Witness } from './witness.ts';

/** One read takes what there is, up to so much. */
const SCRATCH_BYTES = 262_144;

export interface Transfer {
  /** Ends it where it is: somebody else carries on. */
  stop(): void;
  /** @returns why the file is refused; null: the bytes count. @throws DomainError request.too_large, upload.* */
  done: Promise<DomainError | null>;
}

interface Incoming {
  body: ReadableStream<Uint8Array>;
  checksum: Checksum | null;
  witness: Witness;
  pieces: Pieces;
  parts: Pick<ReturnType<typeof createPartWriter>, 'arrived' | 'flush'>;
  held: Held;
  now: () => number;
}

/**
 * Takes the bytes of one PATCH. What has arrived when it ends counts, also when the body breaks off; with a checksum
 * nothing counts before it has proved right, and nothing leaves for the store.
 */
export function receive(ledger: Ledger, { body, checksum, witness, pieces, parts, held, now }: Incoming): Transfer {
  const reader = body.getReader({ mode: 'byob' });
  let stopped = false;
  let stopping: () => void = () => undefined;
  const stop = new Promise<void>((resolve) => (stopping = resolve));

  async function run(): Promise<DomainError | null> {
    const facts = ledger.facts();
    if (!facts) throw new Error('there is no upload here');
    const begin = ledger.progress().offset;
    let buffer = pieces.buffer();
    let scratch = new ArrayBuffer(SCRATCH_BYTES);
    held.hold('receiving', PIECE_BYTES + SCRATCH_BYTES);
    let start = begin;
    let filled = 0;
    let since = 0;
    let refusal: DomainError | null = null;
    let broken: unknown = null;

    const keep = async (): Promise<void> => {
      if (filled === 0) return;
      const bytes = buffer.subarray(0, filled);
      if (checksum || start < facts.previewBytes) {
        ledger.addPiece(start, bytes);
        if (!checksum) ledger.change({ offset: start + filled, lastByteAt: now() });
      } else {
        await pieces.add({ start, bytes, at: now() }, since);
        buffer = pieces.buffer();
      }
      start += filled;
      filled = 0;
    };
    const store = async (chunk: Uint8Array): Promise<void> => {
      for (let at = 0; at < chunk.length;) {
        if (filled === 0) since = now();
        const end = pieceEnd(facts, start);
        const used = Math.min(chunk.length - at, end - start - filled);
        buffer.set(chunk.subarray(at, at + used), filled);
        filled += used;
        at += used;
        if (start + filled < end) continue;
        await keep();
        if (!checksum) await Promise.race([parts.arrived(), stop]);
      }
    };

    // What a checked transfer has left that was killed.
    ledger.drop(begin, Number.MAX_SAFE_INTEGER);
    try {
      while (!stopped) {
        const { done, value } = await reader.read(new Uint8Array(scratch));
        if (done) break;
        const at = start + filled;
        if (at + value.length > facts.length) throw tooLong(facts.length);
        await checksum?.push(value);
        refusal = (await witness.push(at, value)) ?? refusal;
        // What may have been damaged on its way is refused for nothing else before that is known.
        if (refusal && !checksum) break;
        await store(value);
        scratch = value.buffer as ArrayBuffer;
      }
    } catch (error) {
      broken = error ?? new Error('the body broke off');
    }
    if (!stopped) reader.releaseLock();
    held.hold('receiving', 0);
    if (!refusal || checksum) await keep();
    // The last of a file goes to the store from where it is; should that fail, it is tried again.
    if (!broken && !refusal && isParted(facts) && pieces.arrived() === facts.length) {
      await Promise.race([parts.flush().catch(() => undefined), stop]);
    }
    pieces.settle();
    if (checksum) await settleChecked(ledger, begin, start, { broken: broken !== null || stopped, checksum, now });
    if (broken) throw broken;
    pieces.tidy(facts);
    return refusal;
  }

  return {
    stop() {
      stopped = true;
      stopping();
      void reader.cancel().catch(() => undefined);
    },
    done: run(),
  };
}

/** All of a checked transfer counts, or nothing. */
async function settleChecked(
  ledger: Ledger,
  begin: number,
  end: number,
  { broken, checksum, now }: { broken: boolean; checksum: Checksum; now: () => number },
): Promise<void> {
  const isRight = !broken && (await checksum.isRight());
  if (isRight) return ledger.change({ offset: end, lastByteAt: now() });
  ledger.drop(begin, Number.MAX_SAFE_INTEGER);
  if (!broken) throw damaged();
}
