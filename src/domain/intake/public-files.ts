import type { PhotoLocation, PhotoType } from '../../contract/photos.ts';
import type { Residency } from '../../contract/tenants.ts';
import { computeRedactions } from '../images/redaction/compute-redactions.ts';
import { packRedactions, type PackedRedactions } from '../images/redaction/overwrites.ts';
import { redact } from '../images/redaction/redact.ts';
import type { ByteRange, Originals } from '../ports.ts';
import { hashStream } from './receive-stream.ts';

/** What others download of an original, fixed once and kept with its row. */
export type PublicFile =
  | { redactions: PackedRedactions; publicBytes: number; publicSha256: string; location: PhotoLocation }
  /** the file has no public version */
  | { redactions: null; publicBytes: null; publicSha256: null; location: PhotoLocation };

/**
 * What takes out of a stored original all that is said of its place, its maker and its tools, and the digest of what is
 * left: read from the store in one stream or a few ranges, and once more from start to end.
 * @param keepsPlace by choice of who sent it
 * @throws what the store throws, which is worth another try
 */
export async function publicFileOf(
  originals: Originals,
  residency: Residency | null,
  original: { key: string; bytes: number; facts: { type: PhotoType } },
  keepsPlace: boolean,
): Promise<PublicFile> {
  const open = async (range: ByteRange): Promise<ReadableStream<Uint8Array>> => {
    const object = await originals.get(residency, original.key, range);
    if (!object) throw new Error('The store has less of the original than its row says');
    return object.body;
  };
  const source = {
    bytes: original.bytes,
    open,
    read: async (offset: number, length: number) =>
      new Uint8Array(await new Response(await open({ offset, length })).arrayBuffer()),
  };
  const plan = await computeRedactions(original.facts.type, source, keepsPlace);
  // Nobody else gets it, so that whatever place it names stays with who sent it.
  if (!plan) return { redactions: null, publicBytes: null, publicSha256: null, location: 'removed' };
  const { redactions, publicBytes, place } = plan;
  const body = redact(await open({ offset: 0, length: publicBytes }), 0, redactions, publicBytes);
  const publicSha256 = await hashStream(body, publicBytes);
  return { redactions: packRedactions(redactions), publicBytes, publicSha256, location: place };
}
