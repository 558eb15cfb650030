/** What the functions of this folder answer with; `../../codecs/pixels-exports.ts` says the same to the host. */
export const OK: i32 = 0;
/** The picture ends too early, or says something that cannot be. */
export const BROKEN: i32 = 1;
/** The memory's maximum is reached. */
export const NO_MEMORY: i32 = 2;
/** The picture has another size than the file said. */
export const WRONG_SIZE: i32 = 3;
export const UNSUPPORTED: i32 = 4;
