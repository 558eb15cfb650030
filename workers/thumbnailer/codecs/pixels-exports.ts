/** What `assembly/index.ts` exports, as the host sees it: pointers and sizes are numbers, so is a boolean. */
export interface PixelsExports {
  memory: WebAssembly.Memory;

  /** @returns 0 when there is no room */
  reserve(bytes: number): number;
  mark(): number;
  release(to: number): void;
  forget(): void;

  /** @returns a status of `PICTURE_STATUS` */
  openReducer(sourceWidth: number, sourceHeight: number, width: number, height: number, hasAlpha: boolean): number;
  reducerRow(): number;
  pushRow(): number;
  reducerOutput(): number;
  /** @returns 0 when there is no room */
  reducePicture(
    source: number,
    width: number,
    height: number,
    toWidth: number,
    toHeight: number,
    hasAlpha: boolean,
  ): number;

  /** @returns 1 or 0 */
  isOpaquePicture(picture: number, width: number, height: number): number;
  /** @param orientation EXIF's, 1 to 8 @returns 0 when there is no room */
  turnUpright(source: number, width: number, height: number, orientation: number): number;
  toSrgb(picture: number, width: number, height: number, shares: number): void;
  toSrgbByGrid(picture: number, width: number, height: number, grid: number): void;
  /** @returns a status of `PICTURE_STATUS` */
  measureFeatures(picture: number, width: number, height: number, out: number): number;

  /** @returns how many bytes came out; -1 when the stream is broken or does not fit */
  inflateWhole(from: number, bytes: number, to: number, capacity: number): number;

  /** @returns a status of `PNG_STATUS`, 0 being well, as do `pngStart` and `pngStep` */
  pngOpen(width: number, height: number, depth: number, colourType: number, interlaced: boolean): number;
  /** where 256 colours of an indexed picture are written, RGBA8 */
  pngColours(): number;
  pngKey(red: number, green: number, blue: number): void;
  pngStart(width: number, height: number, hasAlpha: boolean): number;
  pngInput(): number;
  pngRoom(): number;
  pngFed(bytes: number, isLast: boolean): void;
  pngStep(): number;
  pngGoodRows(): number;
  pngPicture(): number;
  pngPad(): void;

  /** @returns a status of `PNG_STATUS`, 0 being well, as do `gifStart` and `gifStep` */
  gifOpen(screenWidth: number, screenHeight: number, left: number, top: number, width: number, height: number): number;
  /** where 256 colours are written, RGBA8 */
  gifColours(): number;
  gifStart(depth: number, whole: boolean, width: number, height: number, hasAlpha: boolean): number;
  gifInput(): number;
  gifStep(bytes: number): number;
  gifGoodRows(): number;
  gifRow(row: number, to: number): void;
  gifPad(): void;

  /** @returns a status of `WEBP_STATUS`, as do `webpStart` and `webpDecode` */
  webpOpen(canvasWidth: number, canvasHeight: number, left: number, top: number, width: number, height: number): number;
  /** what lies at `at` is read up to 64 bytes behind its end, as it is by `webpStart` */
  webpAlpha(at: number, bytes: number): void;
  webpStart(at: number, bytes: number, lossless: boolean, width: number, height: number, hasAlpha: boolean): number;
  webpDecode(): number;
  webpGoodRows(): number;
  webpPad(): void;

  /** @returns a status of `JPEG_STATUS`, as all functions below that return one */
  jpegOpen(): number;
  /** @returns how many bytes fit behind `jpegWindow()` */
  jpegRoom(): number;
  jpegWindow(): number;
  jpegFed(bytes: number, isLast: boolean): void;
  jpegHeader(): number;
  jpegWidth(): number;
  jpegHeight(): number;
  jpegComponents(): number;
  jpegIsCostly(): number;
  jpegStart(width: number, height: number): number;
  jpegStep(): number;
  /** in eighths */
  jpegScale(): number;
  jpegGoodRows(): number;
  jpegIsWhole(): number;
}

/** `assembly/picture/status.ts` */
export const PICTURE_STATUS = ['ok', 'bad size', 'no memory', 'too many rows'] as const;

/** `assembly/png/status.ts` */
export const PNG_STATUS = { needInput: 1, done: 3, broken: 4, badHeader: 5, noMemory: 6 } as const;

/** `assembly/webp/status.ts` */
export const WEBP_STATUS = { ok: 0, broken: 1, noMemory: 2, wrongSize: 3, unsupported: 4 } as const;

/** `assembly/jpeg/status.ts` */
export const JPEG_STATUS = { done: 0, needInput: 1, more: 2 } as const;

export type JpegFault = 'damaged' | 'unsupported' | 'too large';

/** What may be wrong with a file, and how it is told. */
export const JPEG_FAULTS: Readonly<Record<number, { fault: JpegFault; message: string }>> = {
  16: { fault: 'damaged', message: 'The file is no JPEG' },
  17: { fault: 'damaged', message: 'A segment of the JPEG makes no sense' },
  18: { fault: 'damaged', message: 'The JPEG ends before its picture begins' },
  19: { fault: 'unsupported', message: 'The JPEG is arithmetic, lossless or hierarchical' },
  20: { fault: 'unsupported', message: 'The JPEG has more than 8 bits a sample' },
  21: { fault: 'unsupported', message: 'The JPEG has neither 1, 3 nor 4 components' },
  22: { fault: 'unsupported', message: 'The sampling of the JPEG is not one that cameras write' },
  23: { fault: 'too large', message: 'The JPEG has too many pixels' },
  24: { fault: 'damaged', message: 'The JPEG has more scans than any program writes' },
  25: { fault: 'too large', message: 'The JPEG needs more memory than there is' },
};
