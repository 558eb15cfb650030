import { LOCALES, site, translator, type Locale } from '../contract/messages/index.ts';
import { formatMoment } from '../contract/messages/times.ts';
import { RECEIPT_MAX_CHARACTERS, type ReceiptAnswer } from '../contract/me.ts';
import { Brand, LegalLinks, renderDocument, type PageTenant } from './document.tsx';
import { Languages } from './languages.tsx';
import { addressOf } from './table-field.tsx';

export interface ReceiptProps {
  tenant: PageTenant;
  locale: Locale;
  /** the language the address asks for, kept */
  lang?: Locale | undefined;
  /** what was found; null before anything was asked */
  answer: ReceiptAnswer | null;
}

/** Checks a receipt of erasure for whoever holds one. */
export function renderReceipt({ tenant, locale, lang, answer }: ReceiptProps): string {
  const t = translator(locale, site);
  return renderDocument({
    locale,
    title: `${t('receipt')} · ${tenant.name}`,
    entry: 'receipt',
    plain: answer !== null,
    theme: tenant.theme,
    children: (
      <main class="page">
        <Brand tenant={tenant} />
        {answer ? (
          <Result answer={answer} locale={locale} lang={lang} />
        ) : (
          <div class="stack">
            <h1>{t('receipt')}</h1>
            <p class="quiet">{t('receiptText')}</p>
            <form class="stack" id="receipt-form" method="post" action={addressOf('/receipt', { lang })}>
              <div class="field">
                <label for="receipt">{t('receiptField')}</label>
                <textarea
                  class="input receipt-field"
                  id="receipt"
                  name="receipt"
                  dir="ltr"
                  required
                  spellcheck={false}
                  autocomplete="off"
                  maxLength={2 * RECEIPT_MAX_CHARACTERS}
                />
              </div>
              <button class="button" type="submit">
                {t('receiptCheck')}
              </button>
            </form>
          </div>
        )}
        <LegalLinks tenant={tenant} locale={locale} />
        <Languages isFoot locale={locale} offered={LOCALES} path="/receipt" />
      </main>
    ),
  });
}

function Result({ answer, locale, lang }: Pick<ReceiptProps, 'locale' | 'lang'> & { answer: ReceiptAnswer }) {
  const t = translator(locale, site);
  const { receipt, filesLeft } = answer;
  const again = (
    <p>
      <a href={addressOf('/receipt', { lang })}>{t('receiptAnother')}</a>
    </p>
  );
  if (!receipt) {
    return (
      <div class="stack">
        <h1>{t('receiptInvalid')}</h1>
        <p class="notice notice-bad" role="alert">
          {t('receiptInvalidText')}
        </p>
        {again}
      </div>
    );
  }
  const facts: [string, string | number][] = [
    [t('receiptEvent'), receipt.event],
    [t('receiptErasedAt'), formatMoment(locale, 'UTC', receipt.erasedAt)],
    [t('receiptPhotos'), receipt.erased.photos],
    [t('receiptReactions'), receipt.erased.reactions],
    [t('receiptRequests'), receipt.erased.reports],
    [t('receiptNumber'), receipt.id],
  ];
  return (
    <div class="stack">
      <h1>{t('receiptValid')}</h1>
      <p class="notice notice-good" role="status">
        {t('receiptValidText', { tenant: receipt.tenant })}
      </p>
      <dl class="receipt-facts">
        {facts.map(([label, value]) => (
          <>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </>
        ))}
      </dl>
      <p>{filesLeft ? t('receiptFilesLeft', { count: filesLeft }) : t('receiptFilesGone')}</p>
      <p class="quiet small">
        {t('receiptProof')} <a href="/.well-known/jwks.json">jwks.json</a>
      </p>
      {again}
    </div>
  );
}
