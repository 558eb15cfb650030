/** Fraction bits of a cosine, and of what lies between the two steps of `idct.ts`. */
const COSINE_BITS = 15;
const MIDDLE_BITS = 5;

export const FIRST_SHIFT = COSINE_BITS - MIDDLE_BITS;
export const FIRST_ROUNDING = 1 << (FIRST_SHIFT - 1);
export const LAST_SHIFT = COSINE_BITS + MIDDLE_BITS;
/** Level shift (A.3.1) and rounding. */
export const LAST_BIAS = (128 << LAST_SHIFT) + (1 << (LAST_SHIFT - 1));
