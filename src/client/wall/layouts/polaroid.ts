import '../styles/polaroid.css';
import type { WallPhoto } from '../../../contract/boot.ts';
import { dropPictures, el, leave, line, reveal } from '../dom.ts';
import { isUpright, type Layout, type LayoutKind, type Scene } from './layout.ts';
import { gridOf, spotOf, SPOTS } from './polaroid-rules.ts';

interface Card {
  id: string;
  cell: number;
  element: HTMLElement;
}

/** Of the shorter part of a cell. */
const PICTURE_ASPECTS = { least: 0.82, most: 1.28 };

/** Prints that fall on a table, one after another; the oldest goes when there is no room. */
function make(): Layout {
  let scene: Scene;
  let place: HTMLElement;
  let cards: Card[] = [];
  let next = 0;

  function draw(photo: WallPhoto, picture: HTMLImageElement): HTMLElement {
    const { size, names, captions } = scene;
    const { columns, rows } = gridOf(isUpright(size));
    const cell = { width: size.width / columns, height: size.height / rows };
    const aspect = Math.max(PICTURE_ASPECTS.least, Math.min(PICTURE_ASPECTS.most, photo.width / photo.height));
    const words = line('print-words', (captions && photo.caption) || (names && photo.by) || null);
    const height = Math.min(cell.height * 0.68, (cell.width * 0.8) / aspect);
    picture.className = 'print-photo';
    picture.style.width = `${height * aspect}px`;
    picture.style.height = `${height}px`;
    if (words) words.style.width = `${height * aspect}px`;
    return el('figure', 'print', picture, words || el('p', 'print-words'));
  }

  return {
    mount(host, given) {
      scene = given;
      place = el('div', 'table');
      host.appendChild(place);
      const code = scene.code();
      if (code) {
        code.classList.add('code-print');
        host.appendChild(code);
      }
    },
    show(photo, picture) {
      const isTall = isUpright(scene.size);
      const cell = next % SPOTS[isTall ? 'upright' : 'wide'];
      next += 1;
      const { x, y, degrees } = spotOf(cell, photo.id, isTall);
      const element = draw(photo, picture);
      element.setAttribute('data-id', photo.id);
      const holder = el('div', 'print-place', element);
      holder.style.left = `${(scene.isMirrored ? 1 - x : x) * 100}%`;
      holder.style.top = `${y * 100}%`;
      place.appendChild(holder);
      if (!scene.isCalm) element.style.transform = `translate(-50%, -64%) rotate(${degrees * 2.4}deg) scale(1.2)`;
      else element.style.transform = `translate(-50%, -50%) rotate(${degrees}deg)`;
      reveal(element, 'print-shown');
      element.style.transform = `translate(-50%, -50%) rotate(${degrees}deg)`;
      const covered = cards.filter((card) => card.cell === cell);
      for (const card of covered) leave(card.element.parentElement);
      cards = cards.filter((card) => card.cell !== cell);
      cards.push({ id: photo.id, cell, element });
    },
    clear(id) {
      for (const element of Array.from(place.querySelectorAll('.print'))) {
        if (element.getAttribute('data-id') !== id) continue;
        dropPictures(element);
        (element.parentElement || element).remove();
      }
      cards = cards.filter((card) => card.id !== id);
    },
    shown: () => cards.map(({ id }) => id),
  };
}

export const polaroid: LayoutKind = { make, begins: SPOTS, holds: SPOTS.wide, edge: 0.25, leastMs: 1_500 };
