import type { ComponentChildren } from 'preact';
import { render } from 'preact-render-to-string';
import type { Legal } from '../contract/account.ts';
import { directionOf, site, translator, type Locale } from '../contract/messages/index.ts';
import type { Theme } from '../contract/tenants.ts';
import { themeUrl } from '../contract/theme/address.ts';
import { assetsOf, type Entry } from './assets.ts';

export interface DocumentProps {
  locale: Locale;
  title: string;
  /** which client's styles (and, unless `plain`, script) the page uses */
  entry: Entry;
  plain?: boolean;
  theme?: Theme | null;
  bodyClass?: string;
  description?: string;
  /** absolute or rooted address of a picture for link previews */
  image?: string | null;
  /** what the script needs to know; ends up readable in the page, so never a secret or a reader's name */
  boot?: unknown;
  children: ComponentChildren;
}

/** JSON that cannot end its own script element, whatever names and captions say. */
export const scriptJson = (value: unknown): string =>
  JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** A whole HTML page. Styles and scripts are files: the content security policy allows nothing inline. */
export function renderDocument(props: DocumentProps): string {
  const assets = assetsOf(props.entry, props.locale);
  const html = (
    <html lang={props.locale} dir={directionOf(props.locale)}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="robots" content="noindex" />
        <meta name="color-scheme" content="light dark" />
        <title>{props.title}</title>
        {props.description && <meta name="description" content={props.description} />}
        <meta property="og:title" content={props.title} />
        {props.image && <meta property="og:image" content={props.image} />}
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
        {assets.styles.map((href) => (
          <link key={href} rel="stylesheet" href={href} />
        ))}
        {props.theme && <link rel="stylesheet" href={themeUrl(props.theme)} />}
        {!props.plain && assets.preloads.map((href) => <link key={href} rel="modulepreload" href={href} />)}
        {!props.plain && <script type="module" src={assets.words} />}
        {!props.plain && <script type="module" src={assets.script} />}
      </head>
      <body class={props.bodyClass}>
        {props.children}
        {props.boot !== undefined && (
          <script type="application/json" id="boot" dangerouslySetInnerHTML={{ __html: scriptJson(props.boot) }} />
        )}
      </body>
    </html>
  );
  return `<!doctype html>${render(html)}`;
}

export interface PageTenant {
  name: string;
  slug: string;
  theme: Theme;
  legal?: Legal;
}

/** Whose page this is, where its tenant has said so. */
export function LegalLinks({ tenant, locale }: { tenant: PageTenant; locale: Locale }) {
  const t = translator(locale, site);
  const { imprint, privacyUrl, supportEmail } = tenant.legal ?? {};
  const links = [
    [t('imprint'), imprint],
    [t('privacy'), privacyUrl],
    [t('support'), supportEmail && `mailto:${supportEmail}`],
  ].filter((link): link is [string, string] => Boolean(link[1]));
  if (links.length === 0) return null;
  return (
    <nav class="page-foot small" aria-label={t('legal')}>
      {links.map(([label, href], place) => (
        <span key={label}>
          {place > 0 && ' · '}
          <a class="quiet" href={href} rel="noopener noreferrer">
            {label}
          </a>
        </span>
      ))}
    </nav>
  );
}

/** Only pictures of our own host: anything else the content security policy would refuse anyway. */
export const ownPath = (url: string | null): string | null => (url && /^\/(?!\/)/.test(url) ? url : null);

export function Brand({ tenant }: { tenant: PageTenant }) {
  const logo = ownPath(tenant.theme.logo);
  return (
    <a class="brand" href="/" dir="auto">
      {logo ? <img src={logo} alt={tenant.name} height={28} /> : tenant.name}
    </a>
  );
}
