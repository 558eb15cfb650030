/** RGBA, 8 bits each, row by row, colours not multiplied by alpha. `data` has width × height × 4 bytes. */
export interface Pixels {
  width: number;
  height: number;
  data: Uint8Array | Uint8ClampedArray;
}

/**
 * Receives decoded pixels while they lie in the decoder's own memory, which is gone when it returns: a photo of
 * 12 megapixels is 50 MB, and a second copy of it does not fit beside the first in an isolate of 128 MB.
 */
export type UsePixels<Result> = (pixels: Pixels) => Result;

/** The codec refused the bytes. Repeating cannot help. */
export class DecodeError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'DecodeError';
  }
}
