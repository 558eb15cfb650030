import { corrupt, judgePixels, skip, take, takeOrEnd, unsupported } from '../input.ts';
import type { ImageFindings, ImageLimits, ImageParser, ImagePosition } from '../input.ts';

/** Elements by their identifiers (RFC 8794, RFC 9559). */
const DOC_TYPE = 0x4282;
const SEGMENT = 0x18538067;
const INFO = 0x1549a966;
const TIMESTAMP_SCALE = 0x2ad7b1;
const DURATION = 0x4489;
const TRACKS = 0x1654ae6b;
const TRACK_ENTRY = 0xae;
const TRACK_TYPE = 0x83;
const VIDEO = 0xe0;
const PIXEL_WIDTH = 0xb0;
const PIXEL_HEIGHT = 0xba;
const CLUSTER = 0x1f43b675;

const MASTERS = new Set([SEGMENT, INFO, TRACKS, TRACK_ENTRY, VIDEO]);
const VIDEO_TRACK = 1;
const DOC_TYPES = ['webm', 'matroska'];

/** A browser that records for an hour writes some 300,000, in clusters whose size it does not know beforehand. */
const ELEMENTS_MAX = 500_000;
const DEPTH_MAX = 8;
const DURATION_MAX_MS = 2 ** 31 - 1;
const TIMESTAMP_SCALE_NS = 1_000_000;

interface Element {
  id: number;
  /** absolute position after its last byte; Infinity when its writer did not know */
  end: number;
}

interface Found {
  video: { width: number; height: number } | undefined;
  track: { type: number; width: number; height: number };
  scale: number;
  duration: number;
  hasData: boolean;
}

/** Reads a WebM or Matroska file after the identifier of its EBML header. */
export function* parseWebm(limits: ImageLimits, position: ImagePosition): ImageParser<ImageFindings> {
  yield* readHeader(position);
  const found: Found = {
    video: undefined,
    track: { type: 0, width: 0, height: 0 },
    scale: TIMESTAMP_SCALE_NS,
    duration: 0,
    hasData: false,
  };
  const ends: number[] = [Infinity];
  for (let elements = 0; ; elements += 1) {
    if (elements > ELEMENTS_MAX) throw corrupt(`it has more than ${ELEMENTS_MAX} parts`);
    while (ends.length > 1 && position.offset >= (ends.at(-1) as number)) ends.pop();
    const parentEnd = ends.at(-1) as number;
    const element = yield* nextElement(position, parentEnd);
    if (!element) break;
    if (element.end !== Infinity && element.end > parentEnd) throw corrupt('a part of it has an impossible length');
    if (element.id === TRACK_ENTRY) found.track = { type: 0, width: 0, height: 0 };
    if (MASTERS.has(element.id)) {
      if (ends.length > DEPTH_MAX) throw corrupt('its parts are nested too deeply');
      ends.push(Math.min(element.end, parentEnd));
    } else {
      yield* readValue(position, element, found, limits);
    }
  }
  if (!found.video)
    throw found.hasData ? unsupported('This file has sound but no pictures.') : corrupt('it is not whole');
  if (!found.hasData) throw corrupt('it has no pictures');
  const durationMs = Math.round((found.duration * found.scale) / 1e6);
  const isKnown = durationMs > 0 && durationMs <= DURATION_MAX_MS;
  return { type: 'video/webm', ...found.video, durationMs: isKnown ? durationMs : null };
}

function* readHeader(position: ImagePosition): ImageParser<void> {
  const end = yield* takeSize(position);
  if (end > position.offset + 4_096) throw corrupt('its header has an impossible length');
  let kind = '';
  while (position.offset < end) {
    const element = yield* nextElement(position, end);
    if (!element || element.end > end) throw corrupt('its header contradicts itself');
    const bytes = element.end - position.offset;
    if (element.id === DOC_TYPE && bytes >= 1 && bytes <= 16) {
      const body = yield* take(bytes);
      for (let at = 0; at < bytes && body.getUint8(at) !== 0; at += 1) kind += String.fromCharCode(body.getUint8(at));
    } else {
      yield* skip(bytes);
    }
  }
  if (!DOC_TYPES.includes(kind)) throw unsupported('This file is not a photo that can be read here.');
}

function* readValue(position: ImagePosition, element: Element, found: Found, limits: ImageLimits): ImageParser<void> {
  const { id, end } = element;
  if (id === CLUSTER) {
    found.hasData ||= end > position.offset;
    // One of unknown size ends where the next begins: its blocks are passed over one by one.
    if (end === Infinity) return;
  }
  if (end === Infinity) throw corrupt('a part of it has an impossible length');
  if (id === TRACK_TYPE) found.track.type = yield* takeUnsigned(position, end);
  else if (id === PIXEL_WIDTH) found.track.width = yield* takeUnsigned(position, end);
  else if (id === PIXEL_HEIGHT) found.track.height = yield* takeUnsigned(position, end);
  else if (id === TIMESTAMP_SCALE) found.scale = yield* takeUnsigned(position, end);
  else if (id === DURATION) found.duration = yield* takeFloat(position, end);
  else yield* skip(end - position.offset);
  const { type, width, height } = found.track;
  if (found.video || type !== VIDEO_TRACK || width === 0 || height === 0) return;
  judgePixels({ type: 'video/webm', width, height }, limits);
  found.video = { width, height };
}

function* nextElement(position: ImagePosition, parentEnd: number): ImageParser<Element | null> {
  const first = parentEnd === Infinity ? yield* takeOrEnd(1) : yield* take(1);
  if (!first) return null;
  let id = first.getUint8(0);
  const more = Math.clz32(id) - 24;
  if (more > 3) throw corrupt('a part of it does not end where it says');
  if (more > 0) {
    const rest = yield* take(more);
    for (let at = 0; at < more; at += 1) id = id * 256 + rest.getUint8(at);
  }
  return { id, end: yield* takeSize(position) };
}

/** Reads the size of an element. @returns where it ends; Infinity when all bits say that nobody knew */
function* takeSize(position: ImagePosition): ImageParser<number> {
  const first = (yield* take(1)).getUint8(0);
  const more = Math.clz32(first) - 24;
  if (more > 7) throw corrupt('a part of it has an impossible length');
  let size = first & (0x7f >> more);
  let isUnknown = size === 0x7f >> more;
  if (more > 0) {
    const rest = yield* take(more);
    for (let at = 0; at < more; at += 1) {
      size = size * 256 + rest.getUint8(at);
      isUnknown &&= rest.getUint8(at) === 0xff;
    }
  }
  if (isUnknown) return Infinity;
  if (position.offset + size > Number.MAX_SAFE_INTEGER) throw corrupt('a part of it has an impossible length');
  return position.offset + size;
}

function* takeUnsigned(position: ImagePosition, end: number): ImageParser<number> {
  const bytes = end - position.offset;
  if (bytes > 8) throw corrupt('a number in it is too long');
  if (bytes === 0) return 0;
  const body = yield* take(bytes);
  let value = 0;
  for (let at = 0; at < bytes; at += 1) value = value * 256 + body.getUint8(at);
  return value;
}

function* takeFloat(position: ImagePosition, end: number): ImageParser<number> {
  const bytes = end - position.offset;
  if (bytes !== 4 && bytes !== 8) throw corrupt('a number in it has an impossible length');
  const body = yield* take(bytes);
  const value = bytes === 4 ? body.getFloat32(0) : body.getFloat64(0);
  return Number.isFinite(value) && value > 0 ? value : 0;
}
