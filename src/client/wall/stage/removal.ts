import { dropPictures } from '../dom.ts';

/** Every photo that is anywhere in a stage: on, fading, or only its words. */
export function photosIn(stage: HTMLElement): Set<string> {
  const ids = new Set<string>();
  for (const one of Array.from(stage.querySelectorAll('[data-photo]'))) ids.add(one.getAttribute('data-photo') || '');
  return ids;
}

/** Takes a photo off every layer at once, whether it is on, fading or only ready; its words as well. */
export function takeOff(stage: HTMLElement, id: string): void {
  for (const one of Array.from(stage.querySelectorAll('[data-photo],[data-id]'))) {
    if (one.getAttribute('data-photo') !== id && one.getAttribute('data-id') !== id) continue;
    dropPictures(one);
    one.remove();
  }
}

export function takeAllOff(stage: HTMLElement): void {
  dropPictures(stage);
  stage.textContent = '';
}
