import type { BootFormat } from '../../../../contract/boot.ts';
import type { ErrorCode } from '../../../../contract/errors.ts';
import { formatOf, isVideo, isWorthCopy, precheck, type FileFacts } from './file-rules.ts';

export type UploadState =
  | { kind: 'queued' }
  /** its bytes are being read, digested and put aside */
  | { kind: 'copying' }
  /** a picture of it is being made */
  | { kind: 'preparing' }
  /** the phone does not give its bytes: mostly it is in the cloud only */
  | { kind: 'unreadable' }
  /** this browser cannot show it, so nobody would see it: the guest has to say what is to become of it */
  | { kind: 'unshowable' }
  /** `sent`: it has arrived before; `chosen`: it stands in the list already */
  | { kind: 'duplicate'; of: 'sent' | 'chosen' }
  /** 0 to 1 */
  | { kind: 'sending'; fraction: number }
  /** `at`: milliseconds since 1970 */
  | { kind: 'retrying'; at: number }
  /** the session ended; goes on when the guest has joined again */
  | { kind: 'held' }
  /** the browser has thrown its bytes away, or the page was closed before they were put aside */
  | { kind: 'lost' }
  | { kind: 'refused'; code: ErrorCode | null; canRetry: boolean }
  /** a smaller copy of it is there; it goes itself on Wi-Fi, or when the guest says so */
  | { kind: 'copied' }
  /** `photoId`: null where the photo has been deleted meanwhile */
  | { kind: 'sent'; photoId: string | null };

/** The picture that goes in front of a file, or as its copy: not needed, to be made, made, or not to be had. */
export type PictureStep = 'none' | 'wanted' | 'made' | 'impossible';

/**
 * What is being sent: the file (behind its picture, where it has one); a smaller copy that stands for it; the
 * original of such a copy; or the picture alone, of a photo that has arrived without one.
 */
export type Phase = 'whole' | 'copy' | 'original' | 'picture';

/** One chosen file and how far it is. Kept as it is in IndexedDB, so it holds nothing that could not be cloned. */
export interface Upload {
  key: string;
  event: string;
  /** the tab that reads it, until it can be sent; null: whoever sends for all */
  tab: string | null;
  /** the order of choosing */
  order: number;
  /** the `Idempotency-Key`, the same over every retry so that nothing arrives twice */
  sendKey: string;
  name: string;
  type: string;
  bytes: number;
  /** of the file, milliseconds since 1970 */
  modified: number;
  isVideo: boolean;
  /** hexadecimal; null before it was read, or where it cannot be computed */
  sha256: string | null;
  /** where its bytes are: still in the chosen file only, in the outbox, or in this page's memory */
  stored: 'coming' | 'kept' | 'memory';
  /** the file says where it was taken */
  isLocated: boolean;
  keepsLocation: boolean;
  picture: PictureStep;
  pictureBytes: number;
  phase: Phase;
  /** address of the upload at the server */
  place: string | null;
  /** bytes of this phase that the server has */
  offset: number;
  photoId: string | null;
  /** version of the consent text that was agreed to when it was chosen */
  consent: string | null;
  isPaused: boolean;
  attempts: number;
  /** JPEG */
  thumb: ArrayBuffer | null;
  state: UploadState;
}

export interface Chosen extends FileFacts {
  lastModified: number;
}

export interface Wishes {
  event: string;
  tab: string;
  key: string;
  order: number;
  isFast: boolean;
  consent: string | null;
  formats: readonly BootFormat[];
}

export function newUpload(file: Chosen, { event, tab, key, order, isFast, consent, formats }: Wishes): Upload {
  const code = precheck(file, formats);
  const format = formatOf(file, formats);
  const isCopied = isFast && isWorthCopy(file);
  const needsPicture = format !== undefined && file.size > format.previewAbove;
  return {
    key,
    event,
    tab,
    order,
    sendKey: key,
    name: file.name,
    type: file.type,
    bytes: file.size,
    modified: file.lastModified,
    isVideo: isVideo(file),
    sha256: null,
    stored: 'coming',
    isLocated: false,
    keepsLocation: false,
    picture: needsPicture || isCopied ? 'wanted' : 'none',
    pictureBytes: 0,
    phase: isCopied ? 'copy' : 'whole',
    place: null,
    offset: 0,
    photoId: null,
    consent,
    isPaused: false,
    attempts: 0,
    thumb: null,
    state: code ? { kind: 'refused', code, canRetry: false } : { kind: 'queued' },
  };
}

/** How many bytes are sent in this phase. */
export const lengthOf = ({ phase, bytes, pictureBytes }: Upload): number =>
  phase === 'original' ? bytes : phase === 'whole' ? pictureBytes + bytes : pictureBytes;

/** The same upload from its beginning, as if it had never been tried: what was there of it has expired. */
export const afresh = (upload: Upload, key: string): Upload => ({
  ...upload,
  sendKey: key,
  place: null,
  offset: 0,
  state: { kind: 'queued' },
});

/** Whether what is known of its bytes does not count any more: they were not to be had, or are others by now. */
export const needsReading = ({ stored, state }: Upload): boolean =>
  stored !== 'kept' &&
  (state.kind === 'unreadable' || (state.kind === 'refused' && state.code === 'photo.digest_mismatch'));

/** The same file, to be read from its beginning. */
export const reread = (upload: Upload, key: string): Upload => ({
  ...afresh(upload, key),
  stored: 'coming',
  sha256: null,
  attempts: 0,
  isPaused: false,
});

/** What follows when a picture could not be made of a file: it goes as it is where something else can read it. */
export function afterUnshowable(upload: Upload, formats: readonly BootFormat[]): Upload {
  const format = formatOf({ name: upload.name, type: upload.type, size: upload.bytes }, formats);
  const none = { ...upload, picture: 'impossible' as const };
  // Only the picture was missing, and this browser has none to give.
  if (upload.phase === 'picture') return { ...none, state: { kind: 'sent', photoId: upload.photoId } };
  const isNeeded = format !== undefined && upload.bytes > format.previewAbove && !format.isTranscoded;
  return { ...none, phase: 'whole', state: isNeeded ? { kind: 'unshowable' } : { kind: 'queued' } };
}

/**
 * What an answer to the file leads to. A server that wants a picture nobody thought of gets one made now; of a copy,
 * the original is still to come.
 */
export function afterSent(
  upload: Upload,
  photo: { id: string; preview: string | null; copy?: boolean } | null,
  key: string,
): Upload {
  const photoId = photo ? photo.id : null;
  const there: Upload = { ...upload, photoId, isPaused: false, attempts: 0, state: { kind: 'sent', photoId } };
  if (!photo) return there;
  const next = { ...there, sendKey: key, place: null, offset: 0 };
  if (upload.phase === 'copy') {
    // Taken for the photo itself: then that is sent as well, since nobody is to have less than was chosen.
    return photo.copy
      ? { ...next, phase: 'original', state: { kind: 'copied' } }
      : { ...next, phase: 'whole', photoId: null, state: { kind: 'queued' } };
  }
  const isWanted = photo.preview === 'wanted' || photo.preview === 'missing';
  if (!isWanted || upload.picture === 'impossible' || upload.phase === 'picture') return there;
  return {
    ...next,
    phase: 'picture',
    picture: upload.picture === 'made' ? 'made' : 'wanted',
    state: { kind: 'queued' },
  };
}

/** Whether it is worth finding again: what has no bytes, or never will have, stands on this page only. */
export const isWorthKeeping = ({ stored, state }: Upload): boolean =>
  stored !== 'memory' &&
  state.kind !== 'duplicate' &&
  state.kind !== 'unreadable' &&
  !(state.kind === 'refused' && !state.canRetry);

/**
 * An upload of an earlier visit, found again.
 * @param chunks how many pieces of it are still there
 * @param expected how many there were
 */
export function afterReopening(upload: Upload, chunks: number, expected: number): Upload {
  const { state } = upload;
  const found = { ...upload, tab: null };
  if (state.kind === 'sent' || state.kind === 'lost') return found;
  if (chunks < expected || upload.stored !== 'kept') return { ...found, state: { kind: 'lost' } };
  const stays = state.kind === 'refused' || state.kind === 'unshowable' || state.kind === 'copied';
  return stays ? found : { ...found, attempts: 0, state: { kind: 'queued' } };
}
