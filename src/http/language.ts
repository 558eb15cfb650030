import { readEventSettings } from '../contract/event-settings.ts';
import { pickLocale, toLocale, type Locale } from '../contract/messages/index.ts';
import { languageCookie, readLanguageCookie } from './cookies.ts';

/*
 * In which language a page is written, decided here and nowhere else: whatever keeps pages for several
 * readers has to have the answer in its key.
 */

/** What the address says, so that links and forms of the page can go on saying it. */
export const askedLanguage = (url: URL): Locale | null => toLocale(url.searchParams.get('lang'));

/**
 * `?lang=` first, then what the reader chose before on this host, then what the browser asks for, among
 * the languages of the event where the page is one's.
 */
export function localeOf(request: Request, event?: { settings: unknown }): Locale {
  const url = new URL(request.url);
  const chosen = askedLanguage(url) ?? readLanguageCookie(request, url.protocol === 'https:');
  return pickLocale(
    request.headers.get('accept-language'),
    chosen,
    event ? readEventSettings(event.settings) : undefined,
  );
}

/** The cookie for a language that was just chosen by its link; null where there is nothing to keep. */
export function chosenLanguageCookie(request: Request, url: URL, secure: boolean): string | null {
  const asked = request.method === 'GET' ? askedLanguage(url) : null;
  return asked && asked !== readLanguageCookie(request, secure) ? languageCookie(asked, secure) : null;
}
