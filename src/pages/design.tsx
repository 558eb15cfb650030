import type { AdminBoot } from '../contract/boot.ts';
import type { Locale } from '../contract/messages/index.ts';
import { ownPath, renderDocument, type PageTenant } from './document.tsx';

/** Every component in every state, for those who build with them. Served in local mode only, in English headings. */
export function renderDesign({ tenant, locale }: { tenant: PageTenant; locale: Locale }): string {
  const { name, slug, theme } = tenant;
  const boot: AdminBoot = { tenant: { name, slug, logo: ownPath(theme.logo), accent: theme.accent }, locale };
  return renderDocument({
    locale,
    title: 'Design system',
    entry: 'design',
    theme: tenant.theme,
    boot,
    children: <div id="app" />,
  });
}
