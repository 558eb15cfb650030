import type { PreviewBoot, ScreenBoot } from '../contract/boot.ts';
import { translator, wall, type Locale } from '../contract/messages/index.ts';
import { ownPath, renderDocument, type PageTenant } from './document.tsx';

/** The shell of a paired screen: nothing of any event is in it, so that a device may keep it for good. */
export function renderScreen({ tenant, locale, version }: { tenant: PageTenant; locale: Locale; version: string }) {
  const boot: ScreenBoot = {
    kind: 'screen',
    brand: { name: tenant.name, logo: ownPath(tenant.theme.logo) },
    locale,
    version,
  };
  return renderDocument({
    locale,
    title: tenant.name,
    entry: 'wall',
    theme: tenant.theme,
    bodyClass: 'wall',
    boot,
    children: <noscript>{translator(locale, wall)('pairTitle')}</noscript>,
  });
}

/** The wall inside the console: nothing of any event is in it either, the page around it hands it what it shows. */
export function renderPreview({ tenant, locale }: { tenant: PageTenant; locale: Locale }) {
  const boot: PreviewBoot = {
    kind: 'preview',
    brand: { name: tenant.name, logo: ownPath(tenant.theme.logo) },
    locale,
  };
  return renderDocument({
    locale,
    title: tenant.name,
    entry: 'wall',
    theme: tenant.theme,
    bodyClass: 'wall',
    boot,
    children: null,
  });
}
