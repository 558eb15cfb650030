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
}

/** `assembly/picture/status.ts` */
export const PICTURE_STATUS = ['ok', 'bad size', 'no memory', 'too many rows'] as const;
