import type { PhotoType } from '../../../contract/photos.ts';
import { walkBoxFile } from './boxes/file.ts';
import { walkGif } from './formats/gif.ts';
import { walkJpeg } from './formats/jpeg.ts';
import { walkPng } from './formats/png.ts';
import { walkWebm } from './formats/webm.ts';
import { walkWebp } from './formats/webp.ts';
import { drive } from './drive.ts';
import { openDraft, type Draft, type Redactions } from './overwrites.ts';
import { Unwalkable, type Walk } from './walk.ts';
import { openBlocks, openStream, type RedactionSource, type Window } from './windows.ts';

type Walker = (size: number, out: Draft) => Walk<number>;
type Open = (source: RedactionSource) => Window;

const WALKERS: Record<PhotoType, readonly [Walker, Open]> = {
  'image/jpeg': [walkJpeg, openStream],
  'image/png': [walkPng, openStream],
  'image/webp': [walkWebp, openStream],
  'image/gif': [walkGif, openStream],
  'video/webm': [walkWebm, openStream],
  'image/avif': [walkBoxFile, openBlocks],
  'image/heic': [walkBoxFile, openBlocks],
  'video/mp4': [walkBoxFile, openBlocks],
  'video/quicktime': [walkBoxFile, openBlocks],
};

/**
 * What has to be overwritten in an original so that it says nothing of where, by whom and with what it was taken,
 * while its pixels stay as they are. At most 256 KB of it are held at a time.
 * @returns null for a file that is not walked to its end: it has no public version
 * @throws what the source throws, which is worth another try
 */
export async function computeRedactions(type: PhotoType, source: RedactionSource): Promise<Redactions | null> {
  const [walk, open] = WALKERS[type];
  const draft = openDraft();
  const window = open(source);
  try {
    return await drive(walk(source.bytes, draft), window, source.bytes, draft.finish);
  } catch (error) {
    if (error instanceof Unwalkable) return null;
    throw error;
  } finally {
    await window.close();
  }
}
