/**
 * Test photos made from nothing, the same bytes every time, in Node and in the Workers runtime. Codecs differ in how
 * their WebAssembly is found there, so encoders are handed in (`image-encoders.ts` has those for Node).
 */
export interface TestPixels {
  width: number;
  height: number;
  data: Uint8ClampedArray;
}

export type Rgb = readonly [number, number, number];

/** Colours of the four quarters; each corner is unlike all others, so that any turn or mirror shows. */
export const CORNERS = {
  topLeft: [220, 40, 40],
  topRight: [40, 180, 60],
  bottomLeft: [50, 80, 220],
  bottomRight: [240, 220, 60],
} as const satisfies Record<string, Rgb>;

/** A picture with one colour in each quarter. @param alpha of the bottom right quarter */
export function quarters(width: number, height: number, alpha = 255): TestPixels {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0, at = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, at += 4) {
      const [left, right] =
        y < height / 2 ? [CORNERS.topLeft, CORNERS.topRight] : [CORNERS.bottomLeft, CORNERS.bottomRight];
      const colour = x < width / 2 ? left : right;
      data.set(colour, at);
      data[at + 3] = colour === CORNERS.bottomRight ? alpha : 255;
    }
  }
  return { width, height, data };
}

/** Something as busy as a photograph: waves and grain from a seeded generator. */
export function busy(width: number, height: number, seed = 1): TestPixels {
  const data = new Uint8ClampedArray(width * height * 4);
  const random = seededRandom(seed);
  for (let y = 0, at = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, at += 4) {
      const grain = random() * 24 - 12;
      data[at] = 128 + 90 * Math.sin(x / 37) * Math.cos(y / 53) + grain;
      data[at + 1] = 120 + 80 * Math.sin((x + y) / 71) + grain;
      data[at + 2] = 110 + 70 * Math.cos((x - y) / 29) + grain;
      data[at + 3] = 255;
    }
  }
  return { width, height, data };
}

/** Mulberry32: numbers in [0, 1), the same for the same seed. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function concatBytes(...parts: (Uint8Array | readonly number[])[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text);
const uint32 = (value: number): number[] => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
const uint32Little = (value: number): number[] => uint32(value).toReversed();

const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return (crc ^ 0xffffffff) >>> 0;
}

export function pngChunk(type: string, content: Uint8Array | readonly number[] = []): Uint8Array {
  const typed = concatBytes(ascii(type), content);
  return concatBytes(uint32(content.length), typed, uint32(crc32(typed)));
}

export const pngHeader = (width: number, height: number, colourType = 6, depth = 8): Uint8Array =>
  pngChunk('IHDR', [...uint32(width), ...uint32(height), depth, colourType, 0, 0, 0]);

async function deflate(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** An RGBA PNG. @param extra chunks between header and pixels, such as `eXIf` */
export async function encodePng(
  pixels: { width: number; height: number; data: Uint8Array | Uint8ClampedArray },
  extra: Uint8Array = new Uint8Array(),
): Promise<Uint8Array> {
  const stride = pixels.width * 4;
  const raw = new Uint8Array(pixels.height * (stride + 1));
  for (let y = 0; y < pixels.height; y += 1) {
    raw.set(pixels.data.subarray(y * stride, (y + 1) * stride), y * (stride + 1) + 1);
  }
  const header = pngHeader(pixels.width, pixels.height);
  return concatBytes(PNG_SIGNATURE, header, extra, pngChunk('IDAT', await deflate(raw)), pngChunk('IEND'));
}

/** A well-formed PNG of a few bytes whose header claims this size: nobody has that memory. */
export const hugePngHeader = (width = 30_000, height = 30_000): Uint8Array =>
  concatBytes(
    PNG_SIGNATURE,
    pngHeader(width, height),
    pngChunk('IDAT', [0x78, 0x9c, 3, 0, 0, 0, 0, 1]),
    pngChunk('IEND'),
  );

export interface ExifFields {
  orientation?: number;
  /** `2026:11:21 15:04:05` */
  dateTimeOriginal?: string;
  /** `+01:00` */
  offset?: string;
  /** Digits after the second. */
  fraction?: string;
  gps?: boolean;
}

interface Entry {
  tag: number;
  type: number;
  count: number;
  value: Uint8Array;
}

const text = (tag: number, value: string): Entry => {
  const bytes = ascii(`${value}\0`);
  return { tag, type: 2, count: bytes.length, value: bytes };
};
const short = (tag: number, value: number): Entry => ({
  tag,
  type: 3,
  count: 1,
  value: new Uint8Array([value >> 8, value & 255, 0, 0]),
});
const long = (tag: number, value: number): Entry => ({ tag, type: 4, count: 1, value: new Uint8Array(uint32(value)) });
const rationals = (tag: number, values: number[]): Entry => ({
  tag,
  type: 5,
  count: values.length,
  value: new Uint8Array(values.flatMap((value) => [...uint32(value), ...uint32(1)])),
});

/** One directory with the values that do not fit into its entries right behind it. */
function directory(entries: Entry[], start: number): Uint8Array {
  let free = start + 2 + entries.length * 12 + 4;
  const heads: Uint8Array[] = [];
  const tails: Uint8Array[] = [];
  for (const { tag, type, count, value } of entries.toSorted((one, other) => one.tag - other.tag)) {
    const inline = value.length <= 4;
    const field = inline ? concatBytes(value, new Uint8Array(4 - value.length)) : uint32(free);
    heads.push(concatBytes([tag >> 8, tag & 255, type >> 8, type & 255], uint32(count), field));
    if (inline) continue;
    const padded = concatBytes(value, new Uint8Array(value.length % 2));
    tails.push(padded);
    free += padded.length;
  }
  return concatBytes([0, entries.length], ...heads, uint32(0), ...tails);
}

/** A TIFF structure as EXIF has it, big-endian. */
export function exifTiff(fields: ExifFields): Uint8Array {
  const main: Entry[] = [];
  const detail: Entry[] = [];
  const place: Entry[] = [];
  if (fields.orientation !== undefined) main.push(short(0x0112, fields.orientation));
  if (fields.dateTimeOriginal !== undefined) detail.push(text(0x9003, fields.dateTimeOriginal));
  if (fields.offset !== undefined) detail.push(text(0x9011, fields.offset));
  if (fields.fraction !== undefined) detail.push(text(0x9291, fields.fraction));
  if (fields.gps) {
    place.push(text(1, 'N'), rationals(2, [48, 8, 14]), text(3, 'E'), rationals(4, [11, 34, 31]));
  }
  const pointers = (detailAt: number, placeAt: number): Entry[] => [
    ...main,
    ...(detail.length > 0 ? [long(0x8769, detailAt)] : []),
    ...(place.length > 0 ? [long(0x8825, placeAt)] : []),
  ];
  const detailAt = 8 + directory(pointers(0, 0), 8).length;
  const details = detail.length > 0 ? directory(detail, detailAt) : new Uint8Array();
  const placeAt = detailAt + details.length;
  const places = place.length > 0 ? directory(place, placeAt) : new Uint8Array();
  return concatBytes([0x4d, 0x4d, 0, 42, 0, 0, 0, 8], directory(pointers(detailAt, placeAt), 8), details, places);
}

export function jpegSegment(marker: number, content: Uint8Array): Uint8Array {
  const length = content.length + 2;
  return concatBytes([0xff, marker, length >> 8, length & 255], content);
}

/** Puts a segment right after SOI. */
export const withSegment = (jpeg: Uint8Array, marker: number, content: Uint8Array): Uint8Array =>
  concatBytes(jpeg.subarray(0, 2), jpegSegment(marker, content), jpeg.subarray(2));

export const withExif = (jpeg: Uint8Array, fields: ExifFields): Uint8Array =>
  withSegment(jpeg, 0xe1, concatBytes(ascii('Exif\0\0'), exifTiff(fields)));

export const withOrientation = (jpeg: Uint8Array, orientation: number): Uint8Array => withExif(jpeg, { orientation });

export const pngExif = (fields: ExifFields): Uint8Array => pngChunk('eXIf', exifTiff(fields));

export function webpChunk(name: string, content: Uint8Array | readonly number[]): Uint8Array {
  return concatBytes(ascii(name), uint32Little(content.length), content, new Uint8Array(content.length % 2));
}

export const webpFile = (...chunks: Uint8Array[]): Uint8Array => {
  const body = concatBytes(ascii('WEBP'), ...chunks);
  return concatBytes(ascii('RIFF'), uint32Little(body.length), body);
};

export const webpCanvas = (width: number, height: number, flags: number): Uint8Array =>
  webpChunk('VP8X', [flags, 0, 0, 0, ...uint32Little(width - 1).slice(0, 3), ...uint32Little(height - 1).slice(0, 3)]);

/** Wraps a simple (one-chunk) WebP into the extended format, with EXIF behind the picture. */
export function webpWithExif(webp: Uint8Array, width: number, height: number, fields: ExifFields): Uint8Array {
  return webpFile(webpCanvas(width, height, 0x08), webp.subarray(12), webpChunk('EXIF', exifTiff(fields)));
}

/** Position of the frame header's marker (SOF0 to SOF2). */
function frameAt(jpeg: Uint8Array): number {
  let at = 2;
  while (at < jpeg.length && !(jpeg[at + 1]! >= 0xc0 && jpeg[at + 1]! <= 0xc2)) {
    at += 2 + jpeg[at + 2]! * 256 + jpeg[at + 3]!;
  }
  return at;
}

/** The same JPEG with another size written into its header. */
export function withDeclaredSize(jpeg: Uint8Array, width: number, height: number): Uint8Array {
  const lying = jpeg.slice();
  lying.set([height >> 8, height & 255, width >> 8, width & 255], frameAt(jpeg) + 5);
  return lying;
}

export const truncated = (bytes: Uint8Array, share = 0.6): Uint8Array =>
  bytes.slice(0, Math.floor(bytes.length * share));

export const textAsJpeg = (): Uint8Array => ascii('This is a letter and not a photo.\n'.repeat(40));
