import type { PhotoType } from '../../contract/photos.ts';
import type { Residency } from '../../contract/tenants.ts';
import { computeRedactions } from '../images/redaction/compute-redactions.ts';
import { packRedactions, type PackedRedactions } from '../images/redaction/overwrites.ts';
import type { ByteRange, Originals } from '../ports.ts';

/** As its row keeps them; both null: the file has no public version. */
export type StoredRedactions =
  { redactions: PackedRedactions; publicBytes: number } | { redactions: null; publicBytes: null };

/**
 * What takes the location out of a stored original, read from the store in one stream or a few ranges.
 * @throws what the store throws, which is worth another try
 */
export async function redactionsOf(
  originals: Originals,
  residency: Residency | null,
  original: { key: string; bytes: number; facts: { type: PhotoType } },
): Promise<StoredRedactions> {
  const open = async (range: ByteRange): Promise<ReadableStream<Uint8Array>> => {
    const object = await originals.get(residency, original.key, range);
    if (!object) throw new Error('The store has less of the original than its row says');
    return object.body;
  };
  const plan = await computeRedactions(original.facts.type, {
    bytes: original.bytes,
    open,
    read: async (offset, length) => new Uint8Array(await new Response(await open({ offset, length })).arrayBuffer()),
  });
  return plan
    ? { redactions: packRedactions(plan.redactions), publicBytes: plan.publicBytes }
    : { redactions: null, publicBytes: null };
}
