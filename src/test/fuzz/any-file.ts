import type { PhotoType } from '../../contract/photos.ts';
import type { Walk } from './mutations.ts';
import { boxes, gifBlocks, jpegSegments, pngChunks, riffChunks, whole } from './walks.ts';

const WALKS: Record<number, Walk> = {
  0xff: jpegSegments,
  0x89: pngChunks,
  0x52: riffChunks,
  0x47: gifBlocks,
  0x1a: whole,
  0: boxes,
};

/** The walk that suits a file's first byte. */
export const anyWalk: Walk = (bytes) => (WALKS[bytes[0] ?? 0] ?? whole)(bytes);

/** What a file seems to be, as a client would say it. */
export function kindOf(bytes: Uint8Array): PhotoType | null {
  const text = String.fromCharCode(...bytes.subarray(0, 12));
  if (text.startsWith('\xff\xd8')) return 'image/jpeg';
  if (text.startsWith('\x89PNG')) return 'image/png';
  if (text.startsWith('GIF8')) return 'image/gif';
  if (text.startsWith('RIFF')) return 'image/webp';
  if (text.startsWith('\x1aE\xdf\xa3')) return 'video/webm';
  if (text.slice(4, 8) !== 'ftyp') return null;
  const brand = text.slice(8, 12);
  if (/^avi[fs]$/.test(brand)) return 'image/avif';
  if (/^(hei|hev|mif1|msf1)/.test(brand)) return 'image/heic';
  return brand === 'qt  ' ? 'video/quicktime' : 'video/mp4';
}
