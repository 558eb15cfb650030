import { thumbHashToDataURL } from 'thumbhash';

/** A ThumbHash (base64) as a small picture; null when it cannot be read. */
export function placeholderUrl(thumbhash: string | null | undefined): string | null {
  if (!thumbhash) return null;
  try {
    const text = atob(thumbhash);
    const bytes = new Uint8Array(text.length);
    for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
    return thumbHashToDataURL(bytes);
  } catch {
    return null;
  }
}

/** Shows the placeholder behind a tile's picture until that has loaded. `frame` is the element around it. */
export function paintPlaceholder(image: HTMLImageElement, frame: HTMLElement): void {
  if (image.complete && image.naturalWidth > 0) return;
  const url = placeholderUrl(image.getAttribute('data-thumbhash'));
  if (!url) return;
  frame.style.backgroundImage = `url(${url})`;
  const tile = frame.parentElement;
  if (tile) tile.classList.add('tile-waits', 'tile-fades');
  const done = () => {
    if (tile) tile.classList.remove('tile-waits');
  };
  image.addEventListener('load', done, { once: true });
}
