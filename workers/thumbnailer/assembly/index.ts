/** What the host may call; see `../codecs/` for who does. */
export { forget, mark, release, reserve } from './arena';
export { openReducer, pushRow, reducerOutput, reducerRow } from './picture/reducer';
export { isOpaquePicture, reducePicture } from './picture/picture';
export {
  pngFed,
  pngGoodRows,
  pngInput,
  pngKey,
  pngOpen,
  pngPad,
  pngPicture,
  pngRoom,
  pngStart,
  pngStep,
} from './png/decoder';
export { pngColours } from './png/expand';
export { inflateWhole } from './inflate/whole';
export { toSrgb } from './picture/colour';
export { toSrgbByGrid } from './picture/colour-grid';
export { measureFeatures } from './picture/features';
export { turnUpright } from './picture/turn';
export * from './jpeg/index';
export { gifColours, gifGoodRows, gifInput, gifOpen, gifPad, gifRow, gifStart, gifStep } from './gif/decoder';
export { webpAlpha, webpDecode, webpGoodRows, webpOpen, webpPad, webpStart } from './webp/decoder';
