import type { Album } from '../../contract/albums.ts';
import { call, eventPath } from '../shared/api.ts';
import { byId } from '../shared/boot.ts';
import { t } from './words.ts';

/** Draws the chips anew from what is published now; the first one, for all photos, is the server's. */
export async function refreshAlbums(event: string, current: string | null): Promise<void> {
  const nav = byId('albums');
  const list = nav && nav.querySelector('ul');
  const first = list && list.firstElementChild;
  if (!nav || !list || !first) return;
  const answer = await call<{ items: Album[] }>(eventPath(event, '/albums'));
  if (!answer.ok) return;
  while (list.children.length > 1) list.removeChild(list.lastChild as Node);
  for (const album of answer.data.items) {
    const item = first.cloneNode(true) as HTMLElement;
    const link = item.querySelector('a') as HTMLAnchorElement;
    const url = new URL(link.href);
    url.searchParams.set('album', album.id);
    link.href = url.pathname + url.search;
    link.removeAttribute('aria-current');
    if (album.id === current) link.setAttribute('aria-current', 'page');
    (link.querySelector('bdi') as HTMLElement).textContent = album.name;
    const count = document.createElement('span');
    count.className = 'chip-count';
    count.setAttribute('aria-hidden', 'true');
    count.textContent = String(album.photos);
    const said = document.createElement('span');
    said.className = 'said';
    said.textContent = ` (${t('photoCount', { count: album.photos })})`;
    link.append(count, said);
    list.appendChild(item);
  }
  nav.hidden = answer.data.items.length === 0;
}
