import ExifReader from 'exifreader';
import type { WrittenTime } from '../../src/domain/images/taken-at-rules.ts';
import type { Orientation } from './orientation.ts';

export interface ExifFacts {
  orientation: Orientation;
  taken: WrittenTime | null;
}

const NAMES = ['Orientation', 'DateTimeOriginal', 'OffsetTimeOriginal', 'SubSecTimeOriginal'] as const;

const PREFIX = [0x45, 0x78, 0x69, 0x66, 0, 0];

/**
 * Reads what is needed from EXIF (CIPA DC-008): a TIFF structure, with or without `Exif` and two zeros before it. A
 * whole JPEG, PNG or WebP does as well. What cannot be read counts as absent.
 */
export function readExif(exif: Uint8Array | null): ExifFacts {
  const hasPrefix = exif !== null && PREFIX.every((byte, at) => exif[at] === byte);
  const tags = exif === null ? {} : load(hasPrefix ? exif.subarray(PREFIX.length) : exif);
  const text = (name: (typeof NAMES)[number]): string | null => {
    const value: unknown = tags[name]?.value;
    const first: unknown = Array.isArray(value) ? value[0] : value;
    return typeof first === 'string' ? first : null;
  };
  const written = text('DateTimeOriginal');
  return {
    orientation: toOrientation(tags['Orientation']?.value),
    taken:
      written === null ? null : { written, offset: text('OffsetTimeOriginal'), fraction: text('SubSecTimeOriginal') },
  };
}

type Tags = Record<string, { value?: unknown } | undefined>;

function load(original: Uint8Array): Tags {
  try {
    const view = new DataView(original.buffer, original.byteOffset, original.byteLength);
    const loaded = ExifReader.loadView(view, { expanded: true, includeTags: { exif: [...NAMES] } });
    return (loaded.exif ?? {}) as Tags;
  } catch {
    // No metadata, or garbage: neither is a reason to refuse a photo.
    return {};
  }
}

function toOrientation(value: unknown): Orientation {
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 8 ? (value as Orientation) : 1;
}
