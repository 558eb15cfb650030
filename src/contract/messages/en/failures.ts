import type { FailureCode } from '../../photos.ts';

/** Why a photo that arrived could not be shown. */
export const failures = {
  'photo.corrupt': 'This photo is damaged and cannot be opened.',
  'photo.unsupported_type': 'Only JPEG, PNG and WebP photos can be shown.',
  'photo.too_many_pixels': 'This photo has more than 12 megapixels. Please send a smaller version.',
  'photo.missing': 'This photo did not arrive completely. Please send it again.',
  'photo.no_preview':
    'This file cannot be shown here, and no picture of it arrived. Keep the page open until it is sent, or send the photo as JPEG.',
  'photo.unprocessable': 'This photo could not be prepared. Please send it again or choose another one.',
} satisfies Record<FailureCode, string>;
