import type { Locale } from '../../contract/messages/shape.ts';
import { formatAgo, formatMoment } from '../../contract/messages/times.ts';
import { byId } from '../shared/boot.ts';
import { holdFocus, onSwipe } from '../shared/modal.ts';
import { placeholderUrl } from '../shared/placeholder.ts';
import { t } from './words.ts';

const SWIPE_PX = 48;
const FLAG = '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M5 21V4c5-3 9 3 14 0v10c-5 3-9-3-14 0"/></svg>';
const ARROW = '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M12 4v12m0 0-5-5m5 5 5-5M5 20h14"/></svg>';

/** Whether a moving picture may move by itself: nobody has asked for less motion, or for less data. */
function mayMove(): boolean {
  const { connection } = navigator as Navigator & { connection?: { saveData?: boolean } };
  return !(connection && connection.saveData) && !matchMedia('(prefers-reduced-motion: reduce)').matches;
}

export interface Lightbox {
  /** the photo with this id is about to leave the grid */
  drop(id: string): void;
  close(): void;
}

/** One photo over everything: arrows, Escape, swipes; reads all it shows from the grid's own markup. */
export function installLightbox(
  timeZone: string,
  locale: Locale,
  downloads: boolean,
  onReport: (id: string, picture: { src: string; alt: string }) => void,
): Lightbox {
  const list = byId('photos') as HTMLElement;
  let box: HTMLElement | null = null;
  let current: HTMLElement | null = null;
  let letGo = () => {};
  const image = document.createElement('img');
  const words = document.createElement('p');
  const video = document.createElement('video');
  const file = document.createElement('a');
  image.className = 'lightbox-photo';
  video.className = 'lightbox-video';
  video.controls = true;
  video.playsInline = true;
  // Nobody's data is spent before they ask for it.
  video.preload = 'none';
  // What is for looking only is not offered by the player either.
  if (!downloads) video.setAttribute('controlslist', 'nodownload');
  words.className = 'lightbox-words';
  file.className = 'button lightbox-download';
  file.setAttribute('download', '');
  file.setAttribute('aria-label', t('download'));
  file.innerHTML = ARROW;

  function button(name: 'close' | 'previous' | 'next' | 'report', sign: string, run: () => void): HTMLElement {
    const element = document.createElement('button');
    element.type = 'button';
    element.className = `button lightbox-${name}`;
    element.setAttribute('aria-label', t(name));
    element.innerHTML = sign;
    element.addEventListener('click', run);
    return element;
  }

  function show(tile: HTMLElement): void {
    current = tile;
    const link = tile.querySelector('a') as HTMLAnchorElement;
    const small = tile.querySelector('img') as HTMLImageElement;
    const by = link.getAttribute('data-by');
    const caption = link.getAttribute('data-caption');
    const at = link.getAttribute('data-at');
    const placeholder = placeholderUrl(small.getAttribute('data-thumbhash'));
    image.removeAttribute('src');
    image.alt = small.alt;
    image.width = Number(link.getAttribute('data-width'));
    image.height = Number(link.getAttribute('data-height'));
    image.style.background = placeholder ? `url(${placeholder}) center / contain no-repeat` : '';
    image.onload = () => (image.style.background = '');
    image.src = link.href;
    const original = link.getAttribute('data-original');
    const kind = link.getAttribute('data-kind');
    file.hidden = !downloads || !original;
    file.href = original || '';
    if (kind === 'animated' && original && mayMove()) image.src = original;
    play(kind === 'video' ? original : null, link.href, small.alt);
    words.textContent = '';
    const parts = [
      kind === 'video' && !original ? t('videoClosed') : null,
      caption,
      by ? t('by', { name: by }) : null,
      at ? formatAgo(locale, at, new Date()) : null,
    ];
    for (const part of parts.filter(Boolean)) {
      const span = document.createElement('bdi');
      span.textContent = part as string;
      if (words.childNodes.length) words.appendChild(document.createTextNode(' · '));
      words.appendChild(span);
    }
    if (at) words.title = formatMoment(locale, timeZone, at);
    const index = Array.from(list.children).indexOf(tile);
    if (box) box.setAttribute('aria-label', t('position', { index: index + 1, total: list.children.length }));
    const after = tile.nextElementSibling;
    const next = after && after.querySelector('a');
    if (next) new Image().src = next.href;
  }

  /** A video instead of its poster; `null`: the picture itself. */
  function play(source: string | null, poster: string, name: string): void {
    image.hidden = source !== null;
    video.hidden = source === null;
    video.pause();
    if (source === null) return video.removeAttribute('src');
    video.poster = poster;
    video.src = source;
    video.setAttribute('aria-label', name);
  }

  function go(step: 1 | -1): void {
    const to = current && (step > 0 ? current.nextElementSibling : current.previousElementSibling);
    if (to) show(to as HTMLElement);
  }

  function close(): void {
    if (!box) return;
    const tile = current;
    play(null, '', '');
    box.remove();
    box = current = null;
    document.removeEventListener('keydown', onKey);
    letGo();
    const link = tile && tile.isConnected ? tile.querySelector('a') : null;
    if (link) link.focus();
  }

  const rtl = document.documentElement.dir === 'rtl';
  function onKey(event: KeyboardEvent): void {
    // Under a sheet of its own the keys are the sheet's.
    if (box && box.getAttribute('aria-hidden') === 'true') return;
    // And in a video they are the player's, which goes back and forth with them.
    if (event.target === video) return;
    if (event.key === 'ArrowRight') go(rtl ? -1 : 1);
    if (event.key === 'ArrowLeft') go(rtl ? 1 : -1);
  }

  function open(tile: HTMLElement): void {
    box = document.createElement('div');
    box.className = 'lightbox';
    box.setAttribute('role', 'dialog');
    box.setAttribute('aria-modal', 'true');
    box.append(
      image,
      video,
      words,
      button('previous', '‹', () => go(-1)),
      button('next', '›', () => go(1)),
      button('report', FLAG, () => {
        const id = current && current.getAttribute('data-id');
        const small = current && current.querySelector('img');
        if (id && small) onReport(id, { src: small.currentSrc || small.src, alt: small.alt });
      }),
      file,
      button('close', '×', close),
    );
    onSwipe(box, (dx, dy) => {
      if (Math.abs(dx) > SWIPE_PX && Math.abs(dx) > Math.abs(dy)) go(dx < 0 === rtl ? -1 : 1);
      else if (dy > SWIPE_PX * 2) close();
    });
    document.body.appendChild(box);
    letGo = holdFocus(box, close);
    document.addEventListener('keydown', onKey);
    show(tile);
  }

  list.addEventListener('click', (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    const tile = (event.target as Element).closest<HTMLElement>('.tile');
    if (!tile) return;
    event.preventDefault();
    open(tile);
  });

  return {
    close,
    drop(id) {
      if (!current || current.getAttribute('data-id') !== id) return;
      if (current.nextElementSibling) go(1);
      else if (current.previousElementSibling) go(-1);
      else close();
    },
  };
}
