import type { TenantContext } from '../../src/domain/context.ts';
import { digestOf } from '../../src/domain/intake/receive-stream.ts';
import { originalKey } from '../../src/domain/intake/rendition-keys.ts';
import { photoOf } from '../../src/domain/intake/resumable/settling.ts';
import type { PartedObject } from '../../src/domain/ports.ts';
import { nextPart, PIECE_BYTES, type PartRange } from './grid-rules.ts';
import type { Ledger } from './ledger.ts';
import type { Pieces } from './pieces.ts';
import { storeAway } from './refusals.ts';

/** So many bytes may wait for the store before the sender waits too. */
const WAITING_MAX_BYTES = 8 * PIECE_BYTES;

export type Step = (name: string) => void | Promise<void>;

/** Takes whole parts to the store while more bytes arrive, a part at a time, each read piece by piece. */
export function createPartWriter(ledger: Ledger, pieces: Pieces, contextOf: () => TenantContext, step: Step) {
  let running: Promise<void> | null = null;
  let taken = ledger.facts() && ledger.progress().partsId ? ledger.parts().length : 0;

  const next = (): PartRange | null => {
    const facts = ledger.facts();
    return facts && nextPart(facts, taken, pieces.arrived());
  };

  async function objectOf(): Promise<PartedObject> {
    const { tenant, ports } = contextOf();
    const facts = ledger.facts();
    if (!facts) throw new Error('there is no upload here');
    const key = originalKey(photoOf(facts));
    let { partsId } = ledger.progress();
    if (partsId === null) {
      partsId = await ports.originals.beginParts(tenant.residency, key);
      ledger.change({ partsId });
      await step('parts begun');
    }
    return { residency: tenant.residency, key, partsId };
  }

  async function take(part: PartRange): Promise<void> {
    const object = await objectOf();
    const { readable, writable } = new FixedLengthStream(part.to - part.from);
    const put = contextOf().ports.originals.putPart(object, part.number, readable);
    // A store that gave up reads no more; its own reason counts.
    put.catch(() => undefined);
    const writer = writable.getWriter();
    const sum = digestOf('MD5');
    const write = async () => {
      for (const piece of pieces.read(part.from, part.to)) {
        await Promise.all([sum.writer.write(piece), writer.write(piece)]);
      }
      await Promise.all([sum.writer.close(), writer.close()]);
    };
    const written = write();
    written.catch(() => undefined);
    await Promise.race([written, put.then(() => written)]).catch(async (error: unknown) => {
      await Promise.all([sum.writer, writer].map((one) => one.abort(error).catch(() => undefined)));
      await put;
      throw error;
    });
    const { etag } = await put;
    await step(`part ${part.number} stored`);
    const md5 = await sum.hex();
    ledger.addPart(part, { etag, md5 });
    pieces.stored(part.to);
    taken = part.number;
  }

  async function run(): Promise<void> {
    for (let part = next(); part; part = next()) await take(part);
  }

  /** Takes what is whole; a try that has failed is made again. */
  const flush = (): Promise<void> => {
    running ??= run().finally(() => {
      running = null;
    });
    return running;
  };

  return {
    flush,
    /** To be called when a piece has come: goes to work, and lets the sender wait where too much waits already. */
    async arrived(): Promise<void> {
      const facts = ledger.facts();
      if (!facts || !next()) return;
      const work = flush();
      work.catch(() => undefined);
      const inStore = () => facts.previewBytes + taken * PIECE_BYTES * 5;
      if (pieces.arrived() - inStore() < WAITING_MAX_BYTES) return;
      await work.catch((error: unknown) => {
        throw storeAway(error);
      });
    },
    /** @returns the object of which all parts are in the store */
    async finish(): Promise<PartedObject> {
      // One that is under way may have begun before the last byte came.
      while (next()) await flush();
      return objectOf();
    },
    /** Waits for whatever is under way, well or not. */
    settled: () => running?.catch(() => undefined) ?? Promise.resolve(),
  };
}
