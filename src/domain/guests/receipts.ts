import {
  calculateJwkThumbprint,
  compactVerify,
  CompactSign,
  decodeProtectedHeader,
  errors,
  importJWK,
  type JWK,
} from 'jose';
import * as z from 'zod';
import { readReceiptKeys } from '../../contract/receipt-keys.ts';
import { receiptFactsSchema, type ReceiptFacts } from '../../contract/me.ts';

/*
 * Receipts of erasure: JWS (RFC 7515) with EdDSA over Ed25519 (RFC 8037). The first key signs; the others are those
 * that signed before, so that a receipt outlives a change of keys.
 */
const TYPE = 'erasure-receipt+jws';

const claimsSchema = z.object({
  /** version of this form */
  v: z.literal(1),
  /** the host that gave it */
  iss: z.string(),
  tid: z.string(),
  ...receiptFactsSchema.shape,
});
export type ReceiptClaims = z.infer<typeof claimsSchema>;

const publicOf = ({ kty, crv, x }: JWK): JWK => ({ kty: kty ?? '', crv: crv ?? '', x: x ?? '' });
const kidOf = (key: JWK): Promise<string> => calculateJwkThumbprint(publicOf(key));

/** The keys that receipts are verified with, as they are published (RFC 7517). */
export async function publicKeys(configured: string): Promise<{ keys: JWK[] }> {
  const keys = readReceiptKeys(configured) ?? [];
  return {
    keys: await Promise.all(
      keys.map(async (key) => ({ ...publicOf(key), kid: await kidOf(key), alg: 'EdDSA', use: 'sig' })),
    ),
  };
}

/** The same facts and the same key give the same receipt: this kind of signature has nothing random in it. */
export async function signReceipt(
  configured: string,
  facts: ReceiptFacts,
  by: { host: string; tenantId: string },
): Promise<string> {
  const key = readReceiptKeys(configured)?.[0];
  if (!key) throw new Error('RECEIPT_SIGNING_KEY is missing');
  const claims: ReceiptClaims = { v: 1, iss: by.host, tid: by.tenantId, ...facts };
  return new CompactSign(new TextEncoder().encode(JSON.stringify(claims)))
    .setProtectedHeader({ alg: 'EdDSA', typ: TYPE, kid: await kidOf(key) })
    .sign(await importJWK(key, 'EdDSA'));
}

/** @returns null for what none of our keys has signed, for whatever reason */
export async function readReceipt(configured: string, receipt: string): Promise<ReceiptClaims | null> {
  try {
    const header = decodeProtectedHeader(receipt);
    if (header.typ !== TYPE) return null;
    for (const key of readReceiptKeys(configured) ?? []) {
      if ((await kidOf(key)) !== header.kid) continue;
      const { payload } = await compactVerify(receipt, await importJWK(publicOf(key), 'EdDSA'), {
        algorithms: ['EdDSA'],
      });
      return claimsSchema.safeParse(JSON.parse(new TextDecoder().decode(payload))).data ?? null;
    }
    return null;
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof SyntaxError || error instanceof TypeError) return null;
    throw error;
  }
}
