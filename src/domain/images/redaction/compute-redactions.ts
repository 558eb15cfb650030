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

/*
 * What a public file keeps, whatever its format: the coded picture or movie and what it takes to decode and show it,
 * its colour profile byte for byte, its size, how it is turned, when it was taken and the offset of that clock; its
 * place only where who sent it wants that. All else goes, so that nobody has to know the names of what is to go:
 *
 * - who: camera owner, artist, copyright, authors, XMP creators and persons, captions of libraries, account names
 * - with what: make, model, serial numbers of body and lens, lens, maker notes, software, image unique ids, names that
 *   encoders and recorders give to tracks, codecs and files
 * - where: GPS, ISO 6709 and 3GPP places, names of places, tracks of measurements
 * - words: comments, descriptions, keywords, titles; thumbnails and previews, which say all of it again
 * - by format: JPEG APPn and COM but JFIF, Adobe, ICC and one small Exif · PNG every chunk that draws nothing · WebP
 *   XMP and unknown chunks · GIF comments, plain text, applications but loops and colours · HEIC and AVIF items that
 *   are no pictures, their names, wordy properties · MP4 and MOV `udta`, `meta`, `uuid`, other tracks, names of handlers
 *   and encoders, addresses of other files · WebM tags, titles, attachments, chapters, names of programs and tracks
 *
 * Not looked into: a colour profile (part of the picture), and coded frames (what an encoder writes there says with
 * which settings, and taking it out would mean coding anew).
 */

/**
 * What has to be overwritten in an original so that it says nothing of where, by whom and with what it was taken,
 * while its pixels stay as they are. At most 256 KB of it are held at a time.
 * @param keepsPlace leaves the place, where the format has room for one: coordinates and height, no words
 * @returns null for a file that is not walked to its end: it has no public version
 * @throws what the source throws, which is worth another try
 */
export async function computeRedactions(
  type: PhotoType,
  source: RedactionSource,
  keepsPlace = false,
): Promise<Redactions | null> {
  const [walk, open] = WALKERS[type];
  const draft = openDraft(keepsPlace);
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
