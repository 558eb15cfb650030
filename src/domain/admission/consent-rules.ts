import { readEventSettings } from '../../contract/event-settings.ts';
import type { AskedConsent, ConsentTexts } from '../../contract/consent.ts';
import { LOCALES, type Locale } from '../../contract/messages/shape.ts';
import type { EventRow } from '../../db/schema/events.ts';

/** The latest version, if it says anything. */
export interface Wording {
  version: number;
  texts: ConsentTexts;
}

/**
 * What a guest is asked: in the reader's language, else in that of the event, else in English, else in any.
 * @returns null where nothing is asked
 */
export function askedOf(
  wording: Wording | null,
  event: Pick<EventRow, 'settings'>,
  reader: Locale,
): AskedConsent | null {
  if (!wording) return null;
  const order = [reader, readEventSettings(event.settings).defaultLanguage, 'en' as const, ...LOCALES];
  for (const locale of order) {
    const text = locale ? wording.texts[locale] : undefined;
    if (locale && text) return { version: wording.version, text, locale };
  }
  return null;
}
