import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import type { LedgerEntry, LedgerRecord } from '../../../contract/draws/proof.ts';
import { hashOf } from './bytes.ts';
import { canonicalJson } from './canonical.ts';

/** An entry joined to the one before it, whose hash is given (the commitment, before the first). */
export const chained = (before: string, record: LedgerRecord): LedgerEntry => ({
  ...record,
  hash: bytesToHex(hashOf(0x03, hexToBytes(before), canonicalJson(record))),
});
