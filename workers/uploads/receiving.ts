import type { UploadFacts } from '../../src/contract/upload-object.ts';
import type { DomainError } from '../../src/domain/errors.ts';
import type { Checksum } from './checksum.ts';
import type { Held } from './held.ts';
import { pieceEnd, pieceStart, PIECE_BYTES } from './grid-rules.ts';
import type { Ledger } from './ledger.ts';
import { damaged, tooLong } from './refusals.ts';
import type { Witness } from './witness.ts';

/** One read takes what there is, up to so much. */
const SCRATCH_BYTES = 262_144;
/** Within the length of one. */
const PIECES_MAX = 16;

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
  held: Held;
  /** after every piece */
  arrived: () => Promise<void>;
  now: () => number;
}

/**
 * Takes the bytes of one PATCH. What arrives is kept in pieces as it comes, also when the body breaks off; with a
 * checksum nothing counts before it has proved right, and nothing leaves for the store.
 */
export function receive(ledger: Ledger, { body, checksum, witness, held, arrived, now }: Incoming): Transfer {
  const reader = body.getReader({ mode: 'byob' });
  let stopped = false;

  async function run(): Promise<DomainError | null> {
    const facts = ledger.facts();
    if (!facts) throw new Error('there is no upload here');
    const begin = ledger.progress().offset;
    const buffer = new Uint8Array(PIECE_BYTES);
    let scratch = new ArrayBuffer(SCRATCH_BYTES);
    held.hold('receiving', PIECE_BYTES + SCRATCH_BYTES);
    let start = begin;
    let filled = 0;
    let refusal: DomainError | null = null;
    let broken: unknown = null;

    const keep = (): void => {
      if (filled === 0) return;
      ledger.addPiece(start, buffer.subarray(0, filled));
      start += filled;
      filled = 0;
      if (!checksum) ledger.change({ offset: start, lastByteAt: now() });
    };
    const store = async (chunk: Uint8Array): Promise<void> => {
      for (let at = 0; at < chunk.length;) {
        const end = pieceEnd(facts, start);
        const used = Math.min(chunk.length - at, end - start - filled);
        buffer.set(chunk.subarray(at, at + used), filled);
        filled += used;
        at += used;
        if (start + filled < end) continue;
        keep();
        if (!checksum) await arrived();
      }
    };

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
    if (!stopped) await reader.cancel().catch(() => undefined);
    held.hold('receiving', 0);
    if (!refusal || checksum) keep();
    if (checksum) await settleChecked(ledger, begin, start, { broken: broken !== null || stopped, checksum, now });
    if (broken) throw broken;
    tidy(ledger, facts);
    return refusal;
  }

  return {
    stop() {
      stopped = true;
      void reader.cancel().catch(() => undefined);
    },
    done: run(),
  };
}

/** Many short transfers leave many short pieces, which are put together before they are too many to be read quickly. */
function tidy(ledger: Ledger, facts: UploadFacts): void {
  const { offset } = ledger.progress();
  const from = pieceStart(facts, offset);
  if (ledger.pieceCount(from, offset) > PIECES_MAX) ledger.merge(from, offset);
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
