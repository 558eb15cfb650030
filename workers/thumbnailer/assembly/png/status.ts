/** What `pngStep` answers; `../../codecs/pixels-exports.ts` says the same to the host. The first four are inflate's. */
export const NEED_INPUT: i32 = 1;
export const DONE: i32 = 3;
/** The pixels end, or go on as nothing that deflate or PNG knows. */
export const BROKEN: i32 = 4;
export const BAD_HEADER: i32 = 5;
export const NO_MEMORY: i32 = 6;
