import { render } from 'preact-render-to-string';
import { guest, translator, type Locale } from '../contract/messages/index.ts';
import type { Photo } from '../contract/photos.ts';
import { formatDuration } from '../contract/values/durations.ts';

/** How wide a tile is, for the browser's choice of a rendition; the columns are those of `gallery.css`. */
const TILE_SIZES = '(min-width: 1800px) 13vw, (min-width: 1200px) 17vw, (min-width: 700px) 20vw, 34vw';
/** Tiles that are surely on the first screen: fetched at once. */
export const EAGER_TILES = 15;
const KEPT_TILES = 4_000;

/** Half squares are enough: the tile crops, and the largest rendition is for the light box. */
function Tile({ photo, alt, eager }: { photo: Photo | null; alt: string; eager: boolean }) {
  const small = photo?.renditions[0];
  const large = photo?.renditions[photo.renditions.length - 1];
  const inGrid = photo?.renditions.slice(0, 2).map((r) => `${r.url} ${r.width}w`);
  return (
    <li class="tile" data-id={photo?.id}>
      <a
        href={large?.url ?? '#'}
        data-width={large?.width}
        data-height={large?.height}
        data-by={photo?.by ?? undefined}
        data-caption={photo?.caption ?? undefined}
        data-at={photo?.createdAt}
        data-kind={photo?.kind === 'video' ? 'video' : photo?.animated ? 'animated' : undefined}
        data-original={photo?.original ?? undefined}
      >
        <img
          src={small?.url}
          srcset={inGrid?.join(', ')}
          sizes={TILE_SIZES}
          width={small?.width}
          height={small?.height}
          alt={alt}
          loading={eager ? undefined : 'lazy'}
          decoding="async"
          data-thumbhash={photo?.thumbhash ?? undefined}
        />
        <span class="tile-badge" aria-hidden="true">
          {photo?.kind === 'video' ? photo.durationMs && formatDuration(photo.durationMs) : photo?.animated && 'GIF'}
        </span>
      </a>
    </li>
  );
}

export function altText(photo: Pick<Photo, 'caption' | 'by' | 'kind'>, eventName: string, locale: Locale): string {
  if (photo.caption) return photo.caption;
  const t = translator(locale, guest);
  const isVideo = photo.kind === 'video';
  if (photo.by) return t(isVideo ? 'videoBy' : 'photoBy', { name: photo.by });
  return t(isVideo ? 'videoPlain' : 'photoPlain', { event: eventName });
}

interface Kept {
  content: string;
  html: string;
}
const kept = new Map<string, Kept>();

/**
 * The markup of one tile. It is kept by photo, because a page of a hundred is rendered every few
 * seconds and differs by one; what a tile shows is compared, so a changed caption is never stale.
 */
export function tileHtml(photo: Photo, eventName: string, locale: Locale, eager: boolean): string {
  const key = eager ? `${locale}+${photo.id}` : locale + photo.id;
  const first = photo.renditions[0];
  const content = `${first ? first.url : ''}\n${photo.by}\n${photo.thumbhash}\n${photo.caption}\n${photo.original}\n${eventName}`;
  const known = kept.get(key);
  if (known && known.content === content) return known.html;
  const html = render(<Tile photo={photo} alt={altText(photo, eventName, locale)} eager={eager} />);
  if (kept.size >= KEPT_TILES)
    for (const old of kept.keys()) if (kept.delete(old) && kept.size < KEPT_TILES * 0.75) break;
  kept.set(key, { content, html });
  return html;
}

let template = '';

/** The same markup with nothing in it, for the browser to clone when a photo arrives. */
export function tileTemplateHtml(): string {
  template ||= `<template id="tile">${render(<Tile photo={null} alt="" eager={false} />)}</template>`;
  return template;
}
