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
  /** @param orientation EXIF's, 1 to 8 @returns 0 when there is no room */
  turnUpright(source: number, width: number, height: number, orientation: number): number;
  toSrgb(picture: number, width: number, height: number, shares: number): void;
  /** @returns a status of `PICTURE_STATUS` */
  measureFeatures(picture: number, width: number, height: number, out: number): number;
}

/** `assembly/picture/status.ts` */
export const PICTURE_STATUS = ['ok', 'bad size', 'no memory', 'too many rows'] as const;

/** `assembly/png/status.ts` */
export const PNG_STATUS = { needInput: 1, done: 3, broken: 4, badHeader: 5, noMemory: 6 } as const;
