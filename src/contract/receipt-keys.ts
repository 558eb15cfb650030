import * as z from 'zod';

/** A private Ed25519 key (RFC 8037). */
const keySchema = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string().length(43),
  d: z.string().length(43),
});
export type ReceiptKey = z.infer<typeof keySchema>;

const keysSchema = z.union([
  keySchema.transform((key) => [key]),
  z.object({ keys: z.array(keySchema).min(1) }).transform((set) => set.keys),
]);

/** One JWK, or a JWK Set whose first key signs. @returns null for anything else */
export function readReceiptKeys(text: string): ReceiptKey[] | null {
  try {
    return keysSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
