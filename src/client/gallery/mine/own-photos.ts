import type { OwnPhoto, PhotoStatus } from '../../../contract/photos.ts';
import { call, eventPath } from '../../shared/api.ts';
import { UNDO_MS } from '../../shared/toast.ts';

/** Frames for one guest are not replayed, so while something is being prepared the list is asked now and then. */
const ASK_AGAIN_MS = 6_000;
const LIST_MAX = 200;

export type Session = 'unknown' | 'none' | 'joined';

export interface OwnPhotos {
  session(): Session;
  list(): readonly OwnPhoto[];
  failed(): boolean;
  /** null: there is no such photo any more; undefined: not known */
  find(id: string): OwnPhoto | null | undefined;
  /** Asks the server for the truth. @returns whether this device has joined */
  refresh(): Promise<Session>;
  put(photo: OwnPhoto): void;
  /** as `put`, in its place among the others */
  change(photo: OwnPhoto): void;
  isPublished(id: string): boolean;
  setStatus(id: string, status: PhotoStatus | 'deleted'): void;
  /** a wall has shown it. `at`: ISO 8601 */
  setShown(id: string, at: string): void;
  /** Hides the photo and deletes it when nobody has taken that back. @returns how to take it back */
  deleteSoon(id: string): () => void;
  joined(): void;
  /** the session is over, what has been sent is not */
  ended(): void;
  /** all of it is gone, and this device is nobody */
  forget(): void;
}

export function trackOwnPhotos(event: string, onChange: () => void, onDeleteFailed: () => void): OwnPhotos {
  let session: Session = 'unknown';
  let photos: OwnPhoto[] = [];
  let isFailed = false;
  let isListed = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const leaving = new Map<string, () => void>();

  function changed(): void {
    clearTimeout(timer);
    if (session === 'joined' && photos.some((photo) => photo.status === 'processing')) {
      timer = setTimeout(() => void refresh(), ASK_AGAIN_MS);
    }
    onChange();
  }

  async function refresh(): Promise<Session> {
    const answer = await call<{ items: OwnPhoto[] }>(eventPath(event, `/mine?limit=${LIST_MAX}`));
    if (answer.ok) {
      session = 'joined';
      photos = answer.data.items;
      isFailed = false;
      isListed = true;
    } else if (answer.status === 401 || answer.status === 403) {
      session = 'none';
      photos = [];
    } else isFailed = true;
    changed();
    return session;
  }

  async function erase(id: string, keepalive: boolean): Promise<void> {
    leaving.delete(id);
    const path = eventPath(event, `/mine/${id}`);
    if (keepalive) return void fetch(path, { method: 'DELETE', keepalive: true, credentials: 'same-origin' });
    const answer = await call(path, { method: 'DELETE' });
    if (answer.ok || answer.status === 404) photos = photos.filter((photo) => photo.id !== id);
    else onDeleteFailed();
    changed();
  }

  window.addEventListener('pagehide', () => {
    for (const [id, stop] of Array.from(leaving)) {
      stop();
      void erase(id, true);
    }
  });

  return {
    session: () => session,
    list: () => photos.filter((photo) => !leaving.has(photo.id)),
    failed: () => isFailed,
    find(id) {
      const photo = photos.filter((one) => one.id === id && !leaving.has(id))[0];
      return photo || (session === 'joined' && isListed && photos.length < LIST_MAX ? null : undefined);
    },
    refresh,
    put(photo) {
      photos = [photo].concat(photos.filter((other) => other.id !== photo.id));
      changed();
    },
    change(photo) {
      photos = photos.map((other) => (other.id === photo.id ? photo : other));
      changed();
    },
    isPublished: (id) => photos.some((photo) => photo.id === id && photo.status === 'approved'),
    setStatus(id, status) {
      if (status === 'deleted') photos = photos.filter((photo) => photo.id !== id);
      else photos = photos.map((photo) => (photo.id === id ? { ...photo, status } : photo));
      changed();
      // The frame carries the status only; the picture and the reason come with the list.
      if (status !== 'deleted') void refresh();
    },
    setShown(id, at) {
      photos = photos.map((photo) => (photo.id === id ? { ...photo, shownAt: at } : photo));
      changed();
    },
    deleteSoon(id) {
      const pending = setTimeout(() => void erase(id, false), UNDO_MS);
      const stop = () => {
        clearTimeout(pending);
        leaving.delete(id);
      };
      leaving.set(id, stop);
      changed();
      return () => {
        stop();
        changed();
      };
    },
    joined() {
      session = 'joined';
      changed();
    },
    ended() {
      session = 'none';
      changed();
    },
    forget() {
      session = 'none';
      photos = [];
      changed();
    },
  };
}
