import type { WrittenTime } from '../../taken-at-rules.ts';
import { readKeptExif } from '../exif/kept-exif.ts';
import { read, u32, u64, type Walk } from '../walk.ts';
import { boxesIn, type Box } from './boxes.ts';
import { readExifItem } from './items.ts';

/** Movies count from 1904 (ISO/IEC 14496-12, section 8.2.2). */
const EPOCH_1904_SECONDS = 2_082_844_800;
const LATEST_SECONDS = 253_402_300_799;

/** When a picture or a movie in boxes says that it was made. */
export function* readWrittenTime(size: number): Walk<WrittenTime | null> {
  const boxes = yield* boxesIn(0, size);
  const meta = boxes.find(({ type }) => type === 'meta');
  const exif = meta && (yield* readExifItem(meta));
  if (exif) {
    const { taken, offset } = readKeptExif(exif);
    return taken === null ? null : { written: taken, offset, fraction: null };
  }
  const moov = boxes.find(({ type }) => type === 'moov');
  const header = moov && (yield* boxesIn(moov.body, moov.end)).find(({ type }) => type === 'mvhd');
  return header ? yield* readCreation(header) : null;
}

/** In UTC; cameras without a clock leave it at zero, which is no time that counts. */
function* readCreation(mvhd: Box): Walk<WrittenTime | null> {
  const head = yield* read(mvhd.body, 12);
  const seconds = (head[0] === 1 ? u64(head, 4) : u32(head, 4)) - EPOCH_1904_SECONDS;
  if (seconds <= 0 || seconds > LATEST_SECONDS) return null;
  const written = new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ').replaceAll('-', ':');
  return { written, offset: '+00:00', fraction: null };
}
