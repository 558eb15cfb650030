import type { Event } from '../contract/events.ts';
import { LOCALES, site, translator, type Locale } from '../contract/messages/index.ts';
import { formatDay } from '../contract/messages/times.ts';
import type { TenantStatus } from '../contract/tenants.ts';
import { Brand, LegalLinks, renderDocument, type PageTenant } from './document.tsx';
import { Languages } from './languages.tsx';
import { galleryPath } from './table-field.tsx';

export interface TenantHomeProps {
  tenant: PageTenant;
  /** events that anyone may know of: public ones, and those with a PIN by name only */
  events: Pick<Event, 'slug' | 'name' | 'startsAt' | 'timeZone' | 'visibility'>[];
  locale: Locale;
  /** the language the address asks for, kept in links */
  lang?: Locale | undefined;
}

export function renderTenantHome({ tenant, events, locale, lang }: TenantHomeProps): string {
  const t = translator(locale, site);
  return renderDocument({
    locale,
    title: tenant.name,
    entry: 'gallery',
    plain: true,
    theme: tenant.theme,
    children: (
      <main class="page">
        <h1 dir="auto">{tenant.name}</h1>
        {events.length === 0 ? (
          <div class="empty">
            <h2>{t('noEvents')}</h2>
            <p class="quiet">{t('noEventsText')}</p>
          </div>
        ) : (
          <>
            <h2>{t('events')}</h2>
            <ul class="cards">
              {events.map((event) => (
                <li key={event.slug}>
                  <a class="card" href={galleryPath(event.slug, { lang })}>
                    <strong dir="auto">{event.name}</strong>
                    <span class="quiet">
                      {event.startsAt && formatDay(locale, event.timeZone, event.startsAt)}
                      {event.visibility === 'pin' && ` · ${t('withPin')}`}
                    </span>
                  </a>
                </li>
              ))}
            </ul>
          </>
        )}
        <LegalLinks tenant={tenant} locale={locale} />
        <p class="page-foot small">
          <a class="quiet" href="/admin">
            {t('staff')}
          </a>
        </p>
        <Languages isFoot locale={locale} offered={LOCALES} path="/" />
      </main>
    ),
  });
}

interface PlainProps {
  locale: Locale;
  title: string;
  text: string;
  tenant?: PageTenant | null | undefined;
  home?: string;
}

function renderPlain({ locale, title, text, tenant, home }: PlainProps): string {
  return renderDocument({
    locale,
    title,
    entry: 'gallery',
    plain: true,
    theme: tenant?.theme ?? null,
    children: (
      <main class="page page-centred">
        {tenant && <Brand tenant={tenant} />}
        <h1>{title}</h1>
        <p class="quiet" dir="auto">
          {text}
        </p>
        {home && (
          <p>
            <a href="/">{home}</a>
          </p>
        )}
      </main>
    ),
  });
}

export interface StatusPageProps {
  kind: Exclude<TenantStatus, 'active'>;
  tenant: PageTenant;
  locale: Locale;
}

/** Says why a tenant's site shows nothing at the moment. */
export function renderStatusPage({ kind, tenant, locale }: StatusPageProps): string {
  const t = translator(locale, site);
  return renderPlain({ locale, title: t(kind), text: t(`${kind}Text`, { tenant: tenant.name }), tenant });
}

/** For an unknown host, event or address: the same words for all of them, and for everybody. */
export function renderNotFound({ locale, tenant }: { locale: Locale; tenant?: PageTenant | null }): string {
  const t = translator(locale, site);
  return renderPlain({
    locale,
    title: t('notFound'),
    text: t('notFoundText'),
    tenant,
    ...(tenant ? { home: t('home') } : {}),
  });
}

export interface ErrorPageProps {
  title?: string;
  detail: string;
  locale: Locale;
  tenant?: PageTenant | null;
}

export function renderError({ title, detail, locale, tenant }: ErrorPageProps): string {
  return renderPlain({ locale, title: title ?? translator(locale, site)('errorTitle'), text: detail, tenant });
}
