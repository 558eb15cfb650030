import { corrupt, judgePixels, unsupported } from '../input.ts';
import type { ImageFindings, ImageLimits, ImageParser } from '../input.ts';
import { eachBox, fourCharacters, leaveBox, nextBox, openBox, takeField } from './boxes.ts';
import type { Box, BoxWalk } from './boxes.ts';

/** Beyond this a duration is a mistake; it also fits 32 bits. */
const DURATION_MAX_MS = 2 ** 31 - 1;

interface Track {
  isVideo: boolean;
  width: number;
  height: number;
  turned: boolean;
}

interface Found {
  hasMovie: boolean;
  hasData: boolean;
  video: Track | undefined;
  /** units of time in a second */
  timescale: number;
  duration: number;
}

/**
 * Reads an MP4 or QuickTime file (ISO/IEC 14496-12) after its `ftyp` box, wherever its `moov` box stands. The size is
 * the one to show it at, before its matrix turns it.
 * @param first size and type of a box whose header has been read already; files older than `ftyp` begin with one
 */
export function* parseMovie(
  type: 'video/mp4' | 'video/quicktime',
  walk: BoxWalk,
  limits: ImageLimits,
  first?: { size: number; type: string },
): ImageParser<ImageFindings> {
  const found: Found = { hasMovie: false, hasData: false, video: undefined, timescale: 0, duration: 0 };
  let box = first ? yield* openBox(walk, first.size, first.type, Infinity) : yield* nextBox(walk, Infinity);
  while (box) {
    if (box.type === 'mdat') found.hasData ||= box.end > walk.position.offset;
    if (box.type === 'moov') {
      if (found.hasMovie) throw corrupt('it declares its size twice');
      found.hasMovie = true;
      yield* readMovie(walk, box, found);
      if (!found.video) throw unsupported('This file has sound but no pictures.');
      judgePixels({ type, width: found.video.width, height: found.video.height }, limits);
    }
    yield* leaveBox(walk, box);
    box = yield* nextBox(walk, Infinity);
  }
  if (!found.video) throw corrupt('the file ends too early');
  if (!found.hasData) throw corrupt('it has no pictures');
  const { width, height, turned } = found.video;
  return { type, width, height, turned, durationMs: durationMs(found) };
}

function* readMovie(walk: BoxWalk, movie: Box, found: Found): ImageParser<void> {
  yield* eachBox(walk, movie, function* (box) {
    if (box.type === 'mvhd') {
      const isLong = (yield* takeField(walk, box, 4)).getUint8(0) === 1;
      const body = yield* takeField(walk, box, isLong ? 28 : 16);
      found.timescale = body.getUint32(isLong ? 16 : 8);
      found.duration = readTime(body, isLong ? 20 : 12, isLong);
    } else if (box.type === 'mvex') {
      yield* eachBox(walk, box, function* (part) {
        // Written in fragments while it was recorded: the movie's own header says 0.
        if (part.type !== 'mehd' || found.duration > 0) return;
        const isLong = (yield* takeField(walk, part, 4)).getUint8(0) === 1;
        found.duration = readTime(yield* takeField(walk, part, isLong ? 8 : 4), 0, isLong);
      });
    } else if (box.type === 'trak') {
      const track: Track = { isVideo: false, width: 0, height: 0, turned: false };
      yield* eachBox(walk, box, (part) => readTrackPart(walk, part, track));
      if (track.isVideo) found.video ??= track;
    }
  });
}

function* readTrackPart(walk: BoxWalk, part: Box, track: Track): ImageParser<void> {
  if (part.type === 'tkhd') {
    const isLong = (yield* takeField(walk, part, 4)).getUint8(0) === 1;
    yield* takeField(walk, part, isLong ? 48 : 36);
    const body = yield* takeField(walk, part, 44);
    // Matrix a b u c d v x y w: turned by a quarter when nothing is left of a and d.
    track.turned = body.getInt32(0) === 0 && body.getInt32(16) === 0 && body.getInt32(4) !== 0;
    track.width = Math.round(body.getUint32(36) / 65_536);
    track.height = Math.round(body.getUint32(40) / 65_536);
  } else if (part.type === 'mdia') {
    yield* eachBox(walk, part, function* (box) {
      if (box.type !== 'hdlr') return;
      track.isVideo = fourCharacters(yield* takeField(walk, box, 12), 8) === 'vide';
    });
  }
}

/** All bits set means unknown. */
function readTime(body: DataView, at: number, isLong: boolean): number {
  const high = isLong ? body.getUint32(at) : 0;
  const low = body.getUint32(isLong ? at + 4 : at);
  const isUnknown = low === 0xffff_ffff && (!isLong || high === 0xffff_ffff);
  return isUnknown ? 0 : high * 2 ** 32 + low;
}

function durationMs({ timescale, duration }: Found): number | null {
  if (timescale === 0 || duration === 0) return null;
  const ms = Math.round((duration * 1000) / timescale);
  return ms <= DURATION_MAX_MS ? ms : null;
}
