import type { Photo } from '../../contract/photos.ts';
import { formatDuration } from '../../contract/values/durations.ts';
import { byId } from '../shared/boot.ts';
import { paintPlaceholder } from '../shared/placeholder.ts';
import { toggleEmpty } from './event-view.ts';
import { t } from './words.ts';

export interface Grid {
  add(photo: Photo): void;
  remove(id: string): void;
  /**
   * Makes the newest part of the grid equal to a snapshot; older tiles beyond it are left alone.
   * @returns whether there are any
   */
  reconcile(photos: Photo[], isWhole: boolean): boolean;
  tiles(): HTMLElement[];
}

/** The server's tiles, and what the live connection does to them. The markup is the server's `<template>`. */
export function takeGrid(eventName: string, onRemove: (id: string) => void): Grid {
  const list = byId('photos') as HTMLElement;
  const template = byId<HTMLTemplateElement>('tile');
  const said = byId('said');
  let arrivals = 0;
  let quiet: ReturnType<typeof setTimeout> | undefined;

  const tiles = () => Array.from(list.children) as HTMLElement[];
  const find = (id: string) => tiles().find((tile) => tile.getAttribute('data-id') === id);
  const paint = (tile: Element) => {
    const image = tile.querySelector('img');
    if (image && image.parentElement) paintPlaceholder(image, image.parentElement);
  };
  tiles().forEach(paint);

  /** One sentence for a burst of arrivals, not one for each. */
  function announce(): void {
    arrivals += 1;
    clearTimeout(quiet);
    quiet = setTimeout(() => {
      if (said) said.textContent = t('arrived', { count: arrivals });
      arrivals = 0;
    }, 1_500);
  }

  /** Its words, which may be taken away while it stays. */
  function describe(tile: HTMLElement, { by, caption, kind, original }: Photo): void {
    const link = tile.querySelector('a');
    const image = tile.querySelector('img');
    if (!link || !image) return;
    const words: [string, string | null][] = [
      ['data-by', by],
      ['data-caption', caption],
      ['data-original', original],
    ];
    for (const [name, value] of words) {
      if (value === null) link.removeAttribute(name);
      else link.setAttribute(name, value);
    }
    const isVideo = kind === 'video';
    image.alt =
      caption ||
      (by
        ? t(isVideo ? 'videoBy' : 'photoBy', { name: by })
        : t(isVideo ? 'videoPlain' : 'photoPlain', { event: eventName }));
  }

  function make(photo: Photo): HTMLElement | null {
    const source = template && template.content.firstElementChild;
    const small = photo.renditions[0];
    const large = photo.renditions[photo.renditions.length - 1];
    if (!source || !small || !large) return null;
    const tile = document.importNode(source, true) as HTMLElement;
    const link = tile.querySelector('a') as HTMLAnchorElement;
    const image = tile.querySelector('img') as HTMLImageElement;
    const set = (element: Element, name: string, value: string | number | null) => {
      if (value !== null) element.setAttribute(name, String(value));
    };
    set(tile, 'data-id', photo.id);
    set(link, 'href', large.url);
    set(link, 'data-width', large.width);
    set(link, 'data-height', large.height);
    set(link, 'data-at', photo.createdAt);
    describe(tile, photo);
    if (photo.kind === 'video' || photo.animated) {
      const badge = tile.querySelector('.tile-badge');
      set(link, 'data-kind', photo.kind === 'video' ? 'video' : 'animated');
      if (badge)
        badge.textContent = photo.kind !== 'video' ? 'GIF' : photo.durationMs ? formatDuration(photo.durationMs) : '';
    }
    set(image, 'width', small.width);
    set(image, 'height', small.height);
    set(image, 'data-thumbhash', photo.thumbhash);
    image.removeAttribute('loading');
    set(
      image,
      'srcset',
      photo.renditions
        .slice(0, 2)
        .map((r) => `${r.url} ${r.width}w`)
        .join(', '),
    );
    set(image, 'src', small.url);
    tile.classList.add('tile-new');
    paint(tile);
    return tile;
  }

  function remove(id: string): void {
    const tile = find(id);
    if (!tile) return;
    onRemove(id);
    tile.remove();
    toggleEmpty();
  }

  function add(photo: Photo): void {
    const known = find(photo.id);
    if (known) return describe(known, photo);
    const tile = make(photo);
    if (!tile) return;
    list.insertBefore(tile, list.firstChild);
    toggleEmpty();
    announce();
  }

  function reconcile(photos: Photo[], isWhole: boolean): boolean {
    const ids = new Set(photos.map((photo) => photo.id));
    const last = photos[photos.length - 1];
    const oldest = isWhole || !last ? '' : last.createdAt;
    let reachesBeyond = false;
    for (const tile of tiles()) {
      const link = tile.querySelector('a');
      const at = (link && link.getAttribute('data-at')) || '';
      const id = tile.getAttribute('data-id') || '';
      if (ids.has(id)) continue;
      if (at > oldest) remove(id);
      else reachesBeyond = true;
    }
    for (const photo of photos.slice().reverse()) add(photo);
    return reachesBeyond;
  }

  return { add, remove, reconcile, tiles };
}
