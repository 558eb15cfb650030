import { VIDEO_TYPES, type PhotoStatus, type PhotoType } from '../../../contract/photos.ts';
import type { ListedPhotoRow } from '../../../db/photos.ts';
import type { OriginalState, PreviewState } from '../../../db/schema/photos.ts';
import { DomainError } from '../../errors.ts';
import type { InspectedFile } from '../../images/inspector.ts';
import { fitsShape } from '../preview-rules.ts';

const isVideo = (type: PhotoType): boolean => (VIDEO_TYPES as readonly PhotoType[]).includes(type);

/**
 * Whether these bytes may be the original of a photo.
 * @param isElsewhere another photo of the same guest has these bytes
 * @returns `known`: they have come before @throws DomainError photo.original_not_awaited, photo.original_mismatch
 */
export function requireOriginal(
  photo: Pick<ListedPhotoRow, 'originalState' | 'copySha256' | 'sha256' | 'storedWidth' | 'storedHeight'>,
  file: Pick<InspectedFile, 'type' | 'width' | 'height'> & { sha256: string },
  isElsewhere: boolean,
): 'known' | 'wanted' {
  if (photo.copySha256 !== null && photo.originalState !== 'awaited' && photo.sha256 === file.sha256) return 'known';
  if (photo.originalState !== 'awaited') {
    throw notAwaited();
  }
  if (isElsewhere) {
    throw new DomainError('photo.original_not_awaited', 'You have sent this original before, as a photo of its own.');
  }
  const shape = { width: photo.storedWidth, height: photo.storedHeight };
  if (isVideo(file.type) || file.sha256 === photo.copySha256 || !fitsShape(file, shape)) {
    throw new DomainError(
      'photo.original_mismatch',
      'This is not the original of the copy that came first. Send it as a photo of its own.',
    );
  }
  return 'wanted';
}

export interface ArrivedOriginal {
  type: PhotoType;
  animated: boolean;
  storedWidth: number;
  storedHeight: number;
  originalState: OriginalState | null;
  backfillAt: Date | null;
  attempts: 0;
  /** only of a photo whose copy could not be shown: it begins anew with its original */
  status?: PhotoStatus;
  previewState?: PreviewState | null;
  failureCode?: null;
  failureMessage?: null;
  enqueuedAt?: Date;
}

/** What is noted of a photo whose original has just arrived. */
export function originalOnArrival(
  photo: Pick<ListedPhotoRow, 'status' | 'animated'>,
  { type, animated, width, height, decodedBy }: InspectedFile,
  now: Date,
): ArrivedOriginal {
  const file = { type, animated: photo.animated || animated, storedWidth: width, storedHeight: height };
  const isCoded = decodedBy === 'preview';
  if (photo.status !== 'failed') {
    return { ...file, originalState: isCoded ? 'unread' : 'arrived', backfillAt: now, attempts: 0 };
  }
  return {
    ...file,
    originalState: null,
    backfillAt: null,
    attempts: 0,
    status: 'processing',
    previewState: isCoded ? 'missing' : null,
    failureCode: null,
    failureMessage: null,
    enqueuedAt: now,
  };
}

/** Whether a guest's photo came of these bytes, be it of its copy or of its original. */
export const isOfFile = (photo: Pick<ListedPhotoRow, 'sha256' | 'copySha256'>, sha256: string): boolean =>
  sha256 === photo.sha256 || sha256 === photo.copySha256;

export const notAwaited = () =>
  new DomainError('photo.original_not_awaited', 'This photo has its original already. Nothing more is needed.');

/** Of 64 bits; the same picture in another size differs in a few, two others in about half. */
const SAME_PICTURE_MAX_BITS = 14;

/** Whether two pictures are one, by their perceptual hashes (16 hexadecimal digits). */
export function looksAlike(one: string, other: string): boolean {
  let different = BigInt(`0x${one}`) ^ BigInt(`0x${other}`);
  let bits = 0;
  for (; different > 0n; different >>= 1n) bits += Number(different & 1n);
  return bits <= SAME_PICTURE_MAX_BITS;
}
