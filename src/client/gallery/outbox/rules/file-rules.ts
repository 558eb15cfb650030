import type { BootFormat } from '../../../../contract/boot.ts';
import type { ErrorCode } from '../../../../contract/errors.ts';
import type { PhotoType } from '../../../../contract/photos.ts';

export interface FileFacts {
  name: string;
  size: number;
  type: string;
}

const ALIASES: Record<string, PhotoType> = {
  'image/jpg': 'image/jpeg',
  'image/heif': 'image/heic',
  'image/heic-sequence': 'image/heic',
  'image/heif-sequence': 'image/heic',
  'video/x-m4v': 'video/mp4',
};
/** Some phones and most desktops give no type for these. */
const BY_ENDING: Record<string, PhotoType> = {
  heic: 'image/heic',
  heif: 'image/heic',
  avif: 'image/avif',
  mov: 'video/quicktime',
  mp4: 'video/mp4',
  m4v: 'video/mp4',
  webm: 'video/webm',
};

/** What a file says it is; `''` where it says nothing. */
export function typeOf(file: FileFacts): string {
  const ending = file.name.slice(file.name.lastIndexOf('.') + 1).toLowerCase();
  const type = file.type.split(';')[0] as string;
  return type === '' ? BY_ENDING[ending] || '' : ALIASES[type] || type;
}

export const formatOf = (file: FileFacts, formats: readonly BootFormat[]): BootFormat | undefined => {
  const type = typeOf(file);
  return formats.filter((format) => format.type === type)[0];
};

/** What can be refused before a byte is sent. The server judges by content anyway. */
export function precheck(file: FileFacts, formats: readonly BootFormat[]): ErrorCode | null {
  if (file.size === 0) return 'photo.empty';
  const format = formatOf(file, formats);
  const maxBytes = format
    ? format.maxBytes
    : Math.max.apply(
        null,
        formats.map((one) => one.maxBytes),
      );
  if (!format && typeOf(file) !== '') return 'photo.unsupported_type';
  if (file.size > maxBytes) return 'photo.too_large';
  return null;
}

export const isVideo = (file: FileFacts): boolean => typeOf(file).indexOf('video/') === 0;

/** Of smaller files a copy saves nothing; what moves would stand still in one. */
const COPY_ABOVE_BYTES = 1_500_000;

/** Whether a smaller copy is worth sending before the file itself. */
export const isWorthCopy = (file: FileFacts): boolean =>
  !isVideo(file) && typeOf(file) !== 'image/gif' && file.size > COPY_ABOVE_BYTES;
