import { fourCharacters } from './containers/boxes.ts';
import type { BoxWalk } from './containers/boxes.ts';
import { parseHeif } from './containers/heif-rules.ts';
import { parseMovie } from './containers/movie-rules.ts';
import { parseWebm } from './containers/webm-rules.ts';
import { parseGif } from './gif-rules.ts';
import { take, unsupported } from './input.ts';
import type { ImageFindings, ImageLimits, ImageParser, ImagePosition } from './input.ts';
import type { PhotoType } from '../../contract/photos.ts';
import { parseJpeg } from './jpeg-rules.ts';
import { parsePng } from './png-rules.ts';
import { parseWebp } from './webp-rules.ts';

const PNG_REST = [0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const AVIF_BRANDS = new Set(['avif', 'avis']);
const HEIC_BRANDS = new Set(['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'hevm', 'hevs']);
/** Brands that say no more than the kind of container; what is in it stands among the compatible ones. */
const HEIF_BRANDS = new Set(['mif1', 'mif2', 'msf1', 'miaf']);
const MOVIE_BRAND = /^(iso\d|mp4[12]|avc1|M4V[ HP]|MSNV|mmp4|dash|f4v |3g[2p]\w|XAVC|hvc1|hev1)$/;
/** What QuickTime files of before 2001 begin with; cameras of after 2010 still do. */
const OLD_QUICKTIME = new Set(['moov', 'mdat', 'wide', 'free', 'skip', 'pnot']);
const FTYP_MAX_BYTES = 4_096;

/** Recognises a file by its first bytes and reads it. @param found is told the type as soon as it is known */
export function* sniff(
  limits: ImageLimits,
  position: ImagePosition,
  found: { type?: PhotoType },
): ImageParser<ImageFindings> {
  const know = (type: PhotoType): void => {
    if (limits.types && !limits.types.includes(type)) throw unsupported('This kind of file is not taken here.');
    found.type = type;
  };
  const magic = (yield* take(2)).getUint16(0);
  if (magic === 0xffd8) {
    know('image/jpeg');
    return yield* parseJpeg(limits, position);
  }
  if (magic === 0x8950) {
    const rest = yield* take(PNG_REST.length);
    if (!PNG_REST.every((byte, at) => rest.getUint8(at) === byte)) throw stranger();
    know('image/png');
    return yield* parsePng(limits);
  }
  if (magic === 0x4749) {
    const rest = yield* take(4);
    if (!['F87a', 'F89a'].includes(fourCharacters(rest, 0))) throw stranger();
    know('image/gif');
    return yield* parseGif(limits, position);
  }
  if (magic === 0x1a45) {
    if ((yield* take(2)).getUint16(0) !== 0xdfa3) throw stranger();
    know('video/webm');
    return yield* parseWebm(limits, position);
  }
  const rest = yield* take(6);
  const size = magic * 65_536 + rest.getUint16(0);
  const kind = fourCharacters(rest, 2);
  if (kind === 'ftyp') return yield* readBrands(size, limits, position, know);
  if (OLD_QUICKTIME.has(kind)) {
    know('video/quicktime');
    return yield* parseMovie('video/quicktime', { position, boxes: 0 }, limits, { size, type: kind });
  }
  // `RI` and then `FF`, four bytes of size, `WEBP`.
  if (magic === 0x5249 && rest.getUint16(0) === 0x4646) {
    const riffBytes = rest.getUint32(2, true);
    if (fourCharacters(yield* take(4), 0) !== 'WEBP') throw stranger();
    know('image/webp');
    return yield* parseWebp(limits, riffBytes);
  }
  throw stranger();
}

function* readBrands(
  size: number,
  limits: ImageLimits,
  position: ImagePosition,
  know: (type: PhotoType) => void,
): ImageParser<ImageFindings> {
  if (size < 16 || size > FTYP_MAX_BYTES || size % 4 !== 0) throw stranger();
  const major = fourCharacters(yield* take(8), 0);
  const brands = [major];
  while (position.offset < size) brands.push(fourCharacters(yield* take(4), 0));
  const type = typeOf(major, brands);
  if (!type) throw stranger();
  know(type);
  const walk: BoxWalk = { position, boxes: 0 };
  if (type === 'image/avif' || type === 'image/heic') {
    const findings = yield* parseHeif(type, walk, limits);
    return { ...findings, animated: brands.includes('avis') || brands.includes('msf1') };
  }
  return yield* parseMovie(type, walk, limits);
}

type ContainerType = 'image/avif' | 'image/heic' | 'video/mp4' | 'video/quicktime';

function typeOf(major: string, brands: string[]): ContainerType | null {
  if (AVIF_BRANDS.has(major)) return 'image/avif';
  if (HEIC_BRANDS.has(major)) return 'image/heic';
  if (HEIF_BRANDS.has(major)) {
    if (brands.some((brand) => AVIF_BRANDS.has(brand))) return 'image/avif';
    return brands.some((brand) => HEIC_BRANDS.has(brand)) ? 'image/heic' : null;
  }
  if (major === 'qt  ') return 'video/quicktime';
  return brands.some((brand) => MOVIE_BRAND.test(brand)) ? 'video/mp4' : null;
}

const stranger = () => unsupported('This file is not a photo that can be read here.');
