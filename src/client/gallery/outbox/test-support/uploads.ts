import type { BootFormat } from '../../../../contract/boot.ts';
import { newUpload, type Upload, type UploadState } from '../rules/upload-rules.ts';

const format = (type: BootFormat['type'], over: Partial<BootFormat> = {}): BootFormat => ({
  type,
  maxBytes: 50_000_000,
  previewAbove: 40_000_000,
  isTranscoded: false,
  ...over,
});

export const HEIC = format('image/heic', { previewAbove: 0 });
export const FORMATS = [
  format('image/jpeg'),
  HEIC,
  format('video/mp4', { maxBytes: 100_000_000, previewAbove: 0 }),
  format('video/quicktime', { maxBytes: 100_000_000, previewAbove: 0 }),
];

export const NOW = 1_000_000;
export const file = { name: 'a.jpg', size: 1_000, type: 'image/jpeg', lastModified: 5 };
export const heic = { name: 'IMG_1.HEIC', size: 1_000, type: '', lastModified: 5 };

export const chosen = (facts = file, isFast = false): Upload =>
  newUpload(facts, { event: 'e', tab: 't', key: 'k', order: 1, isFast, consent: null, formats: FORMATS });

/** One whose bytes are put aside. */
export const upload = (state: UploadState, more: Partial<Upload> = {}): Upload => ({
  ...chosen(),
  tab: null,
  stored: 'kept',
  state,
  ...more,
});
