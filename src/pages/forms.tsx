import type { DoorBoot } from '../contract/boot.ts';
import type { Event } from '../contract/events.ts';
import { guest, LOCALES, translate, translator, type Locale } from '../contract/messages/index.ts';
import type { ErrorCode, Problem } from '../contract/errors.ts';
import { Brand, renderDocument, type PageTenant } from './document.tsx';
import { Languages } from './languages.tsx';
import { addressOf, galleryPath, TableField } from './table-field.tsx';

export interface PinFormProps {
  tenant: PageTenant;
  /** the name of a PIN event is on the card, so it may be shown; nothing else of it is */
  event: Pick<Event, 'slug' | 'name'>;
  locale: Locale;
  error?: ErrorCode | undefined;
  retryAfterSeconds?: number | undefined;
  /** the card that was scanned, handed on with the form */
  tableCode?: string | undefined;
  /** the language the address asks for, likewise */
  lang?: Locale | undefined;
  /** in which the event may be read */
  languages?: readonly Locale[];
}

/**
 * Asks for the PIN of an event with a plain form: `POST /e/{slug}/join`. The script is for links from another device,
 * which stand behind the `#`.
 */
export function renderPinForm(props: PinFormProps): string {
  const { tenant, event, locale, error, tableCode, lang } = props;
  const t = translator(locale, guest);
  const boot: DoorBoot = {
    event: { slug: event.slug },
    locale,
    home: galleryPath(event.slug, { lang, t: tableCode }),
  };
  return renderDocument({
    locale,
    title: `${event.name} · ${tenant.name}`,
    entry: 'door',
    theme: tenant.theme,
    boot,
    children: (
      <main class="page">
        <Brand tenant={tenant} />
        <h1 dir="auto">{event.name}</h1>
        <form class="stack" id="door" method="post" action={addressOf(`/e/${event.slug}/join`, { lang })}>
          <TableField code={tableCode} />
          <div>
            <strong>{t('pinTitle')}</strong>
            <p class="quiet">{t('pinText')}</p>
          </div>
          <p class="notice" id="pin-link" hidden>
            {t('pinLink')}
          </p>
          {error && (
            <p class="notice notice-bad" role="alert" id="pin-error">
              {translate(locale, `codes.${error}`)}
            </p>
          )}
          <div class="field">
            <label for="pin">{t('pin')}</label>
            <input
              id="pin"
              name="pin"
              type="text"
              inputMode="numeric"
              autocomplete="off"
              maxLength={32}
              required
              autofocus
              aria-invalid={error ? 'true' : undefined}
              aria-describedby={error ? 'pin-error' : undefined}
            />
          </div>
          <div class="field">
            <label for="name">
              {t('yourName')} <span class="quiet">({t('optional')})</span>
            </label>
            <input id="name" name="name" type="text" maxLength={80} autocomplete="given-name" />
            <span class="field-hint">{t('nameHint')}</span>
          </div>
          <button class="button" type="submit">
            {t('enter')}
          </button>
        </form>
        <Languages
          isFoot
          locale={locale}
          offered={props.languages ?? LOCALES}
          path={`/e/${event.slug}`}
          parameters={{ t: tableCode }}
        />
      </main>
    ),
  });
}

export interface UploadResult {
  /** the file's name as the guest knows it */
  name: string;
  /** absent when the file arrived */
  code?: ErrorCode | undefined;
  /** what is full, where it did not arrive for that */
  quota?: Problem['quota'];
  /** it arrived, and nobody will see it: what is not decoded here needs a picture that only a script can make */
  isUnseen?: boolean;
}

export interface MessageProps {
  tenant: PageTenant;
  event: Pick<Event, 'slug' | 'name' | 'moderation'>;
  results: UploadResult[];
  locale: Locale;
  tableCode?: string | undefined;
  lang?: Locale | undefined;
}

const FULL = { guest: 'fullGuest', event: 'fullEvent', account: 'fullAccount' } as const;

function reasonOf(locale: Locale, { code = 'internal', quota }: UploadResult): string {
  if (!quota) return translate(locale, `codes.${code}`);
  return translate(locale, `guest.${FULL[quota.of]}`, { count: quota.limit });
}

/** What became of a plain-form upload, file by file. */
export function renderMessage({ tenant, event, results, locale, tableCode, lang }: MessageProps): string {
  const t = translator(locale, guest);
  const refused = results.filter((result) => result.code).length;
  const arrived = results.length - refused;
  return renderDocument({
    locale,
    title: `${t('resultTitle')} · ${event.name}`,
    entry: 'gallery',
    plain: true,
    theme: tenant.theme,
    children: (
      <main class="page">
        <Brand tenant={tenant} />
        <h1>{t('resultTitle')}</h1>
        <div class="stack">
          {results.length === 0 && <p>{t('resultNone')}</p>}
          {arrived > 0 && (
            <p>
              <strong>{t('resultArrived', { count: arrived })}.</strong>{' '}
              {event.moderation === 'before' && t('resultNext')}
            </p>
          )}
          {refused > 0 && <p>{t('resultRefused', { count: refused })}:</p>}
          <ul class="results">
            {results.map((result, i) => (
              <li key={i}>
                <span>
                  <bdi>{result.name}</bdi>
                  {result.code && <span class="files-reason quiet">{reasonOf(locale, result)}</span>}
                  {result.isUnseen && <span class="files-reason quiet">{t('resultUnseen')}</span>}
                </span>
                <span>
                  <span
                    class={result.code ? 'badge badge-bad' : result.isUnseen ? 'badge badge-wait' : 'badge badge-good'}
                  >
                    {result.code ? t('refused') : t('fileSent')}
                  </span>
                </span>
              </li>
            ))}
          </ul>
          <p>
            <a class="button" href={galleryPath(event.slug, { lang, t: tableCode })}>
              {t('resultBack')}
            </a>
          </p>
        </div>
      </main>
    ),
  });
}
