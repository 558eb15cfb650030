/** What the exported functions of this folder return; `../../codecs/jpeg-stream.ts` has words for them. */

/** The header is read, the picture is complete. */
export const DONE = 0;
/** Nothing more can be done before the host has fed the window. */
export const NEED_INPUT = 1;
/** Call again. */
export const MORE = 2;

export const NOT_JPEG = 16;
/** What a segment says cannot be. */
export const BAD_SEGMENT = 17;
/** The file ends before its picture begins. */
export const NO_PICTURE = 18;
/** Arithmetic coding, lossless, hierarchical, or a height that is told after the picture. */
export const UNSUPPORTED_PROCESS = 19;
/** 12 bits a sample. */
export const UNSUPPORTED_PRECISION = 20;
/** Neither 1, 3 nor 4 components. */
export const UNSUPPORTED_COMPONENTS = 21;
/** Components whose sizes are no whole multiples of one another. */
export const UNSUPPORTED_SAMPLING = 22;
export const TOO_MANY_PIXELS = 23;
export const TOO_MANY_SCANS = 24;
export const NO_MEMORY = 25;
/** Called in an order that is none. */
export const BAD_CALL = 26;
