import type { ConsentVersion } from '../../../contract/consent.ts';
import { directionOf, LOCALE_NAMES } from '../../../contract/messages/shape.ts';
import { useTimes } from '../people/parts.tsx';
import { useConsole } from '../shell/console.tsx';
import { writtenIn } from './consent-rules.ts';

function Version({ version, texts, by, createdAt }: ConsentVersion) {
  const { say } = useConsole();
  const { exact } = useTimes();
  const languages = writtenIn(texts);
  const head = (
    <>
      <strong>{say.people('consentVersion', { version })}</strong>
      <span class="quiet small">
        {by
          ? say.people('consentBy', { name: by, time: exact(createdAt) })
          : say.people('consentSince', { time: exact(createdAt) })}
      </span>
    </>
  );
  if (languages.length === 0) {
    return (
      <li class="consent-version">
        {head} <span class="quiet small">{say.people('consentNone')}</span>
      </li>
    );
  }
  return (
    <li class="consent-version">
      <details>
        <summary>
          {head} <span class="quiet small">{languages.map((locale) => LOCALE_NAMES[locale]).join(' · ')}</span>
        </summary>
        {languages.map((locale) => (
          <div class="consent-version-text" key={locale} lang={locale} dir={directionOf(locale)}>
            <h3>{LOCALE_NAMES[locale]}</h3>
            <p class="consent-words">{texts[locale]}</p>
          </div>
        ))}
      </details>
    </li>
  );
}

/** Every text that guests were ever asked to agree to, word for word. */
export function ConsentHistory({ history }: { history: readonly ConsentVersion[] }) {
  const { say } = useConsole();
  if (history.length === 0) return null;
  return (
    <section class="section column" aria-labelledby="history-title">
      <h2 id="history-title">{say.people('consentHistory')}</h2>
      <ul class="consent-versions">
        {history.map((one) => (
          <Version key={one.version} {...one} />
        ))}
      </ul>
    </section>
  );
}
