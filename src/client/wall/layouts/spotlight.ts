import '../styles/spotlight.css';
import type { WallPhoto } from '../../../contract/boot.ts';
import { dropPictures, el, fit, leave, line, reveal } from '../dom.ts';
import { isUpright, ONE, type Layout, type LayoutKind, type Scene } from './layout.ts';
import { glow } from './slides.ts';
import { banner } from './words.ts';

/** Of the width, for the picture; the rest is for words. */
const PARTS = { wide: 0.6, tall: 0.42 };

/** One photo whole, as if it hung there, with what its sender says beside it in large letters. */
function make(): Layout {
  let place: HTMLElement;
  let scene: Scene;
  let current: HTMLElement | null = null;

  function text(photo: WallPhoto): HTMLElement {
    const caption = scene.captions ? line('spot-caption', photo.caption) : null;
    const by = scene.names ? line(caption ? 'spot-by' : 'spot-by spot-alone', photo.by) : null;
    return el('div', 'spot-words', caption, by);
  }

  /** As large as its part of the screen allows, whatever the file has. */
  function hang(photo: WallPhoto, picture: HTMLImageElement, isTall: boolean): void {
    const { width, height } = scene.size;
    const unit = Math.min(height, width * 1.1) / 100;
    const most = isUpright(scene.size)
      ? { width: width - 12 * unit, height: height - 79 * unit }
      : { width: (width - 18 * unit) * (isTall ? PARTS.tall : PARTS.wide), height: height - 22 * unit };
    const scale = Math.min(most.width / photo.width, most.height / photo.height);
    picture.className = 'spot-photo';
    picture.style.width = `${photo.width * scale}px`;
    picture.style.height = `${photo.height * scale}px`;
  }

  return {
    mount(host, given) {
      scene = given;
      place = el('div', 'spot');
      host.appendChild(place);
      host.appendChild(banner(scene));
      const code = scene.code();
      if (code) host.appendChild(code);
      host.classList.toggle('spot-plain', !code);
    },
    show(photo, picture) {
      const isTall = photo.width < photo.height;
      hang(photo, picture, isTall);
      const shown = el(
        'figure',
        isTall ? 'spot-scene spot-tall' : 'spot-scene',
        glow(photo),
        el('div', 'spot-frame', picture),
        text(photo),
      );
      shown.setAttribute('data-id', photo.id);
      place.appendChild(shown);
      fit(shown.querySelector('.spot-caption'));
      reveal(shown, 'spot-shown');
      leave(current);
      current = shown;
    },
    clear(id) {
      for (const shown of Array.from(place.children)) {
        if (shown.getAttribute('data-id') !== id) continue;
        dropPictures(shown);
        shown.remove();
        if (shown === current) current = null;
      }
    },
    shown: () => (current ? [current.getAttribute('data-id') || ''] : []),
  };
}

export const spotlight: LayoutKind = { make, begins: ONE, holds: 1, edge: 0.6, leastMs: 3_000 };
