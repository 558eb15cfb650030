import { corrupt, judgePixels, skip, skipBlocks, take, takeOrEnd } from './input.ts';
import type { ImageFindings, ImageLimits, ImageParser, ImagePosition } from './input.ts';

/** Introducers of blocks (GIF89a, appendix A). */
const EXTENSION = 0x21;
const IMAGE = 0x2c;
const TRAILER = 0x3b;

const BLOCKS_MAX = 50_000;
/** A code has at most 12 bits and stands for at most 4,096 pixels. */
const PIXELS_PER_BYTE_MAX = 4_096;

/**
 * Reads a GIF after `GIF87a` or `GIF89a` up to its trailer. The size is that of the screen, which all frames lie on;
 * only the first of them is judged, because only that is ever decoded.
 */
export function* parseGif(limits: ImageLimits, position: ImagePosition): ImageParser<ImageFindings> {
  const screen = yield* take(7);
  const size = {
    type: 'image/gif' as const,
    width: screen.getUint16(0, true),
    height: screen.getUint16(2, true),
  };
  judgePixels(size, limits);
  yield* skip(paletteBytes(screen.getUint8(4)));
  let first: Frame | undefined;
  let frames = 0;
  for (let blocks = 0; ; blocks += 1) {
    if (blocks > BLOCKS_MAX) throw corrupt(`it has more than ${BLOCKS_MAX} parts`);
    // Writers exist that leave the trailer out, and some that put filling after the last frame.
    const introducer = (yield* takeOrEnd(1))?.getUint8(0);
    if (introducer === EXTENSION) {
      yield* skip(1);
      yield* skipBlocks();
    } else if (introducer === IMAGE) {
      const frame = yield* readFrame(position);
      if (!first) judgeFirst(frame, size);
      first ??= frame;
      frames += 1;
    } else if (first) {
      break;
    } else {
      throw corrupt(introducer === TRAILER ? 'it has no pixels' : 'a part of it does not end where it says');
    }
  }
  return { ...size, costly: first.interlaced, animated: frames > 1 };
}

interface Frame {
  left: number;
  top: number;
  width: number;
  height: number;
  interlaced: boolean;
  dataBytes: number;
}

function* readFrame(position: ImagePosition): ImageParser<Frame> {
  const head = yield* take(9);
  const packed = head.getUint8(8);
  const [left = 0, top = 0, width = 0, height = 0] = [0, 2, 4, 6].map((at) => head.getUint16(at, true));
  yield* skip(paletteBytes(packed));
  const codeBits = (yield* take(1)).getUint8(0);
  if (codeBits < 1 || codeBits > 8) throw corrupt('its pixels have an impossible code size');
  const start = position.offset;
  yield* skipBlocks();
  return { left, top, width, height, interlaced: (packed & 0x40) !== 0, dataBytes: position.offset - start };
}

function judgeFirst(frame: Frame, screen: { width: number; height: number }): void {
  if (frame.width < 1 || frame.height < 1) throw corrupt('its first picture has no size');
  if (frame.left + frame.width > screen.width || frame.top + frame.height > screen.height) {
    throw corrupt('its first picture reaches beyond its size');
  }
  if (frame.width * frame.height > frame.dataBytes * PIXELS_PER_BYTE_MAX) {
    throw corrupt('its header promises more pixels than it has');
  }
}

/** Bytes of the colour table that a packed field announces. */
const paletteBytes = (packed: number): number => (packed & 0x80 ? 3 << ((packed & 7) + 1) : 0);
