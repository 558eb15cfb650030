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
  /** @param orientation EXIF's, 1 to 8 @returns 0 when there is no room */
  turnUpright(source: number, width: number, height: number, orientation: number): number;
  toSrgb(picture: number, width: number, height: number, shares: number): void;
  /** @returns a status of `PICTURE_STATUS` */
  measureFeatures(picture: number, width: number, height: number, out: number): number;
}

/** `assembly/picture/status.ts` */
export const PICTURE_STATUS = ['ok', 'bad size', 'no memory', 'too many rows'] as const;
