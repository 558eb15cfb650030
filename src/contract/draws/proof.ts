import * as z from 'zod';
import { idSchema } from '../ids.ts';
import { DRAW_ALGORITHM, DRAW_LIMITS, PROOF_FORMAT } from './constants.ts';

/*
 * The proof of a draw, as domain/draws/SPECIFICATION.md says. Nothing in it may be there and not be bound by a step of
 * its verification.
 */

const hex = (bytes: number) =>
  z.string().regex(new RegExp(`^[0-9a-f]{${bytes * 2}}$`), `must be ${bytes} bytes, hexadecimal`);
const digest = hex(32);
/** What UTF-8 cannot say is not hashed. */
const text = (max: number) =>
  z
    .string()
    .min(1)
    .max(max)
    .refine((value) => !/\p{Surrogate}/u.test(value), 'must be well-formed Unicode');
const count = (max: number) => z.int().min(1).max(max);
const isTime = (value: string): boolean => {
  const time = new Date(value);
  return !Number.isNaN(time.getTime()) && time.toISOString() === value;
};
const time = z.string().max(24).refine(isTime, 'must be a time in UTC, with milliseconds');

export const drandBeaconSchema = z.strictObject({
  kind: z.literal('drand'),
  chain: digest,
  publicKey: hex(96),
  /** seconds since 1970 */
  genesis: count(4_102_444_800),
  /** seconds */
  period: count(86_400),
  round: count(Number.MAX_SAFE_INTEGER),
});
export const localBeaconSchema = z.strictObject({ kind: z.literal('local'), promise: digest, opensAt: time });
const beaconSchema = z.discriminatedUnion('kind', [drandBeaconSchema, localBeaconSchema]);

const prizeTermsSchema = z.strictObject({
  name: text(DRAW_LIMITS.nameChars),
  /** 1 is the highest */
  tier: count(DRAW_LIMITS.prizes),
  quantity: count(DRAW_LIMITS.units),
});

/** One tier is drawn whole before the next one begins, and all of it stays within bounds. */
function isOrderly(prizes: readonly { tier: number; quantity: number }[]): boolean {
  const begins = prizes.filter(({ tier }, index) => tier !== prizes[index - 1]?.tier).map(({ tier }) => tier);
  const units = prizes.reduce((sum, { quantity }) => sum + quantity, 0);
  return new Set(begins).size === begins.length && units <= DRAW_LIMITS.units;
}

export const termsSchema = z.strictObject({
  algorithm: z.literal(DRAW_ALGORITHM),
  draw: idSchema,
  event: idSchema,
  title: text(DRAW_LIMITS.nameChars),
  prizes: z
    .array(prizeTermsSchema)
    .min(1)
    .max(DRAW_LIMITS.prizes)
    .refine(isOrderly, `must go through each tier once, with at most ${DRAW_LIMITS.units} pieces`),
  rules: z.strictObject({ again: z.enum(['never', 'tier', 'always']), absent: z.enum(['redraw', 'keep']) }),
  entrants: z.strictObject({
    count: count(DRAW_LIMITS.entrants),
    tickets: count(DRAW_LIMITS.tickets),
    root: digest,
  }),
  names: z.enum(['full', 'short', 'number']),
  beacon: beaconSchema,
  frozenAt: time,
});

const shownSchema = z.strictObject({ text: text(DRAW_LIMITS.nameChars), salt: hex(16) });
const formSchema = z.union([digest, shownSchema]);
const entrantSchema = z.strictObject({
  number: count(DRAW_LIMITS.entrants),
  tickets: count(DRAW_LIMITS.tickets),
  full: formSchema,
  short: formSchema,
});

const evidenceSchema = z.union([z.strictObject({ signature: hex(48) }), z.strictObject({ value: hex(32) })]);

const said = { n: count(1_000_000), at: time, by: text(DRAW_LIMITS.nameChars) };
const piece = {
  prize: count(DRAW_LIMITS.prizes),
  unit: count(DRAW_LIMITS.units),
  replaces: count(1_000_000).nullable(),
};
const reason = text(DRAW_LIMITS.reasonChars);
const win = count(1_000_000);

/** An entry as it is hashed. */
export const ledgerRecordSchema = z.discriminatedUnion('kind', [
  z.strictObject({ ...said, kind: z.literal('won'), ...piece, entrant: count(DRAW_LIMITS.entrants) }),
  z.strictObject({ ...said, kind: z.literal('unfilled'), ...piece }),
  z.strictObject({ ...said, kind: z.literal('absent'), win, reason }),
  z.strictObject({ ...said, kind: z.literal('forfeited'), win, reason }),
  z.strictObject({ ...said, kind: z.literal('claimed'), win }),
  z.strictObject({ ...said, kind: z.literal('cancelled'), reason }),
  z.strictObject({ ...said, kind: z.literal('completed') }),
]);
const hashed = { hash: digest };
const ledgerEntrySchema = z.discriminatedUnion(
  'kind',
  ledgerRecordSchema.options.map((option) => option.extend(hashed)) as never,
) as unknown as z.ZodType<LedgerRecord & { hash: string }>;

const winnerSchema = z.strictObject({
  prize: count(DRAW_LIMITS.prizes),
  unit: count(DRAW_LIMITS.units),
  entrant: count(DRAW_LIMITS.entrants),
  win,
});

export const proofSchema = z.strictObject({
  format: z.literal(PROOF_FORMAT),
  terms: termsSchema,
  commitment: digest,
  entrants: z.array(entrantSchema).min(1).max(DRAW_LIMITS.entrants),
  evidence: evidenceSchema.nullable(),
  seed: digest.nullable(),
  ledger: z.array(ledgerEntrySchema).max(1_000_000),
  head: digest,
  winners: z.array(winnerSchema).max(DRAW_LIMITS.units),
});

export type Terms = z.infer<typeof termsSchema>;
export type Beacon = z.infer<typeof beaconSchema>;
export type Evidence = z.infer<typeof evidenceSchema>;
export type ProvenEntrant = z.infer<typeof entrantSchema>;
export type LedgerRecord = z.infer<typeof ledgerRecordSchema>;
export type LedgerEntry = LedgerRecord & { hash: string };
export type Winner = z.infer<typeof winnerSchema>;
export type Proof = z.infer<typeof proofSchema>;
