import type { WallPhoto } from '../../../contract/boot.ts';
import { placeholderUrl } from '../../shared/placeholder.ts';
import { dropPictures, el, FADE_MS, leave, reveal } from '../dom.ts';
import { drift, fills } from './slide-rules.ts';
import type { Size } from './layout.ts';

interface Slides {
  show(photo: WallPhoto, picture: HTMLImageElement): void;
  clear(id: string): void;
  shown(): string[];
}

/** The photo's own colours, soft, where its picture does not reach. */
export function glow(photo: WallPhoto): HTMLElement | null {
  const url = placeholderUrl(photo.thumbhash);
  if (!url) return null;
  const element = el('div', 'slide-glow');
  element.style.backgroundImage = `url(${url})`;
  return element;
}

/**
 * One photo after another, each fading in over the one before. It fills its place where that costs little of the
 * photo; else it stands whole before a glow. `driftMs`: how long it moves; 0: not at all.
 */
export function openSlides(host: HTMLElement, size: Size, driftMs: number): Slides {
  let current: HTMLElement | null = null;
  return {
    show(photo, picture) {
      const isFilled = fills(photo, size);
      picture.className = 'slide-photo';
      const slide = el('figure', isFilled ? 'slide slide-fills' : 'slide', isFilled ? null : glow(photo), picture);
      slide.setAttribute('data-id', photo.id);
      host.appendChild(slide);
      if (driftMs > 0) {
        const { from, to } = drift(photo.id, isFilled);
        picture.style.transform = from;
        reveal(slide, 'slide-shown');
        picture.style.transition = `transform ${driftMs + 2 * FADE_MS}ms linear`;
        picture.style.transform = to;
      } else reveal(slide, 'slide-shown');
      leave(current);
      current = slide;
    },
    clear(id) {
      for (const slide of Array.from(host.querySelectorAll('.slide'))) {
        if (slide.getAttribute('data-id') !== id) continue;
        dropPictures(slide);
        slide.remove();
        if (slide === current) current = null;
      }
    },
    shown: () => (current ? [current.getAttribute('data-id') || ''] : []),
  };
}
