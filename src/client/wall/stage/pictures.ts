import type { WallPhoto } from '../../../contract/boot.ts';
import { dropPictures } from '../dom.ts';

const LOAD_TIMEOUT_MS = 20_000;
/** A file that is a little smaller than its place is not seen to be, and costs half. */
const ENOUGH = 0.8;

/**
 * The smallest file that is sharp at `edge` device pixels, else the largest; where only what is kept can be had,
 * whichever of them is.
 */
export function fileFor({ sizes }: WallPhoto, edge: number, isHeld: (url: string) => boolean = () => true): string {
  const files = sizes.filter(({ url }) => isHeld(url));
  const among = files.length > 0 ? files : sizes;
  const fitting = among.find(({ width, height }) => Math.max(width, height) >= edge * ENOUGH);
  return (fitting || among[among.length - 1] || { url: '' }).url;
}

/** Loads and decodes a photo before it is needed, off the main path: a half-painted picture is never seen. */
function loadPicture(photo: WallPhoto, url: string): Promise<HTMLImageElement> {
  const image = new Image();
  image.alt = photo.caption || '';
  image.decoding = 'async';
  image.setAttribute('data-photo', photo.id);
  image.src = url;
  const loaded = image.decode
    ? image.decode()
    : new Promise<void>((resolve, reject) => {
        image.onload = () => resolve();
        image.onerror = () => reject(new Error('not loaded'));
      });
  const late = new Promise<never>((_, reject) => setTimeout(() => reject(new Error('too slow')), LOAD_TIMEOUT_MS));
  return Promise.race([loaded, late]).then(() => image);
}

export interface Pictures {
  load(photo: WallPhoto, edge: number): Promise<HTMLImageElement>;
  /** Decodes one picture before it is needed, instead of the one before: one, whatever arrives. */
  prepare(photo: WallPhoto, edge: number): void;
  /** Lets go of what was prepared; of this photo only, if one is named. */
  forget(id?: string): void;
}

/** @param isAtHand false for files that cannot be had now */
export function openPictures(isAtHand: (url: string) => boolean): Pictures {
  let ahead: { id: string; url: string; picture: Promise<HTMLImageElement> } | null = null;

  function forget(id?: string): void {
    if (!ahead || (id !== undefined && ahead.id !== id)) return;
    ahead.picture.then(dropPictures, () => undefined);
    ahead = null;
  }

  return {
    load(photo, edge) {
      const url = fileFor(photo, edge, isAtHand);
      if (!ahead || ahead.url !== url) return loadPicture(photo, url);
      const { picture } = ahead;
      ahead = null;
      return picture;
    },
    prepare(photo, edge) {
      if (ahead && ahead.id === photo.id) return;
      forget();
      const url = fileFor(photo, edge, isAtHand);
      const picture = loadPicture(photo, url);
      picture.catch(() => undefined);
      ahead = { id: photo.id, url, picture };
    },
    forget,
  };
}
