import type { WallBoot, WallPhoto } from '../contract/boot.ts';
import type { Event, EventState } from '../contract/events.ts';
import { translator, wall, type Locale } from '../contract/messages/index.ts';
import type { Photo } from '../contract/photos.ts';
import { ownPath, renderDocument, type PageTenant } from './document.tsx';

export interface WallProps {
  tenant: PageTenant;
  event: Event;
  /** what the code leads to, also shown as words */
  joinUrl: string;
  position: { epoch: string; seq: number };
  state: EventState;
  /** approved photos, newest first */
  photos: Photo[];
  nextCursor: string | null;
  locale: Locale;
}

function toWallPhoto(photo: Photo): WallPhoto[] {
  const sizes = photo.renditions.map(({ width, height, url }) => ({ width, height, url }));
  const large = sizes.at(-1);
  if (!large) return [];
  const { id, by, caption, thumbhash, createdAt, reactions } = photo;
  return [{ id, width: large.width, height: large.height, sizes, by, caption, thumbhash, createdAt, reactions }];
}

/** The wall of one event: a black page and everything that its script needs to begin at once. */
export function renderWall(props: WallProps): string {
  const { event, locale, tenant, state } = props;
  const t = translator(locale, wall);
  const boot: WallBoot = {
    kind: 'wall',
    brand: { name: tenant.name, logo: ownPath(tenant.theme.logo) },
    event: { id: event.id, slug: event.slug, name: event.name },
    position: props.position,
    locale,
    joinUrl: props.joinUrl,
    state,
    photos: props.photos.flatMap(toWallPhoto),
    nextCursor: props.nextCursor,
  };
  return renderDocument({
    locale,
    title: `${event.name} · ${tenant.name}`,
    entry: 'wall',
    theme: tenant.theme,
    bodyClass: 'wall',
    boot,
    children: <noscript>{t('open', { event: event.name })}</noscript>,
  });
}
