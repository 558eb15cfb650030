import { LOCALE_NAMES, site, translator, type Locale } from '../contract/messages/index.ts';
import { addressOf } from './table-field.tsx';

export interface LanguagesProps {
  locale: Locale;
  /** what the page may be read in */
  offered: readonly Locale[];
  path: string;
  /** the rest of the address, kept */
  parameters?: Record<string, string | undefined>;
  /** at the end of a quiet page rather than in a corner of a full one */
  isFoot?: boolean;
}

/** The languages by their own names, as links: the choice works without JavaScript and is then kept in a cookie. */
export function Languages({ locale, offered, path, parameters = {}, isFoot }: LanguagesProps) {
  const t = translator(locale, site);
  const links = offered
    .filter((one) => one !== locale)
    .map((one) => (
      <li key={one}>
        <a href={addressOf(path, { ...parameters, lang: one })} lang={one} hreflang={one} rel="nofollow">
          <bdi>{LOCALE_NAMES[one]}</bdi>
        </a>
      </li>
    ));
  if (links.length === 0) return null;
  if (isFoot) {
    return (
      <nav class="languages-foot" aria-label={t('language')}>
        <ul>{links}</ul>
      </nav>
    );
  }
  return (
    <details class="languages">
      <summary>
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path d="M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M3 12h18M12 3c5 5 5 13 0 18M12 3c-5 5-5 13 0 18" />
        </svg>
        <span class="said">{t('language')}: </span>
        {LOCALE_NAMES[locale]}
      </summary>
      <ul>{links}</ul>
    </details>
  );
}
