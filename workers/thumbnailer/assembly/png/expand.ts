import { GREY, GREY_ALPHA, Header, INDEXED, RGB, RGBA } from './header';

/** RGBA8 of each value of a sample of 8 bits or less: the palette, or shades of grey. */
const COLOURS = memory.data(1_024, 16);
const OPAQUE: u32 = 0xff000000;

/** Where the host writes PLTE and tRNS of an indexed picture: RGBA8, 256 times. */
export function pngColours(): usize {
  return COLOURS;
}

/** Black where the palette has no colour: a photo with a palette that is too short is still looked at. */
export function clearColours(): void {
  for (let index: usize = 0; index < 256; index++) store<u32>(COLOURS + (index << 2), OPAQUE);
}

/** Shades of grey, for samples of 8 bits or less; the host calls for an indexed picture's colours itself. */
export function prepareColours(): void {
  if (Header.colourType !== GREY || Header.depth === 16) return;
  const most: u32 = (1 << Header.depth) - 1;
  for (let value: u32 = 0; value <= most; value++) {
    const shade = (value * 255) / most;
    const alpha = <i32>value === Header.keyRed ? 0 : OPAQUE;
    store<u32>(COLOURS + ((<usize>value) << 2), alpha | (shade * 0x010101));
  }
}

/** Writes a row as RGBA8, and up to 16 bytes behind it. Reads up to 16 bytes behind `from`. */
export function expand(from: usize, to: usize, pixels: i32): void {
  const kind = Header.colourType;
  if (Header.depth === 16) expandDeep(from, to, pixels, kind);
  else if (kind === INDEXED || kind === GREY) expandIndexed(from, to, pixels);
  else if (kind === RGBA) memory.copy(to, from, (<usize>pixels) << 2);
  else if (kind === GREY_ALPHA) expandGreyAlpha(from, to, pixels);
  else if (Header.keyRed >= 0) expandKeyed(from, to, pixels);
  else expandRgb(from, to, pixels);
}

function expandIndexed(from: usize, to: usize, pixels: i32): void {
  const depth = <u32>Header.depth;
  const end = to + ((<usize>pixels) << 2);
  if (depth === 8) {
    for (; to < end; to += 4, from += 1) store<u32>(to, load<u32>(COLOURS + ((<usize>load<u8>(from)) << 2)));
    return;
  }
  // The leftmost pixel stands in the highest bits (7.2).
  const mask: u32 = (1 << depth) - 1;
  let shift: i32 = 8 - depth;
  for (; to < end; to += 4) {
    const value = ((<u32>load<u8>(from)) >> shift) & mask;
    store<u32>(to, load<u32>(COLOURS + ((<usize>value) << 2)));
    shift -= depth;
    if (shift < 0) {
      shift = 8 - depth;
      from += 1;
    }
  }
}

function expandRgb(from: usize, to: usize, pixels: i32): void {
  const opaque = i32x4.splat(OPAQUE);
  for (const end = to + ((<usize>pixels) << 2); to < end; to += 16, from += 12) {
    const four = v128.load(from);
    const spread = i8x16.shuffle(four, opaque, 0, 1, 2, 19, 3, 4, 5, 19, 6, 7, 8, 19, 9, 10, 11, 19);
    v128.store(to, spread);
  }
}

function expandKeyed(from: usize, to: usize, pixels: i32): void {
  const key: u32 = Header.keyRed | (Header.keyGreen << 8) | (Header.keyBlue << 16);
  for (const end = to + ((<usize>pixels) << 2); to < end; to += 4, from += 3) {
    const colour = load<u32>(from) & 0xffffff;
    store<u32>(to, colour === key ? colour : colour | OPAQUE);
  }
}

function expandGreyAlpha(from: usize, to: usize, pixels: i32): void {
  for (const end = to + ((<usize>pixels) << 2); to < end; to += 16, from += 8) {
    const four = v128.load(from);
    v128.store(to, i8x16.shuffle(four, four, 0, 0, 0, 1, 2, 2, 2, 3, 4, 4, 4, 5, 6, 6, 6, 7));
  }
}

function expandDeep(from: usize, to: usize, pixels: i32, kind: i32): void {
  const samples = <usize>(Header.pixelBytes >> 1);
  const isColour = kind === RGB || kind === RGBA;
  const hasAlpha = kind === GREY_ALPHA || kind === RGBA;
  for (const end = to + ((<usize>pixels) << 2); to < end; to += 4, from += samples << 1) {
    const red = deepSample(from);
    const green = isColour ? deepSample(from + 2) : red;
    const blue = isColour ? deepSample(from + 4) : red;
    const isKey =
      <i32>red === Header.keyRed && (!isColour || (<i32>green === Header.keyGreen && <i32>blue === Header.keyBlue));
    const alpha = hasAlpha ? toByte(deepSample(from + ((samples - 1) << 1))) : isKey ? 0 : 255;
    store<u32>(to, toByte(red) | (toByte(green) << 8) | (toByte(blue) << 16) | (alpha << 24));
  }
}

/** Samples of two bytes are written with the higher one first (7.1). */
function deepSample(at: usize): u32 {
  return <u32>bswap<u16>(load<u16>(at));
}

/** The nearest of 256 values: v × 255 ÷ 65,535 (13.12). */
function toByte(sample: u32): u32 {
  return (sample * 255 + 32_895) >> 16;
}
