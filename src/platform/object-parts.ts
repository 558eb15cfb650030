import type { Residency } from '../contract/tenants.ts';
import type { Originals, PartedObject } from '../domain/ports.ts';

/** What R2 says of parts that it does not have: completed or aborted before. */
const isUnknown = (error: unknown): boolean => error instanceof Error && /\b10024\b/.test(error.message);

/** Objects that are put together of parts. */
export function partsOf(
  bucketOf: (residency: Residency | null) => R2Bucket,
): Pick<Originals, 'beginParts' | 'putPart' | 'completeParts' | 'abortParts'> {
  const resume = ({ residency, key, partsId }: PartedObject) => bucketOf(residency).resumeMultipartUpload(key, partsId);
  return {
    async beginParts(residency, key) {
      // As every original: nothing but our own code reads it, and it can never be shown as a page.
      const httpMetadata = { contentType: 'application/octet-stream' };
      return (await bucketOf(residency).createMultipartUpload(key, { httpMetadata })).uploadId;
    },
    async putPart(object, number, body) {
      const { etag } = await resume(object).uploadPart(number, body);
      return { number, etag };
    },
    async completeParts(object, parts, bytes) {
      try {
        const numbered = parts.map(({ number, etag }) => ({ partNumber: number, etag }));
        return (await resume(object).complete(numbered)).etag;
      } catch (error) {
        // Completed before, and nobody heard of it.
        const stored = isUnknown(error) ? await bucketOf(object.residency).head(object.key) : null;
        if (stored?.size !== bytes) throw error;
        return stored.etag;
      }
    },
    async abortParts(object) {
      await resume(object)
        .abort()
        .catch((error: unknown) => {
          if (!isUnknown(error)) throw error;
        });
    },
  };
}
