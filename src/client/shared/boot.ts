/** What the server wrote into the page for this script. */
export function readBoot<T>(): T {
  const element = document.getElementById('boot');
  return JSON.parse((element && element.textContent) || '{}') as T;
}

export function byId<T extends HTMLElement = HTMLElement>(id: string): T | null {
  return document.getElementById(id) as T | null;
}
