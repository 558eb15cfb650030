import * as z from 'zod';
import { timeSchema } from './ids.ts';
import { LOCALES, type Locale } from './messages/shape.ts';
import { CONSENT_TEXT_MAX_LENGTH } from './values/event-limits.ts';
import { cleanText } from './values/names.ts';

/* What guests agree to before they send photos: the words of the tenant, in versions that never change. */

/** A wording in some of the languages. */
export type ConsentTexts = Partial<Record<Locale, string>>;

const wordingSchema = z
  .string()
  .max(CONSENT_TEXT_MAX_LENGTH * 4)
  .transform(cleanText)
  .refine(
    (text) => Array.from(text).length <= CONSENT_TEXT_MAX_LENGTH,
    `must have ${CONSENT_TEXT_MAX_LENGTH} characters at most`,
  );

/** Languages without a text are left out; without any, guests are asked for nothing any more. */
export const consentWriteSchema = z
  .strictObject({
    texts: z
      .partialRecord(z.enum(LOCALES), wordingSchema)
      .transform((texts): ConsentTexts => Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== ''))),
  })
  .meta({ id: 'ConsentWrite' });
export type ConsentWrite = z.infer<typeof consentWriteSchema>;

const versionSchema = z
  .strictObject({
    version: z.int().positive(),
    texts: z.partialRecord(z.enum(LOCALES), z.string()).describe('none: from then on guests were asked for nothing'),
    createdAt: timeSchema,
    by: z.string().nullable().describe('the name as it was then'),
  })
  .meta({ id: 'ConsentVersion' });
export type ConsentVersion = z.infer<typeof versionSchema>;

export const consentAnswerSchema = z.strictObject({
  current: versionSchema.nullable().describe('what guests are asked now; null: nothing'),
  history: z.array(versionSchema).describe('every version, the newest first'),
});
export type ConsentAnswer = z.infer<typeof consentAnswerSchema>;

/** What a guest is asked: one wording, in the language that is nearest to theirs. */
export const askedConsentSchema = z.strictObject({
  version: z.int().positive().describe('to be sent with every upload'),
  text: z.string(),
  locale: z.enum(LOCALES).describe('in which the text is written'),
});
export type AskedConsent = z.infer<typeof askedConsentSchema>;

/** As an upload says which wording its guest agreed to. */
export const consentVersionSchema = z.coerce.number().int().min(1).max(2_147_483_647);
