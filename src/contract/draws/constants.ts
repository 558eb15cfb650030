/*
 * What pages need of a proof without the schemas.
 */

export const DRAW_ALGORITHM = 'momentique-draw-1';
export const PROOF_FORMAT = 'momentique-draw-proof-1';

/** The network of drand that is trusted, with a new round every three seconds. Source: https://docs.drand.love/blog/2023/10/16/quicknet-is-live */
export const QUICKNET = {
  chain: '52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971',
  publicKey:
    '83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d106451' +
    '0d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a',
  genesis: 1_692_803_367,
  period: 3,
} as const;

export const DRAW_LIMITS = {
  entrants: 50_000,
  /** of all entrants together */
  tickets: 500_000,
  prizes: 100,
  /** pieces of all prizes together */
  units: 1_000,
  nameChars: 120,
  reasonChars: 300,
} as const;

/** In the order in which a verifier goes through them. */
export const PROOF_STEPS = [
  'format',
  'commitment',
  'entrants',
  'beacon',
  'seed',
  'ledger',
  'selection',
  'winners',
] as const;
export type ProofStep = (typeof PROOF_STEPS)[number];
