import type { AdminBoot } from '../contract/boot.ts';
import { admin, translator, type Locale } from '../contract/messages/index.ts';
import { ownPath, renderDocument, type PageTenant } from './document.tsx';

/** The console's shell; everything in it is made by its script after signing in. */
export function renderAdminShell({ tenant, locale }: { tenant: PageTenant; locale: Locale }): string {
  const t = translator(locale, admin);
  const { name, slug, theme } = tenant;
  const boot: AdminBoot = {
    tenant: { name, slug, logo: ownPath(theme.logo), accent: theme.accent },
    locale,
  };
  return renderDocument({
    locale,
    title: `${t('console')} · ${tenant.name}`,
    entry: 'admin',
    theme: tenant.theme,
    boot,
    children: (
      <>
        <div id="app" />
        <noscript>
          <main class="notice">{t('needScript')}</main>
        </noscript>
      </>
    ),
  });
}
