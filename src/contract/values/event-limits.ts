/* Bounds and lists that the browser needs as well, without zod. */

export const PIN_MIN_LENGTH = 4;
export const PIN_MAX_LENGTH = 32;
export const TRUST_AFTER_MAX = 1000;
export const WORD_MAX_LENGTH = 60;
export const WORDS_MAX = 300;
/** Of a consent text, in one language. */
export const CONSENT_TEXT_MAX_LENGTH = 4000;
/** Of a disposable camera; films had 12, 24 or 36. */
export const CAMERA_SHOTS_MAX = 100;
/** Of one guest at one event, whatever the event allows. */
export const GUEST_PHOTOS_MAX = 2000;

/** What an organiser does before an event; done by itself where the platform can see it, else by saying so. */
export const CHECKLIST_IDS = [
  'details',
  'qr_printed',
  'test_photo',
  'moderator_invited',
  'screen_paired',
  'gallery_opened',
] as const;
export type ChecklistId = (typeof CHECKLIST_IDS)[number];

/** Steps that nobody can see from the data, so that a person (or the page that did it) says so. */
export const CHECKLIST_BY_HAND = ['qr_printed', 'moderator_invited', 'screen_paired', 'gallery_opened'] as const;
