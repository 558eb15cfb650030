import type { UploadFacts } from '../../src/contract/upload-object.ts';
import type { TenantContext } from '../../src/domain/context.ts';
import { createImageInspector } from '../../src/domain/images/inspector.ts';
import { digestOf } from '../../src/domain/intake/receive-stream.ts';
import { originalKey } from '../../src/domain/intake/rendition-keys.ts';
import { photoOf, requireAnnounced, type ReadBack } from '../../src/domain/intake/resumable/settling.ts';
import type { Held } from './held.ts';
import { isParted } from './grid-rules.ts';
import type { Ledger } from './ledger.ts';
import type { createPartWriter, Step } from './parts.ts';
import type { Pieces } from './pieces.ts';
import { brokenStore } from './refusals.ts';
import type { Witness } from './witness.ts';

/** One read of what is in the store takes up to so much. */
const READ_BYTES = 524_288;

interface Assembling {
  ledger: Ledger;
  facts: UploadFacts;
  pieces: Pieces;
  parts: ReturnType<typeof createPartWriter>;
  context: TenantContext;
  step: Step;
  witness: Witness;
  held: Held;
}

/** Hashes and judges an original in one pass. @throws DomainError photo.* */
async function inspect(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<ReadBack> {
  const inspector = createImageInspector();
  const sha = digestOf('SHA-256');
  try {
    for await (const chunk of chunks) {
      inspector.push(chunk);
      await sha.writer.write(chunk);
    }
    const facts = inspector.finish();
    await sha.writer.close();
    return { facts, sha256: await sha.hex() };
  } catch (error) {
    await sha.writer.abort(error).catch(() => undefined);
    throw error;
  }
}

async function* chunksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader({ mode: 'byob' });
  let buffer = new ArrayBuffer(READ_BYTES);
  try {
    for (;;) {
      const { done, value } = await reader.read(new Uint8Array(buffer));
      if (done) return;
      yield value;
      buffer = value.buffer as ArrayBuffer;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** What is small was never in the store: it is judged here, and goes there in one piece, whose digest the store checks. */
async function storeWhole({ pieces, facts, context, step, held, witness }: Assembling): Promise<ReadBack> {
  const { previewBytes, length } = facts;
  const found = (await witness.finish(length)) ?? (await inspect(pieces.read(previewBytes, length)));
  requireAnnounced(facts, found.sha256);
  held.hold('whole', length - previewBytes);
  const bytes = new Uint8Array(length - previewBytes);
  let filled = 0;
  for (const piece of pieces.read(previewBytes, length)) {
    bytes.set(piece, filled);
    filled += piece.length;
  }
  await context.ports.originals.put(context.tenant.residency, originalKey(photoOf(facts)), bytes, {
    type: 'application/octet-stream',
    length: bytes.length,
    sha256: found.sha256,
  });
  held.hold('whole', 0);
  await step('stored');
  return found;
}

const bytesOf = (hex: string): Uint8Array =>
  Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

/** What R2 calls an object of parts: the MD5 of the MD5s of all parts, and their number. */
async function etagOf(ledger: Ledger): Promise<string> {
  const parts = ledger.parts();
  const all = digestOf('MD5');
  for (const { md5 } of parts) await all.writer.write(bytesOf(md5));
  await all.writer.close();
  return `${await all.hex()}-${parts.length}`;
}

/**
 * Puts the original together in the store, which has no SHA-256 of what came in parts. It is read back once, and what
 * is read is what counts; unless all of it was hashed as it came, and the store says by its own sums that it has these
 * very bytes. Safe to repeat.
 * @throws DomainError photo.* when the file is refused
 */
export async function assemble(assembling: Assembling): Promise<ReadBack> {
  const { ledger, facts, parts, context, step, held, witness } = assembling;
  if (!isParted(facts)) return storeWhole(assembling);
  const { originals } = context.ports;
  const bytes = facts.length - facts.previewBytes;
  if (!ledger.progress().isAssembled) {
    const object = await parts.finish();
    const etag = await originals.completeParts(object, ledger.parts(), bytes);
    await step('completed');
    ledger.change({ isAssembled: true });
    const seen = await witness.finish(facts.length);
    if (seen && etag === (await etagOf(ledger))) {
      requireAnnounced(facts, seen.sha256);
      return seen;
    }
  }
  const stored = await originals.get(context.tenant.residency, originalKey(photoOf(facts)));
  if (stored?.bytes !== bytes) throw brokenStore();
  held.hold('reading', READ_BYTES);
  const found = await inspect(chunksOf(stored.body));
  held.hold('reading', 0);
  if (found.facts.bytes !== bytes) throw brokenStore();
  requireAnnounced(facts, found.sha256);
  await step('read back');
  return found;
}

/** The preview in front of the original; null where there is none. */
export function previewOf(pieces: Pieces, { previewBytes }: UploadFacts): Uint8Array | null {
  if (previewBytes === 0) return null;
  const bytes = new Uint8Array(previewBytes);
  let filled = 0;
  for (const piece of pieces.read(0, previewBytes)) {
    bytes.set(piece, filled);
    filled += piece.length;
  }
  return bytes;
}
