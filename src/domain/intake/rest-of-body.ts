/** No request of a usual plan brings more. Source: https://developers.cloudflare.com/workers/platform/limits/ */
const MAX_BYTES = 128_000_000;
const MAX_MS = 10_000;

/**
 * Reads what is left of a body that has been refused, and throws it away: whoever is still sending when the connection
 * ends may never hear why. What is longer, or slower, is cut off. A body that somebody else reads is left alone.
 */
export async function readRest(body: ReadableStream<Uint8Array> | null): Promise<void> {
  if (!body || body.locked) return;
  let total = 0;
  const nowhere = new WritableStream<Uint8Array>({
    write({ length }) {
      total += length;
      if (total > MAX_BYTES) throw new Error('too much is left of this body');
    },
  });
  await body.pipeTo(nowhere, { signal: AbortSignal.timeout(MAX_MS) }).catch(() => undefined);
}
