import sharp, { type JpegOptions, type Sharp } from 'sharp';
import { concatBytes, jpegSegment, pngChunk, webpChunk } from './images.ts';

/* Files that say where they were taken in every place we know of. Each says so in these very words and numbers. */

/** What must be found nowhere in a public file. */
export const SECRETS = [
  'LATITUDE-4813',
  'SERIAL-4711',
  'OWNER-ADA',
  '+48.1374+011.5755/',
  'Leopoldstrasse',
  '\x01\x02\xca\xfe\xba\x5e',
] as const;
const [PLACE, SERIAL, OWNER, ISO6709, STREET, COORDINATES] = SECRETS;

const latin = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));
const be32 = (value: number): number[] => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];

/** Whether any of the secrets stands in these bytes. */
export function secretsIn(bytes: Uint8Array): string[] {
  const text = Buffer.from(bytes).toString('latin1');
  const wide = Buffer.from(bytes).toString('utf16le');
  return SECRETS.filter((secret) => text.includes(secret) || wide.includes(secret));
}

/** 48° 8′ 14″ north, 11° 34′ 30″ west. */
export const REAL_PLACE = [
  [48, 8, 14],
  [11, 34, 30],
] as const;

/**
 * Little-endian EXIF with a serial number, an owner, a maker note, GPS and a thumbnail.
 * @param isReal coordinates that are some, instead of ones that are found again by their bytes
 */
export function locatedTiff(orientation: number, isReal = false): Uint8Array {
  const le16 = (value: number): number[] => [value & 255, value >> 8];
  const le32 = (value: number): number[] => be32(value).toReversed();
  const out: number[] = [...latin('II'), ...le16(42), ...le32(8)];
  type Row = [tag: number, type: number, count: number, value: number[]];
  const directory = (rows: Row[], next: (at: number) => number): void => {
    let free = out.length + 2 + rows.length * 12 + 4;
    const start = free;
    const tail: number[] = [];
    out.push(...le16(rows.length));
    for (const [tag, type, count, value] of rows) {
      out.push(...le16(tag), ...le16(type), ...le32(count));
      if (value.length <= 4) out.push(...value, ...Array<number>(4 - value.length).fill(0));
      else {
        out.push(...le32(free));
        tail.push(...value);
        free = start + tail.length;
      }
    }
    out.push(...le32(next(free)), ...tail);
  };
  const ascii = (tag: number, words: string): Row => [tag, 2, words.length + 1, [...latin(words), 0]];
  const sizes = { main: 2 + 4 * 12 + 4 + 16, detail: 2 + 5 * 12 + 4 + 20 + 7 + 12 + 10 + 14 };
  const detailAt = 8 + sizes.main;
  const gpsAt = detailAt + sizes.detail;
  directory(
    [
      ascii(0x010f, 'SERIAL-4711 Inc'),
      [0x0112, 3, 1, le16(orientation)],
      [0x8769, 4, 1, le32(detailAt)],
      [0x8825, 4, 1, le32(gpsAt)],
    ],
    () => 0,
  );
  if (out.length !== detailAt) throw new Error(`detail at ${out.length}, not ${detailAt}`);
  directory(
    [
      ascii(0x9003, '2026:11:21 15:04:05'),
      ascii(0x9011, '+01:00'),
      ascii(0xa431, SERIAL),
      ascii(0xa430, OWNER),
      [0x927c, 7, 14, [...latin(PLACE), 0]],
    ],
    () => 0,
  );
  if (out.length !== gpsAt) throw new Error(`gps at ${out.length}, not ${gpsAt}`);
  const rational = [...latin(COORDINATES), 0, 0];
  const rationals = (degrees: readonly number[]): number[] =>
    degrees.flatMap((part) => (isReal ? [...le32(part), ...le32(1)] : rational));
  directory(
    [
      ascii(1, 'N'),
      [2, 5, 3, rationals(REAL_PLACE[0])],
      ascii(3, 'W'),
      [4, 5, 3, rationals(REAL_PLACE[1])],
      ascii(0x001c, STREET),
    ],
    () => 0,
  );
  // A thumbnail with words of its own.
  return concatBytes(out, [0xff, 0xd8], jpegSegment(0xfe, latin(PLACE)), [0xff, 0xd9]);
}

export const locatedXmp = (): Uint8Array =>
  latin(
    `<?xpacket begin='' id='W5M0MpCehiHzreSzNTczkc9d'?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:exif="http://ns.adobe.com/exif/1.0/" exif:GPSLatitude="${PLACE}" aux="${SERIAL}" city="${STREET}"/></rdf:RDF></x:xmpmeta><?xpacket end='w'?>`,
  );
const locatedText = (): Uint8Array => latin(`${PLACE} ${SERIAL} ${OWNER} ${ISO6709} ${STREET} ${COORDINATES}`);

const [WIDTH, HEIGHT] = [61, 43];
/** A picture of 61 × 43 with something to see in it; or several, one after another. */
const picture = (pages = 1): Sharp => {
  const height = HEIGHT * pages;
  const data = Uint8Array.from({ length: WIDTH * height * 3 }, (_, index) => (index * index * 7 + index) % 251);
  return sharp(data, { raw: { width: WIDTH, height, channels: 3, pageHeight: HEIGHT } });
};

const EXIF_HEAD = latin('Exif\0\0');
const XMP_HEAD = latin('http://ns.adobe.com/xap/1.0/\0');

/** @param orientation 1–8 */
export async function locatedJpeg(orientation = 6, options: JpegOptions = {}, isReal = false): Promise<Uint8Array> {
  const jpeg = new Uint8Array(await picture().withIccProfile('p3').jpeg(options).toBuffer());
  const scan = jpeg.lastIndexOf(0xda) - 1;
  if (scan < 0) throw new Error('no scan');
  const second = concatBytes([0xff, 0xd8], jpegSegment(0xe1, concatBytes(EXIF_HEAD, locatedTiff(1))), jpeg.subarray(2));
  return concatBytes(
    [0xff, 0xd8],
    jpegSegment(0xe0, concatBytes(latin('JFIF\0\x01\x02\x00\0\x01\0\x01\x02\x01'), latin('SERI'), [0, 0])),
    jpegSegment(0xe0, concatBytes(latin('JFXX\0\x10'), locatedText())),
    jpegSegment(0xe1, concatBytes(EXIF_HEAD, locatedTiff(orientation, isReal))),
    jpegSegment(0xe1, concatBytes(XMP_HEAD, locatedXmp())),
    jpegSegment(0xe1, concatBytes(latin('http://ns.adobe.com/xmp/extension/\0'), locatedXmp())),
    [0xff, 0xff],
    jpegSegment(0xe2, concatBytes(latin('MPF\0'), locatedText())),
    jpegSegment(0xe2, concatBytes(latin('FPXR\0'), locatedText())),
    jpegSegment(0xe5, locatedText()),
    jpegSegment(0xeb, concatBytes(latin('JP\0\x01jumb'), locatedText())),
    jpegSegment(0xed, concatBytes(latin('Photoshop 3.0\x008BIM\x04\x04\0\0'), locatedText())),
    jpegSegment(0xfe, locatedText()),
    jpegSegment(0xe1, concatBytes(EXIF_HEAD, locatedTiff(3))),
    jpeg.subarray(2),
    second,
    locatedMp4(),
    latin(`SEFT${PLACE}`),
  );
}

export async function locatedPng(orientation = 6, isReal = false): Promise<Uint8Array> {
  const png = new Uint8Array(await picture().withIccProfile('p3').png().toBuffer());
  const itxt = (key: string, text: Uint8Array) => pngChunk('iTXt', concatBytes(latin(`${key}\0\0\0\0\0`), text));
  const words = concatBytes(
    pngChunk('tEXt', concatBytes(latin('Comment\0'), locatedText())),
    pngChunk('tIME', [7, 234, 11, 21, 15, 4, 5]),
    itxt('XML:com.adobe.xmp', locatedXmp()),
    pngChunk('zTXt', concatBytes(latin(`${STREET}\0\0`), [0x78, 0x9c])),
    pngChunk('caBX', locatedText()),
    pngChunk('tEXt', []),
  );
  const end = png.length - 12;
  return concatBytes(
    png.subarray(0, 33),
    pngChunk('eXIf', locatedTiff(orientation, isReal)),
    words,
    png.subarray(33, end),
    words,
    pngChunk('eXIf', locatedTiff(1)),
    png.subarray(end),
    locatedText(),
  );
}

const riff = (chunks: Uint8Array): Uint8Array =>
  concatBytes(latin('RIFF'), be32(chunks.length + 4).toReversed(), latin('WEBP'), chunks);

/** @param isAnimated two frames instead of a still picture */
export async function locatedWebp(orientation = 6, isAnimated = false, isReal = false): Promise<Uint8Array> {
  const pages = isAnimated ? 2 : 1;
  const body = new Uint8Array(await picture(pages).withIccProfile('p3').webp({ loop: 2 }).toBuffer()).slice(12);
  body[8]! |= 0x0c;
  return concatBytes(
    riff(
      concatBytes(
        body,
        webpChunk('EXIF', locatedTiff(orientation, isReal)),
        webpChunk('XMP ', locatedXmp()),
        webpChunk('LOCA', locatedText()),
        webpChunk('EXIF', locatedTiff(1)),
      ),
    ),
    locatedText(),
  );
}

export async function locatedGif(): Promise<Uint8Array> {
  const gif = new Uint8Array(await picture(2).gif({ loop: 3 }).toBuffer());
  const table = gif[10]! & 0x80 ? 3 * 2 ** ((gif[10]! & 7) + 1) : 0;
  const start = 13 + table;
  const comment = (text: Uint8Array) => concatBytes([0x21, 0xfe, text.length], text, [0]);
  const trailer = Array.from({ length: 256 }, (_, index) => 255 - index);
  const xmp = concatBytes([0x21, 0xff, 11], latin('XMP DataXMP'), locatedXmp(), [1], trailer, [0]);
  const odd = concatBytes(locatedText(), latin(locatedText().length % 2 ? '' : '!'));
  return concatBytes(
    gif.subarray(0, start),
    comment(odd),
    xmp,
    comment(concatBytes(odd, latin('!'))),
    concatBytes([0x21, 0xfe, 0]),
    [0x21, 0x01, 12],
    latin(PLACE.slice(0, 12)),
    [3],
    latin('abc'),
    [0],
    gif.subarray(start, -1),
    comment(odd),
    [0x3b],
    locatedText(),
  );
}

/** libheif's own boxes, with EXIF and XMP as items and what vendors put behind them. */
export async function locatedAvif(): Promise<Uint8Array> {
  const avif = await picture()
    .withExif({
      IFD0: { Make: SERIAL, Artist: OWNER },
      IFD2: { BodySerialNumber: SERIAL },
      IFD3: { GPSLatitudeRef: 'N', GPSAreaInformation: PLACE },
    })
    .withXmp(Buffer.from(locatedXmp()).toString('latin1'))
    .avif({ quality: 60 })
    .toBuffer();
  return concatBytes(
    new Uint8Array(avif),
    box('mpvd', locatedMp4()),
    box('uuid', locatedText()),
    box('free', locatedText()),
  );
}

/* ---- boxes by hand ---- */

export const box = (type: string, ...parts: (Uint8Array | readonly number[])[]): Uint8Array => {
  const body = concatBytes(...parts);
  return concatBytes(be32(body.length + 8), latin(type), body);
};
export const fullBox = (type: string, version: number, ...parts: (Uint8Array | readonly number[])[]): Uint8Array =>
  box(type, [version, 0, 0, 0], ...parts);

const be16 = (value: number): number[] => [value >> 8, value & 255];
const handler = (kind: string): Uint8Array =>
  fullBox('hdlr', 0, be32(0), latin(kind), be32(0), be32(0), be32(0), latin(`${OWNER}\0`));

export interface HandmadeItem {
  id: number;
  type: string;
  content: Uint8Array;
  /** construction method: 0 in `mdat`, 1 in `idat` */
  method: 0 | 1;
  /** pieces that the content is cut into */
  extents?: number;
}

/** A HEIC whose picture is no picture: for what its items say. */
export function handmadeHeic(items: HandmadeItem[], version: 0 | 1 | 2 = 1): Uint8Array {
  const inData = concatBytes(...items.filter(({ method }) => method === 0).map(({ content }) => content));
  const inIdat = concatBytes(...items.filter(({ method }) => method === 1).map(({ content }) => content));
  const build = (dataAt: number): Uint8Array => {
    const at = [dataAt, 0];
    const id = (value: number) => (version === 2 ? be32(value) : be16(value));
    const places = items.map((item) => {
      const count = item.extents ?? 1;
      const step = Math.ceil(item.content.length / count);
      const extents = Array.from({ length: count }, (_, index) => {
        const length = Math.min(step, item.content.length - index * step);
        const field = [...be32(at[item.method]!), ...be32(length)];
        at[item.method]! += length;
        return field;
      }).flat();
      return [...id(item.id), ...(version === 0 ? [] : be16(item.method)), ...be16(0), ...be16(count), ...extents];
    });
    const entries = items.map(({ id: item, type }) =>
      version === 2
        ? fullBox('infe', 3, be32(item), be16(0), latin(type), latin(`${OWNER}\0`))
        : fullBox('infe', 2, be16(item), be16(0), latin(type), latin(`${OWNER}\0`)),
    );
    const meta = fullBox(
      'meta',
      0,
      handler('pict'),
      fullBox('pitm', 0, be16(1)),
      fullBox('iinf', 0, be16(items.length), ...entries),
      box('iprp', box('ipco', box('ispe', be32(0), be32(64), be32(64)), fullBox('udes', 0, locatedText()))),
      box('idat', inIdat),
      box('xml ', locatedXmp()),
      fullBox(
        'iloc',
        version,
        be16(0x4400),
        version === 2 ? be32(items.length) : be16(items.length),
        ...places.map((one) => Uint8Array.from(one)),
      ),
    );
    return concatBytes(box('ftyp', latin('heic'), be32(0), latin('mif1heic')), meta, box('mdat', inData));
  };
  const at = build(0).length - inData.length;
  return build(at);
}

/** The item as ISO/IEC 23008-12 has it: how far the TIFF structure is away, then that. */
export const exifItem = (orientation: number, isReal = false): Uint8Array =>
  concatBytes(be32(6), EXIF_HEAD, locatedTiff(orientation, isReal));

interface Track {
  id: number;
  kind: string;
  samples: Uint8Array[];
  /** samples in a chunk; a gap is left between chunks */
  perChunk: number;
  large?: boolean;
}

/** What describes a coded picture, with the name that its encoder gives itself. */
const codedPicture = (): Uint8Array =>
  box(
    'av01',
    new Uint8Array(42),
    [SERIAL.length],
    latin(SERIAL.padEnd(31, '\0')),
    new Uint8Array(4),
    box('av1C', [129]),
  );
/** Where else a movie's data could be, as the folders of whoever made it are called. */
const elsewhere = (): Uint8Array =>
  box('dinf', fullBox('dref', 0, be32(1), fullBox('url ', 0, latin(`/home/${OWNER}\0`))));

/** A QuickTime movie of pictures that are none, with a track of places, and words wherever a movie has room for them. */
export function locatedMp4(brand = 'qt  ', isMoovFirst = false): Uint8Array {
  const picture = latin('PICTUREPICTUREPICTURE');
  const place = concatBytes(be32(locatedText().length + 8), be32(1), locatedText());
  const tracks: Track[] = [
    { id: 1, kind: 'vide', samples: [picture, picture, picture], perChunk: 2 },
    { id: 2, kind: 'meta', samples: [place, place, concatBytes(place, [1])], perChunk: 2, large: true },
    { id: 3, kind: 'text', samples: [place, place, place, place], perChunk: 1 },
  ];
  const data: Uint8Array[] = [];
  const places = tracks.map(({ samples, perChunk }) => {
    const chunks: number[] = [];
    samples.forEach((sample, index) => {
      if (index % perChunk === 0) {
        data.push(latin('PICTURE'));
        chunks.push(data.reduce((sum, part) => sum + part.length, 0));
      }
      data.push(sample);
    });
    return chunks;
  });
  const udta = box(
    'udta',
    box('\xa9xyz', be16(ISO6709.length), be16(0x15c7), latin(ISO6709)),
    box('loci', locatedText()),
    box('\xa9mak', latin(SERIAL)),
    fullBox('meta', 0, handler('mdir'), box('ilst', locatedText())),
    be32(0),
  );
  const meta = box(
    'meta',
    handler('mdta'),
    fullBox('keys', 0, be32(1), box('mdta', latin('com.apple.quicktime.location.ISO6709'))),
    box('ilst', box('\0\0\0\x01', box('data', be32(1), be32(0), latin(ISO6709)))),
  );
  const build = (dataAt: number): Uint8Array => {
    const traks = tracks.map(({ id, kind, samples, perChunk, large }, index) => {
      const isSame = samples.every(({ length }) => length === samples[0]!.length);
      const chunks = places[index]!.map((place) => place + dataAt);
      const stbl = box(
        'stbl',
        fullBox('stsd', 0, be32(1), kind === 'vide' ? codedPicture() : box('mebx', locatedText())),
        fullBox('stts', 0, be32(1), be32(samples.length), be32(1)),
        fullBox('stsc', 0, be32(1), be32(1), be32(perChunk), be32(1)),
        isSame
          ? fullBox('stsz', 0, be32(samples[0]!.length), be32(samples.length))
          : fullBox('stsz', 0, be32(0), be32(samples.length), ...samples.map(({ length }) => be32(length))),
        large
          ? fullBox('co64', 0, be32(chunks.length), ...chunks.map((at) => [...be32(0), ...be32(at)]))
          : fullBox('stco', 0, be32(chunks.length), ...chunks.map(be32)),
      );
      return box(
        'trak',
        fullBox('tkhd', 0, be32(0), be32(0), be32(id), be32(0), new Uint8Array(64)),
        box('tref', box('cdsc', be32(1))),
        box(
          'mdia',
          fullBox('mdhd', 0, new Uint8Array(20)),
          handler(kind),
          box('minf', kind === 'vide' ? fullBox('vmhd', 1, new Uint8Array(8)) : fullBox('nmhd', 0), elsewhere(), stbl),
        ),
        udta,
        box('uuid', locatedText()),
      );
    });
    const head = box('ftyp', latin(brand), be32(0), latin(brand));
    const moov = box('moov', fullBox('mvhd', 0, new Uint8Array(96)), ...traks, udta, meta);
    const tail = concatBytes(box('free', locatedText()), box('wide'));
    const mdat = box('mdat', ...data);
    return isMoovFirst
      ? concatBytes(head, moov, tail, mdat)
      : concatBytes(head, tail, mdat, moov, box('udta', locatedText()));
  };
  const built = build(0);
  const first = Buffer.from(built).indexOf('mdat', 0, 'latin1') + 4;
  return build(first);
}

/* ---- Matroska by hand ---- */

/** @param isLive of unknown size, as recorders of browsers write what they record */
const element = (id: number[], body: Uint8Array, isLive = false): Uint8Array =>
  concatBytes(id, isLive ? [0x01, 255, 255, 255, 255, 255, 255, 255] : [0x08, ...be32(body.length)], body);

/** What a recorder knows of where it was, as an element. */
export const locatedTags = (): Uint8Array => element([0x12, 0x54, 0xc3, 0x67], locatedText());

export function locatedWebm(isLive = false): Uint8Array {
  const tags = locatedTags();
  const info = element(
    [0x15, 0x49, 0xa9, 0x66],
    concatBytes(
      element([0x2a, 0xd7, 0xb1], Uint8Array.of(0x0f, 0x42, 0x40)),
      element([0x4d, 0x80], latin(SERIAL)),
      element([0x57, 0x41], latin(OWNER)),
      element([0x7b, 0xa9], locatedText()),
      concatBytes([0xbf, 0x84], [1, 2, 3, 4]),
    ),
  );
  const tracks = element(
    [0x16, 0x54, 0xae, 0x6b],
    element([0xae], concatBytes([0xd7, 0x81, 1, 0x83, 0x81, 1], element([0x53, 0x6e], latin(PLACE)))),
  );
  const cluster = element(
    [0x1f, 0x43, 0xb6, 0x75],
    concatBytes([0xe7, 0x81, 0], element([0xa3], latin('PICTURE'))),
    isLive,
  );
  const attachments = element([0x19, 0x41, 0xa4, 0x69], locatedText());
  const body = concatBytes(tags, info, tracks, attachments, cluster, cluster, tags);
  const header = element([0x1a, 0x45, 0xdf, 0xa3], concatBytes([0x42, 0x82, 0x84], latin('webm')));
  return concatBytes(header, element([0x18, 0x53, 0x80, 0x67], body, isLive));
}
