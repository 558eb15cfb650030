import type { FailureCode } from '../../photos.ts';

/** Why a photo that arrived could not be shown. */
export const failures = {
  'photo.corrupt': 'This photo is damaged and cannot be opened.',
  'photo.unsupported_type': 'This kind of file cannot be shown here.',
  'photo.too_many_pixels': 'This photo has more pixels than can be shown here. Please send a smaller version.',
  'photo.missing': 'This photo did not arrive completely. Please send it again.',
  'photo.no_preview':
    'This file cannot be shown here without a picture of it, and none arrived. Choose it again and keep this page open until it is sent, or send it as JPEG. The host has the original.',
  'photo.unprocessable': 'This photo could not be prepared. Please send it again or choose another one.',
} satisfies Record<FailureCode, string>;
