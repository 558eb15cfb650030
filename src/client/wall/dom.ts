/** An element with a class and what is in it. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string,
  ...children: (Node | null)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  element.className = className;
  for (const child of children) if (child) element.appendChild(child);
  return element;
}

/** Words as they stand; nothing where there are none. */
export function line(className: string, text: string | null): HTMLElement | null {
  if (!text) return null;
  const element = el('p', className);
  element.dir = 'auto';
  element.textContent = text;
  // What does not fit ends in dots, and is whole here.
  element.title = text;
  return element;
}

/** Lets the browser see an element before its class changes, so that there is something to animate. */
export function reveal(element: HTMLElement, className: string): void {
  void element.offsetWidth;
  element.classList.add(className);
}

/** Longer words are set smaller, in two steps, until all of them are in their place. */
export function fit(element: Element | null): void {
  if (!element) return;
  element.classList.remove('words-long', 'words-longest');
  for (const step of ['words-long', 'words-longest'])
    if (element.scrollHeight > element.clientHeight + 2) element.classList.add(step);
}

export const FADE_MS = 1_200;

/** Fades an element out, then takes it away. */
export function leave(element: Element | null): void {
  if (!element) return;
  element.classList.add('leaves');
  setTimeout(() => {
    dropPictures(element);
    element.remove();
  }, FADE_MS + 200);
}

/** Without its address a picture gives back what it was decoded into, also in browsers that are slow to collect. */
export function dropPictures(element: Element): void {
  const images = element instanceof HTMLImageElement ? [element] : Array.from(element.querySelectorAll('img'));
  for (const image of images) image.removeAttribute('src');
}
