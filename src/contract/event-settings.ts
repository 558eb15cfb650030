import * as z from 'zod';
import { LOCALES, type Locale } from './messages/shape.ts';
import {
  CAMERA_SHOTS_MAX,
  CHECKLIST_IDS,
  GUEST_PHOTOS_MAX,
  WORD_MAX_LENGTH,
  WORDS_MAX,
} from './values/event-limits.ts';

/* What an event is told in `events.settings`: how it is written by the API, and how it is read whatever is there. */

const accentSchema = z
  .string()
  .regex(/^#[0-9a-f]{6}$/i, 'must be a colour such as #7a3cff')
  .transform((value) => value.toLowerCase());

const isWord = (word: string): boolean => /[\p{L}\p{N}]/u.test(word);
const cleanWord = (word: string): string => word.normalize('NFC').replace(/\s+/gu, ' ').trim();

/** One per entry; a word may be a phrase. Empty ones are dropped and repeats taken once. */
export const wordListSchema = z
  .array(
    z
      .string()
      .max(WORD_MAX_LENGTH, `must have ${WORD_MAX_LENGTH} characters at most`)
      .transform(cleanWord)
      .refine((word) => word === '' || isWord(word), 'must have a letter or a digit'),
  )
  .max(WORDS_MAX, `must have ${WORDS_MAX} entries at most`)
  .transform((words) => [...new Set(words.filter((word) => word !== ''))]);

export const languagesSchema = z
  .array(z.enum(LOCALES))
  .min(1, 'must name one language at least')
  .transform((languages) => LOCALES.filter((locale) => languages.includes(locale)));

export const DOWNLOADS = ['on', 'off'] as const;

export const lookSchema = z.strictObject({ accent: accentSchema.nullish() });

/** A disposable camera: so many shots for each guest, and nobody sees one before the reveal. */
export const cameraSchema = z.strictObject({ shots: z.int().min(1).max(CAMERA_SHOTS_MAX) });
export type Camera = z.infer<typeof cameraSchema>;
export const photosPerGuestSchema = z.int().min(1).max(GUEST_PHOTOS_MAX);

/** What staff are told of an event's settings. */
export const eventSettingsSchema = z.strictObject({
  languages: z.array(z.enum(LOCALES)).describe('in which guests may read'),
  defaultLanguage: z
    .enum(LOCALES)
    .nullable()
    .describe('for guests whose own is not among them; null: English, or the first'),
  look: z.strictObject({ accent: z.string().nullable().describe('null: the account’s own') }),
  downloads: z
    .enum(DOWNLOADS)
    .describe('whether guests may have each other’s photos as files; their own they may always, and videos play'),
  camera: cameraSchema.nullable().describe('every guest has so many shots, and all are developed at the reveal'),
  photosPerGuest: z.int().nullable().describe(`null: as many as anybody may send to one event, ${GUEST_PHOTOS_MAX}`),
  holdWords: z.array(z.string()).describe('a photo whose caption or sender has one waits for a person'),
  blockWords: z.array(z.string()).describe('as holdWords, and the words are shown to nobody'),
  checklist: z.partialRecord(z.enum(CHECKLIST_IDS), z.string()).describe('steps done by hand, and when'),
  isReadable: z
    .boolean()
    .describe('false when something that protects guests could not be read: everything then waits for a person'),
});
export type EventSettings = z.infer<typeof eventSettingsSchema>;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What can be read of a word list, and whether all of it could. */
function readWords(value: unknown): { words: string[]; isReadable: boolean } {
  if (value === undefined) return { words: [], isReadable: true };
  if (!Array.isArray(value)) return { words: [], isReadable: false };
  const words = value.filter((word): word is string => typeof word === 'string' && isWord(word)).map(cleanWord);
  return { words, isReadable: words.length === value.length };
}

function readChecklist(value: unknown): EventSettings['checklist'] {
  const done: EventSettings['checklist'] = {};
  if (!isRecord(value)) return done;
  for (const id of CHECKLIST_IDS) {
    const at = Object.hasOwn(value, id) ? value[id] : undefined;
    if (typeof at === 'string' && !Number.isNaN(Date.parse(at))) done[id] = at;
  }
  return done;
}

/** On where nothing is said, off where nobody knows what was meant. */
function readDownloads(raw: unknown): EventSettings['downloads'] {
  if (!isRecord(raw)) return 'off';
  const value = Object.hasOwn(raw, 'downloads') ? raw['downloads'] : 'on';
  return value === 'on' ? 'on' : 'off';
}

const ownOf = (raw: unknown, name: string): unknown =>
  isRecord(raw) && Object.hasOwn(raw, name) ? raw[name] : undefined;

/** The camera of `events.settings`; what cannot be read is none. */
export function readCamera(raw: unknown): Camera | null {
  const camera = cameraSchema.safeParse(ownOf(raw, 'camera'));
  return camera.success ? camera.data : null;
}

/**
 * Reads `events.settings` and never throws. What cannot be read falls back to what harms nobody: every
 * language, the account's own look. For word lists no value is safe, so `isReadable` is then false and
 * no photo may be published without a person.
 */
export function readEventSettings(raw: unknown): EventSettings {
  const own = (name: string): unknown => ownOf(raw, name);
  const languages = languagesSchema.safeParse(own('languages'));
  const chosen: Locale[] = languages.success ? languages.data : [...LOCALES];
  const look = own('look');
  const accent = accentSchema.safeParse(isRecord(look) ? look['accent'] : undefined);
  const hold = readWords(own('holdWords'));
  const block = readWords(own('blockWords'));
  return {
    languages: chosen,
    defaultLanguage: chosen.find((locale) => locale === own('defaultLanguage')) ?? null,
    look: { accent: accent.success ? accent.data : null },
    downloads: readDownloads(raw),
    camera: readCamera(raw),
    photosPerGuest: photosPerGuestSchema
      .nullable()
      .catch(null)
      .parse(own('photosPerGuest') ?? null),
    holdWords: hold.words,
    blockWords: block.words,
    checklist: readChecklist(own('checklist')),
    isReadable: isRecord(raw) && hold.isReadable && block.isReadable,
  };
}
