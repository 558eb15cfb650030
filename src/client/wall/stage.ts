import type { WallPhoto } from '../../contract/boot.ts';
import { placeholderUrl } from '../shared/placeholder.ts';
import { fills } from './wall-rules.ts';

const CROSSFADE_MS = 1_200;
const LOAD_TIMEOUT_MS = 20_000;

/** Loads and decodes a photo before it is needed: a half-painted picture is never seen. */
export function preload(photo: WallPhoto): Promise<HTMLImageElement> {
  const image = new Image();
  image.className = 'slide-photo';
  image.alt = photo.caption || '';
  image.src = photo.url;
  const loaded = image.decode
    ? image.decode()
    : new Promise<void>((resolve, reject) => {
        image.onload = () => resolve();
        image.onerror = () => reject(new Error('not loaded'));
      });
  const late = new Promise<never>((_, reject) => setTimeout(() => reject(new Error('too slow')), LOAD_TIMEOUT_MS));
  return Promise.race([loaded, late]).then(() => image);
}

export interface Stage {
  shown(): string | null;
  show(photo: WallPhoto, image: HTMLImageElement): void;
  /** Takes the photo off at once: somebody wanted it gone. */
  clear(): void;
}

/** Fills the screen where that costs little of the photo; else a soft glow of its colours stands behind it. */
function dress(slide: HTMLElement, photo: WallPhoto): void {
  const screen = { width: window.innerWidth, height: window.innerHeight };
  if (fills(photo, screen)) return slide.classList.add('slide-fills');
  const url = placeholderUrl(photo.thumbhash);
  if (!url) return;
  const glow = document.createElement('div');
  glow.className = 'slide-glow';
  glow.style.backgroundImage = `url(${url})`;
  slide.insertBefore(glow, slide.firstChild);
}

/** Two layers and a crossfade; the old one is taken away only when the new one covers it. */
export function openStage(host: HTMLElement, first: WallPhoto | undefined): Stage {
  let current = host.querySelector<HTMLElement>('.slide');
  if (current && first) dress(current, first);

  function leave(slide: HTMLElement | null): void {
    if (!slide) return;
    slide.classList.add('slide-leaves');
    setTimeout(() => slide.remove(), CROSSFADE_MS + 100);
  }

  return {
    shown: () => (current && current.getAttribute('data-id')) || null,
    show(photo, image) {
      const slide = document.createElement('figure');
      slide.className = 'slide';
      slide.setAttribute('data-id', photo.id);
      slide.appendChild(image);
      dress(slide, photo);
      host.appendChild(slide);
      void slide.offsetWidth; // the browser has to see the slide before the change to have something to animate
      slide.classList.add('slide-shown');
      leave(current);
      current = slide;
    },
    clear() {
      if (current) current.remove();
      current = null;
    },
  };
}
