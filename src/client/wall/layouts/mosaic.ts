import '../styles/mosaic.css';
import type { WallPhoto } from '../../../contract/boot.ts';
import { dropPictures, el, FADE_MS, leave, line, reveal } from '../dom.ts';
import { isUpright, type Layout, type LayoutKind, type Scene } from './layout.ts';
import { justify, passage, tileFor, type Box } from './mosaic-rules.ts';

const HOLDS = 11;
/** Upright, so that there is room for names. */
const HOLDS_UPRIGHT = 7;
/** The code with its words stands upright. */
const CODE_ASPECT = 0.8;
/** Of a tile; very wide and very tall photos are cut. */
const ASPECTS = { least: 0.7, most: 1.8 };

interface Tile {
  id: string;
  element: HTMLElement;
  aspect: number;
  since: number;
  box: Box | null;
}

const aspectOf = (photo: WallPhoto): number =>
  Math.max(ASPECTS.least, Math.min(ASPECTS.most, photo.width / photo.height));

/** Photos side by side that fill the screen; it grows tile by tile, then one after another gives way. */
function make(): Layout {
  let scene: Scene;
  let place: HTMLElement;
  let code: HTMLElement | null = null;
  let codeBox: Box | null = null;
  let tiles: Tile[] = [];
  let turn = 0;
  /** what it begins with is in its place at once */
  let isOpening = true;

  /** Everything gets its place at once and is moved there from where it was, its picture never out of shape. */
  function move(element: HTMLElement, from: Box | null, to: Box): void {
    const { style } = element;
    const left = (box: Box) => (scene.isMirrored ? scene.size.width - box.x - box.width : box.x);
    style.left = `${left(to)}px`;
    style.top = `${to.y}px`;
    style.width = `${to.width}px`;
    style.height = `${to.height}px`;
    if (!from || scene.isCalm || isOpening || !element.animate) return;
    if (Math.abs(from.x - to.x) + Math.abs(from.y - to.y) + Math.abs(from.width - to.width) < 1) return;
    const timing = { duration: FADE_MS };
    const steps = passage({ ...from, x: left(from) }, { ...to, x: left(to) });
    element.animate(
      steps.map(({ outer }) => ({ transform: outer })),
      timing,
    );
    for (const child of Array.from(element.children)) {
      child.animate(
        steps.map(({ inner }) => ({ transform: inner })),
        timing,
      );
    }
  }

  function arrange(): void {
    const aspects = tiles.map(({ aspect }) => aspect);
    if (code) aspects.push(CODE_ASPECT);
    const gap = Math.round(scene.size.height * 0.008);
    const boxes = justify(aspects, scene.size, gap);
    tiles.forEach((tile, index) => {
      const to = boxes[index] as Box;
      move(tile.element, tile.box, to);
      tile.box = to;
    });
    if (code) {
      const to = boxes[boxes.length - 1] as Box;
      move(code, codeBox, to);
      codeBox = to;
    }
  }

  function fill(tile: HTMLElement, photo: WallPhoto, picture: HTMLImageElement): void {
    picture.className = 'tile-photo';
    tile.setAttribute('data-id', photo.id);
    tile.appendChild(picture);
    reveal(picture, 'tile-photo-shown');
    const name = scene.names ? line('tile-by', photo.by) : null;
    if (!name) return;
    name.setAttribute('data-photo', photo.id);
    tile.appendChild(name);
  }

  return {
    mount(host, given) {
      scene = given;
      place = el('div', 'mosaic');
      code = scene.code();
      if (code) {
        code = el('div', 'tile code-tile', code);
        place.appendChild(code);
      }
      host.appendChild(place);
      setTimeout(() => (isOpening = false), 0);
    },
    show(photo, picture) {
      const aspect = aspectOf(photo);
      turn += 1;
      const old =
        tiles.length < (isUpright(scene.size) ? HOLDS_UPRIGHT : HOLDS)
          ? null
          : tiles[
              tileFor(
                aspect,
                tiles.map((tile) => ({
                  aspect: tile.box ? tile.box.width / tile.box.height : tile.aspect,
                  since: tile.since,
                })),
              )
            ];
      if (old) {
        Array.from(old.element.children).forEach(leave);
        Object.assign(old, { id: photo.id, since: turn });
        return fill(old.element, photo, picture);
      }
      const element = el('figure', 'tile');
      place.appendChild(element);
      tiles.push({ id: photo.id, element, aspect, since: turn, box: null });
      fill(element, photo, picture);
      arrange();
      reveal(element, 'tile-shown');
    },
    clear(id) {
      const gone = tiles.filter((tile) => tile.id === id);
      // Also what is fading: its tile belongs to another photo by now.
      for (const { element } of gone) {
        dropPictures(element);
        element.remove();
      }
      tiles = tiles.filter((tile) => tile.id !== id);
      if (gone.length > 0) arrange();
    },
    shown: () =>
      tiles
        .slice()
        .sort((a, b) => a.since - b.since)
        .map(({ id }) => id),
  };
}

export const mosaic: LayoutKind = { make, begins: { wide: 7, upright: 5 }, holds: HOLDS, edge: 0.25, leastMs: 1_500 };
