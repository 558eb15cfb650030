import { DRAW_ALGORITHM, DRAW_LIMITS, PROOF_FORMAT } from '../../../contract/draws/constants.ts';

/** Whether a value is of a kind. */
type Kind = (value: unknown) => boolean;

const object =
  (members: Record<string, Kind>): Kind =>
  (value) => {
    if (value === null || typeof value !== 'object' || Array.isArray(value)) return false;
    const found = value as Record<string, unknown>;
    const names = Object.keys(members);
    return (
      Object.keys(found).length === names.length &&
      names.every((name) => Object.prototype.hasOwnProperty.call(found, name) && (members[name] as Kind)(found[name]))
    );
  };
const list =
  (kind: Kind, least: number, most: number): Kind =>
  (value) =>
    Array.isArray(value) && value.length >= least && value.length <= most && value.every(kind);
const either =
  (...kinds: Kind[]): Kind =>
  (value) =>
    kinds.some((kind) => kind(value));
const is =
  (...values: unknown[]): Kind =>
  (value) =>
    values.indexOf(value) >= 0;

const matches =
  (pattern: RegExp): Kind =>
  (value) =>
    typeof value === 'string' && pattern.test(value);
const hex = (bytes: number): Kind => matches(new RegExp(`^[0-9a-f]{${bytes * 2}}$`));
const digest = hex(32);
const id = matches(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);
const text =
  (most: number): Kind =>
  (value) =>
    typeof value === 'string' && value.length >= 1 && value.length <= most && !/\p{Surrogate}/u.test(value);
const count =
  (most: number): Kind =>
  (value) =>
    typeof value === 'number' && Number.isSafeInteger(value) && value >= 1 && value <= most;
const time: Kind = (value) => {
  if (typeof value !== 'string' || value.length > 24) return false;
  const parsed = new Date(value);
  return !isNaN(parsed.getTime()) && parsed.toISOString() === value;
};

const { entrants, tickets, prizes, units, nameChars, reasonChars } = DRAW_LIMITS;
const name = text(nameChars);
const place = count(1_000_000);

const prizeList: Kind = (value) => {
  const isList = list(object({ name, tier: count(prizes), quantity: count(units) }), 1, prizes)(value);
  if (!isList) return false;
  const given = value as { tier: number; quantity: number }[];
  const begins = given.filter(({ tier }, at) => at === 0 || tier !== (given[at - 1] as { tier: number }).tier);
  return (
    new Set(begins.map(({ tier }) => tier)).size === begins.length &&
    given.reduce((sum, { quantity }) => sum + quantity, 0) <= units
  );
};

const terms = object({
  algorithm: is(DRAW_ALGORITHM),
  draw: id,
  event: id,
  title: name,
  prizes: prizeList,
  rules: object({ again: is('never', 'tier', 'always'), absent: is('redraw', 'keep') }),
  entrants: object({ count: count(entrants), tickets: count(tickets), root: digest }),
  names: is('full', 'short', 'number'),
  beacon: either(
    object({
      kind: is('drand'),
      chain: digest,
      publicKey: hex(96),
      genesis: count(4_102_444_800),
      period: count(86_400),
      round: count(Number.MAX_SAFE_INTEGER),
    }),
    object({ kind: is('local'), promise: digest, opensAt: time }),
  ),
  frozenAt: time,
});

const form = either(digest, object({ text: name, salt: hex(16) }));
const said = { n: place, at: time, by: name, hash: digest };
const piece = { prize: count(prizes), unit: count(units), replaces: either(is(null), place) };
const reason = text(reasonChars);
const entry = either(
  object({ ...said, kind: is('won'), ...piece, entrant: count(entrants) }),
  object({ ...said, kind: is('unfilled'), ...piece }),
  object({ ...said, kind: is('absent', 'forfeited'), win: place, reason }),
  object({ ...said, kind: is('claimed'), win: place }),
  object({ ...said, kind: is('cancelled'), reason }),
  object({ ...said, kind: is('completed') }),
);

const MEMBERS: Record<string, Kind> = {
  format: is(PROOF_FORMAT),
  terms,
  commitment: digest,
  entrants: list(object({ number: count(entrants), tickets: count(tickets), full: form, short: form }), 1, entrants),
  evidence: either(is(null), object({ signature: hex(48) }), object({ value: hex(32) })),
  seed: either(is(null), digest),
  ledger: list(entry, 0, 1_000_000),
  head: digest,
  winners: list(object({ prize: count(prizes), unit: count(units), entrant: count(entrants), win: place }), 0, units),
};

export const isProof: Kind = object(MEMBERS);
