import { swapsSides, type Orientation } from '../orientation.ts';
import { PICTURE_STATUS, type PixelsExports } from './pixels-exports.ts';

/** What the module calls while it works. All offsets point into its memory. */
export interface PixelsImports {
  /** A JPEG's APPn segment, without its marker and length. */
  segment(marker: number, at: number, bytes: number): void;
}

export interface PixelsInstance {
  /** Not those of before a `renew`. */
  readonly exports: PixelsExports;
  /** The memory as it is now; a view is dead as soon as the module asks for more. */
  view(at: number, bytes: number): Uint8Array<ArrayBuffer>;
  /** Size of the memory, which never shrinks. */
  bytes(): number;
  /** Who hears what the module calls, until the run ends or another one listens. */
  listen(imports: PixelsImports | undefined): void;
  /**
   * Goes on in a fresh memory that holds nothing but this picture: for who has decoded a large photo, and needs the
   * isolate's memory for an encoder now. @returns where the picture lies there
   */
  renew(picture: Picture): Picture;
}

/** An instance as `createPixels` sees it. */
interface KeptInstance extends PixelsInstance {
  /** Most bytes that any of its memories had. */
  largest(): number;
}

export interface PixelsModule {
  /**
   * Runs `work` on an instance whose arena is empty. One that throws or has grown beyond the limit is dropped
   * afterwards; another one is made while one is at work.
   */
  run<Result>(work: (pixels: PixelsInstance) => Result | Promise<Result>): Promise<Result>;
  /** Most bytes of memory that any run took. */
  memoryBytes(): number;
}

/** A common photo's rendition and what reduces it take less. */
const KEPT_MAX_BYTES = 16 * 1024 * 1024;

/** The module is compiled at deployment (the runtime forbids compiling), so it is handed in; see `modules.ts`. */
export function createPixels(module: WebAssembly.Module, keptMaxBytes = KEPT_MAX_BYTES): PixelsModule {
  let idle: KeptInstance | undefined;
  let peakBytes = 0;
  return {
    async run(work) {
      const pixels = idle ?? start(module);
      // Taken out while it works, so that an instance that throws is never seen again.
      idle = undefined;
      try {
        const result = await work(pixels);
        if (pixels.bytes() <= keptMaxBytes) {
          pixels.exports.forget();
          idle = pixels;
        }
        return result;
      } finally {
        pixels.listen(undefined);
        peakBytes = Math.max(peakBytes, pixels.largest());
      }
    },
    memoryBytes: () => peakBytes,
  };
}

function start(module: WebAssembly.Module): KeptInstance {
  let listener: PixelsImports | undefined;
  let before = 0;
  const abort = (): never => {
    throw new Error('The pixels module gave up');
  };
  const env = {
    abort,
    segment: (marker: number, at: number, bytes: number) => listener?.segment(marker, at >>> 0, bytes),
  };
  const instantiate = () => new WebAssembly.Instance(module, { env }).exports as unknown as PixelsExports;
  let exports = instantiate();
  const pixels: KeptInstance = {
    get exports() {
      return exports;
    },
    view: (at, bytes) => new Uint8Array(exports.memory.buffer, at, bytes),
    bytes: () => exports.memory.buffer.byteLength,
    renew(picture) {
      const data = picturePixels(pixels, picture);
      before = Math.max(before, pixels.bytes());
      exports = instantiate();
      return placePixels(pixels, { ...picture, data });
    },
    listen(imports) {
      listener = imports;
    },
    largest: () => Math.max(before, pixels.bytes()),
  };
  return pixels;
}

/** A picture in the module's memory: RGBA, 8 bits each, row by row. */
export interface Picture {
  at: number;
  width: number;
  height: number;
}

/** @throws when the module has no memory left */
export function reducePixels(
  { exports }: PixelsInstance,
  from: Picture,
  width: number,
  height: number,
  hasAlpha: boolean,
): Picture {
  const at = exports.reducePicture(from.at, from.width, from.height, width, height, hasAlpha) >>> 0;
  if (at === 0) throw new Error(`No room to reduce ${from.width} × ${from.height} to ${width} × ${height} pixels`);
  return { at, width, height };
}

/**
 * Turns a picture upright, where it lies if its sides need not be swapped.
 * @throws when the module has no memory left
 */
export function turnPixels({ exports }: PixelsInstance, from: Picture, orientation: Orientation): Picture {
  const at = exports.turnUpright(from.at, from.width, from.height, orientation) >>> 0;
  if (at === 0) throw new Error(`No room to turn ${from.width} × ${from.height} pixels`);
  return swapsSides(orientation) ? { at, width: from.height, height: from.width } : { ...from, at };
}

/** @throws unless `status` is that of success */
export function expectOk(status: number): void {
  if (status !== 0) throw new Error(`The pixels module refused: ${PICTURE_STATUS[status] ?? status}`);
}

/** Whether nothing is seen through a picture, though its file could have it. */
export const isOpaque = ({ exports }: PixelsInstance, { at, width, height }: Picture): boolean =>
  Boolean(exports.isOpaquePicture(at, width, height));

/** Copies a picture into the module's memory. */
export function placePixels(
  pixels: PixelsInstance,
  from: { width: number; height: number; data: Uint8Array | Uint8ClampedArray },
): Picture {
  const bytes = from.width * from.height * 4;
  // Readers take whole vectors, so some bytes behind the picture must exist.
  const at = pixels.exports.reserve(bytes + 64) >>> 0;
  if (at === 0) throw new Error(`No room for ${from.width} × ${from.height} pixels`);
  pixels.view(at, bytes).set(from.data.subarray(0, bytes));
  return { at, width: from.width, height: from.height };
}

/** The bytes of a picture where they lie: dead as soon as the module asks for more memory. */
export const picturePixels = (pixels: PixelsInstance, { at, width, height }: Picture): Uint8Array<ArrayBuffer> =>
  pixels.view(at, width * height * 4);
