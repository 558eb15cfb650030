/** What the functions of this folder answer with; `../../codecs/pixels-exports.ts` says the same to the host. */
export const OK: i32 = 0;
/** A size that cannot be: none, larger than the source, or beyond the limits. */
export const BAD_SIZE: i32 = 1;
/** The memory's maximum is reached. */
export const NO_MEMORY: i32 = 2;
/** There are no more rows to come. */
export const TOO_MANY_ROWS: i32 = 3;
