export { jpegGoodRows, jpegIsCostly, jpegHeader, jpegOpen, jpegStart, jpegStep } from './decoder';
export { jpegComponents, jpegHeight, jpegWidth } from './frame';
export { jpegScale } from './scale';
export { jpegIsWhole } from './soundness';
export { jpegFed, jpegRoom, jpegWindow } from './window';
