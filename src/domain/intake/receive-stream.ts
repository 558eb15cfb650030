import type { TenantContext } from '../context.ts';
import { toHex } from '../digests.ts';
import { DomainError } from '../errors.ts';
import { createImageInspector, type InspectedFile } from '../images/inspector.ts';

/** The runtime's streaming digest; the library types of the browser, which pages bring along, do not know it. */
export function digestOf(algorithm: 'SHA-256' | 'SHA-1' | 'MD5') {
  const { DigestStream: Digest } = crypto as unknown as { DigestStream: typeof DigestStream };
  const stream = new Digest(algorithm);
  // Looked at only when all has gone well; a broken stream must not become an unhandled rejection.
  stream.digest.catch(() => undefined);
  return { writer: stream.getWriter(), hex: () => stream.digest.then(toHex) };
}

const brokeOff = () =>
  new DomainError('request.invalid', 'The upload broke off before all of the photo had arrived. Send it again.');
const tooLarge = (limit: number) =>
  new DomainError(
    'photo.too_large',
    `A photo may have ${Math.floor(limit / 1_000_000)} MB at most. Send a smaller one.`,
  );

/** SHA-256 (hex) of a stream that is not kept. */
export async function hashStream(body: ReadableStream<Uint8Array>, limitBytes: number): Promise<string> {
  const sha = digestOf('SHA-256');
  let total = 0;
  for await (const chunk of body.values({ preventCancel: true })) {
    total += chunk.length;
    if (total > limitBytes) throw tooLarge(limitBytes);
    await sha.writer.write(chunk);
  }
  await sha.writer.close();
  return sha.hex();
}

/**
 * Streams an original into the store while its content is judged and hashed. The last chunk is held
 * back until the judgement, because a store that has every byte may keep them although the stream is
 * broken off: so what is refused is never stored. The store's own MD5 is then compared with that of the
 * bytes received.
 * @throws DomainError photo.*, request.invalid when the body ended early, unavailable when the store fails
 */
export async function storeOriginal(
  context: TenantContext,
  key: string,
  request: { body: ReadableStream<Uint8Array>; length: number; sha256: string | null },
): Promise<{ facts: InspectedFile; sha256: string }> {
  const inspector = createImageInspector();
  const sha = digestOf('SHA-256');
  const md5 = digestOf('MD5');
  const fixed = new FixedLengthStream(request.length);
  const store = fixed.writable.getWriter();
  const writers = [sha.writer, md5.writer, store] as const;
  const put = context.ports.originals.put(context.tenant.residency, key, fixed.readable, {
    // Nothing but this code reads originals; a neutral type can never be shown as a page.
    type: 'application/octet-stream',
    length: request.length,
    ...(request.sha256 ? { sha256: request.sha256 } : {}),
  });
  const stored = put.catch((error: unknown) => {
    throw storeFailed(error);
  });
  // An early refusal leaves the put waiting for bytes that never come; its own failure is expected then.
  stored.catch(() => undefined);
  try {
    let total = 0;
    let held: Uint8Array | null = null;
    for await (const chunk of request.body.values({ preventCancel: true })) {
      if (chunk.length === 0) continue;
      total += chunk.length;
      if (total > request.length) throw brokeOff();
      inspector.push(chunk);
      const written = [sha.writer.write(chunk), md5.writer.write(chunk), ...(held ? [store.write(held)] : [])];
      await orFailedStore(Promise.all(written), stored);
      held = chunk;
    }
    if (total === 0) throw new DomainError('photo.empty', 'The file is empty. Choose another photo.');
    if (total < request.length) throw brokeOff();
    const facts = inspector.finish();
    await Promise.all([writers[0].close(), writers[1].close()]);
    const sha256 = await sha.hex();
    if (request.sha256 && request.sha256 !== sha256) {
      throw new DomainError(
        'photo.digest_mismatch',
        'The photo was damaged on its way (its digest differs). Send it again.',
      );
    }
    if (held) await orFailedStore(store.write(held), stored);
    await orFailedStore(store.close(), stored);
    const { md5: storedMd5 } = await stored;
    if (storedMd5 !== null && storedMd5 !== (await md5.hex())) {
      throw new DomainError('unavailable', 'The photo could not be stored correctly. Send it again.', {
        retryAfterSeconds: 1,
      });
    }
    return { facts, sha256 };
  } catch (error) {
    await Promise.all(writers.map((writer) => writer.abort(error).catch(() => undefined)));
    if (error instanceof DomainError) throw error;
    throw isStreamFailure(error) ? brokeOff() : error;
  }
}

const storeFailed = (cause: unknown): DomainError =>
  new DomainError('unavailable', 'The photo could not be stored just now. Send it again.', {
    retryAfterSeconds: 2,
    cause,
  });

/**
 * Waits for `work`, or for the store's failure: a store that gave up reads no more, and whoever writes to
 * it would wait for ever, or hear only that the stream is broken.
 */
async function orFailedStore(work: Promise<unknown>, stored: Promise<unknown>): Promise<void> {
  // The store's reason counts, whichever of the two is heard of first.
  work.catch(() => undefined);
  await Promise.race([work, stored.then(() => work)]).catch(async (error: unknown) => {
    await Promise.race([stored, new Promise((resolve) => setTimeout(resolve, 0))]);
    throw error;
  });
}

// The body's own failure: the client went away, or sent less than it said.
const isStreamFailure = (error: unknown): boolean =>
  error instanceof Error &&
  /network connection lost|disconnected|premature|aborted|FixedLengthStream|stream/i.test(error.message);
