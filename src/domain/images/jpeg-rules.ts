import { corrupt, judgePixels, skip, skipToMarker, take, unsupported } from './input.ts';
import type { ImageFindings, ImageLimits, ImageParser, ImagePosition } from './input.ts';

/** Marker codes of ITU-T T.81, table B.1. */
const SOF0 = 0xc0;
const SOF2 = 0xc2;
const DHT = 0xc4;
const JPG = 0xc8;
const DAC = 0xcc;
const EOI = 0xd9;
const SOS = 0xda;
const DQT = 0xdb;

/** Each scan costs a pass over all pixels; cameras and encoders write about ten. */
const SCANS_MAX = 64;
/** Writers use a few dozen; an extended description of 64 KB pieces has hundreds. */
const SEGMENTS_MAX = 5_000;
const FILL_BYTES_MAX = 1_000;
/** Shortest legal Huffman code: one bit. A baseline block has a DC code and an EOB (or more); progressive AC may be shared. */
const BASELINE_BLOCK_BITS_MIN = 2;
const PROGRESSIVE_BLOCK_BITS_MIN = 1;

interface Component {
  id: number;
  across: number;
  down: number;
}

interface Frame {
  progressive: boolean;
  width: number;
  height: number;
  components: Component[];
}

/** Reads a JPEG after its SOI up to EOI; segments are skipped by length, so a thumbnail inside EXIF does not count. */
export function* parseJpeg(limits: ImageLimits, position: ImagePosition): ImageParser<ImageFindings> {
  let frame: Frame | undefined;
  let quantised = false;
  let scans = 0;
  let scanBytes = 0;
  let segments = 0;
  let marker = yield* nextMarker();
  for (;;) {
    if (marker === EOI) break;
    if (marker === SOS) {
      if (!frame) throw corrupt('its pixels come before its size');
      if (!quantised) throw corrupt('it has no quantisation table');
      scans += 1;
      if (scans > SCANS_MAX) throw corrupt(`it has more than ${SCANS_MAX} scans`);
      yield* readScanHeader(frame);
      const start = position.offset;
      marker = yield* skipToMarker();
      scanBytes += position.offset - 2 - start;
      continue;
    }
    if (isFrameStart(marker)) {
      if (frame) throw corrupt('it declares its size twice');
      frame = yield* readFrame(marker, limits);
    } else {
      if (!isSegment(marker)) throw corrupt('it has a marker where none may be');
      segments += 1;
      if (segments > SEGMENTS_MAX) throw corrupt(`it has more than ${SEGMENTS_MAX} parts`);
      quantised ||= marker === DQT;
      yield* skip(yield* segmentLength());
    }
    marker = yield* nextMarker();
  }
  if (!frame) throw corrupt('it has no header');
  if (scans === 0) throw corrupt('it has no pixels');
  if (scanBytes < leastScanBytes(frame)) throw corrupt('its header promises more pixels than it has');
  return { type: 'image/jpeg', width: frame.width, height: frame.height, costly: frame.progressive };
}

/**
 * Fewest bytes that can encode the declared pixels: every 8 × 8 block of every component needs its bits in some
 * scan. Blocks that only pad an MCU are left out, because scans of one component have none.
 */
export function leastScanBytes(frame: Frame): number {
  const acrossMax = Math.max(...frame.components.map((component) => component.across));
  const downMax = Math.max(...frame.components.map((component) => component.down));
  const blocks = frame.components.reduce((sum, component) => {
    const columns = Math.ceil(Math.ceil((frame.width * component.across) / acrossMax) / 8);
    const rows = Math.ceil(Math.ceil((frame.height * component.down) / downMax) / 8);
    return sum + columns * rows;
  }, 0);
  return Math.floor((blocks * (frame.progressive ? PROGRESSIVE_BLOCK_BITS_MIN : BASELINE_BLOCK_BITS_MIN)) / 8);
}

function* nextMarker(): ImageParser<number> {
  if ((yield* take(1)).getUint8(0) !== 0xff) throw corrupt('a segment does not end where it says');
  for (let filled = 0; filled < FILL_BYTES_MAX; filled += 1) {
    const marker = (yield* take(1)).getUint8(0);
    if (marker !== 0xff) return marker;
  }
  throw corrupt('it is filled with nothing');
}

function* segmentLength(): ImageParser<number> {
  const length = (yield* take(2)).getUint16(0);
  if (length < 2) throw corrupt('a segment has an impossible length');
  return length - 2;
}

function* readFrame(marker: number, limits: ImageLimits): ImageParser<Frame> {
  if (marker > SOF2) throw unsupported('This is an unusual kind of JPEG (lossless or arithmetic coding).');
  const length = yield* segmentLength();
  if (length < 6) throw corrupt('its header is too short');
  const header = yield* take(6);
  const precision = header.getUint8(0);
  const height = header.getUint16(1);
  const width = header.getUint16(3);
  const count = header.getUint8(5);
  if (length !== 6 + 3 * count) throw corrupt('its header contradicts itself');
  if (precision !== 8) throw unsupported(`This JPEG has ${precision} bits per colour; 8 can be read here.`);
  // Grey, colours of light, or those of print.
  if (count !== 1 && count !== 3 && count !== 4) throw unsupported(`This JPEG has ${count} colour channels.`);
  judgePixels({ type: 'image/jpeg', width, height }, limits);
  const table = yield* take(3 * count);
  const components: Component[] = [];
  for (let at = 0; at < 3 * count; at += 3) {
    const sampling = table.getUint8(at + 1);
    components.push({ id: table.getUint8(at), across: sampling >> 4, down: sampling & 15 });
  }
  if (new Set(components.map(({ id }) => id)).size !== count) throw corrupt('its header names a colour twice');
  const possible = components.every(({ across, down }) => across >= 1 && across <= 4 && down >= 1 && down <= 4);
  if (!possible) throw corrupt('its header has an impossible sampling');
  return { progressive: marker === SOF2, width, height, components };
}

function* readScanHeader(frame: Frame): ImageParser<void> {
  const length = yield* segmentLength();
  const count = length > 0 ? (yield* take(1)).getUint8(0) : 0;
  if (count < 1 || count > frame.components.length || length !== 1 + 2 * count + 3) {
    throw corrupt('a scan contradicts the header');
  }
  const body = yield* take(2 * count + 3);
  for (let at = 0; at < 2 * count; at += 2) {
    const id = body.getUint8(at);
    if (!frame.components.some((component) => component.id === id)) throw corrupt('a scan contradicts the header');
  }
}

const isFrameStart = (marker: number): boolean =>
  marker >= SOF0 && marker <= 0xcf && marker !== DHT && marker !== JPG && marker !== DAC;

/** Markers that carry a length: tables, application data, comments. */
const isSegment = (marker: number): boolean => marker === DHT || marker === DAC || marker >= DQT;
