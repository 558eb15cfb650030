import type { WallPhoto } from '../../../contract/boot.ts';
import { el, fit, leave, line, reveal } from '../dom.ts';
import type { Scene } from './layout.ts';

/** The tenant's logo, else its name, and the event: whose wall this is. */
export function banner({ brand, eventName }: Scene): HTMLElement {
  return el('div', 'banner', logoOf(brand), line('banner-event', eventName));
}

export function logoOf(brand: Scene['brand']): HTMLElement | null {
  if (!brand.logo) return line('banner-name', brand.name);
  const logo = el('img', 'banner-logo');
  logo.src = brand.logo;
  logo.alt = brand.name;
  return logo;
}

export interface Said {
  show(photo: WallPhoto): void;
  clear(): void;
}

/** Who sent the photo and what they say about it; the old words fade while the new ones come. */
export function words(host: HTMLElement, { names, captions }: Scene): Said {
  let current: HTMLElement | null = null;
  const clear = () => {
    leave(current);
    current = null;
  };
  return {
    show(photo) {
      clear();
      const caption = captions ? line('said-caption', photo.caption) : null;
      const by = names ? line('said-by', photo.by) : null;
      if (!caption && !by) return;
      current = el('div', 'said', caption, by);
      current.setAttribute('data-photo', photo.id);
      host.appendChild(current);
      fit(caption);
      reveal(current, 'said-shown');
    },
    clear,
  };
}
