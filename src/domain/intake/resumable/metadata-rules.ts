import { isId } from '../../../contract/ids.ts';
import { CAPTION_MAX_CHARACTERS } from '../../../contract/photos.ts';
import type { UploadNotes } from '../../../contract/upload-object.ts';
import { UPLOAD_METADATA } from '../../../contract/uploads.ts';
import { PREVIEW_MAX_BYTES } from '../../../contract/values/preview-limits.ts';
import { DomainError } from '../../errors.ts';

/** Of the whole header: names of 300 characters and a caption fit, and nobody stores files in it. */
const METADATA_MAX_CHARACTERS = 8_192;

/** What the metadata of an upload says, as far as it is ours. */
export interface DeclaredUpload {
  /** what the file says it is, judged by content anyway */
  type: string;
  sha256: string | null;
  previewBytes: number;
  notes: UploadNotes;
}

const invalid = (message: string) =>
  new DomainError('request.invalid', `Check “header.upload-metadata”: ${message}.`, {
    fields: [{ path: 'header.upload-metadata', message }],
  });

function decode(key: string, value: string): string {
  try {
    const bytes = Uint8Array.from(atob(value), (char) => char.charCodeAt(0));
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw invalid(`the value of “${key}” must be UTF-8 text in Base64`);
  }
}

/**
 * `Upload-Metadata` as tus has it: pairs of a key and a Base64 value, separated by commas; the value may be left out.
 * Source: https://tus.io/protocols/resumable-upload, Upload-Metadata.
 * @throws DomainError request.invalid
 */
export function readMetadata(header: string | null): ReadonlyMap<string, string> {
  const pairs = new Map<string, string>();
  if (header === null || header.trim() === '') return pairs;
  if (header.length > METADATA_MAX_CHARACTERS) throw invalid(`must have ${METADATA_MAX_CHARACTERS} characters at most`);
  for (const part of header.split(',')) {
    const [key = '', value = '', ...more] = part.trim().split(' ');
    if (!/^[\x21-\x2b\x2d-\x7e]+$/.test(key) || more.length > 0) {
      throw invalid('must be pairs of a key and a Base64 value, separated by commas');
    }
    if (pairs.has(key)) throw invalid(`“${key}” must stand once`);
    pairs.set(key, decode(key, value));
  }
  return pairs;
}

function chosen<T extends string>(pairs: ReadonlyMap<string, string>, key: string, values: readonly T[]): T | null {
  const value = pairs.get(key);
  if (value === undefined || value === '') return null;
  const found = values.find((one) => one === value);
  if (!found) throw invalid(`“${key}” must be one of ${values.join(', ')}`);
  return found;
}

function whole(pairs: ReadonlyMap<string, string>, key: string, max: number): number | null {
  const value = pairs.get(key);
  if (value === undefined || value === '') return null;
  if (!/^\d{1,10}$/.test(value) || Number(value) > max) throw invalid(`“${key}” must be a whole number up to ${max}`);
  return Number(value);
}

/**
 * Reads what is ours; other keys are ignored, since every client brings some of its own. What the file is called names
 * nothing here.
 * @throws DomainError request.invalid
 */
export function readDeclared(pairs: ReadonlyMap<string, string>): DeclaredUpload {
  const caption = pairs.get(UPLOAD_METADATA.caption)?.trim() ?? '';
  if (caption.length > CAPTION_MAX_CHARACTERS) {
    throw invalid(`“caption” must have ${CAPTION_MAX_CHARACTERS} characters at most`);
  }
  const sha256 = pairs.get(UPLOAD_METADATA.sha256)?.toLowerCase() || null;
  if (sha256 && !/^[0-9a-f]{64}$/.test(sha256)) throw invalid('“sha256” must be 64 hexadecimal digits');
  const original = pairs.get(UPLOAD_METADATA.original) || null;
  if (original && !isId(original)) throw invalid('“original” must be the id of a photo');
  const stands = chosen(pairs, UPLOAD_METADATA.stands, ['original', 'copy']) ?? 'original';
  if (original && stands === 'copy') throw invalid('a copy is no original of another');
  return {
    type: pairs.get(UPLOAD_METADATA.filetype) || 'application/octet-stream',
    sha256,
    previewBytes: whole(pairs, UPLOAD_METADATA.previewBytes, PREVIEW_MAX_BYTES) ?? 0,
    notes: {
      caption: caption === '' ? null : caption,
      consentVersion: whole(pairs, UPLOAD_METADATA.consent, 2 ** 31 - 1) || null,
      location: chosen(pairs, UPLOAD_METADATA.location, ['remove', 'keep']) ?? 'remove',
      stands,
      original,
    },
  };
}
