import type { OwnPhoto, PhotoStatus } from '../../../contract/photos.ts';
import { call, eventPath } from '../../shared/api.ts';
import { UNDO_MS } from '../../shared/toast.ts';

/** Frames for one guest are not replayed, so while something is being prepared the list is asked now and then. */
const ASK_AGAIN_MS = 6_000;

export type Session = 'unknown' | 'none' | 'joined';

export interface OwnPhotos {
  session(): Session;
  list(): readonly OwnPhoto[];
  failed(): boolean;
  /** Asks the server for the truth. @returns whether this device has joined */
  refresh(): Promise<Session>;
  put(photo: OwnPhoto): void;
  setStatus(id: string, status: PhotoStatus | 'deleted'): void;
  /** Hides the photo and deletes it when nobody has taken that back. @returns how to take it back */
  deleteSoon(id: string): () => void;
  joined(): void;
  ended(): void;
}

export function trackOwnPhotos(event: string, onChange: () => void, onDeleteFailed: () => void): OwnPhotos {
  let session: Session = 'unknown';
  let photos: OwnPhoto[] = [];
  let isFailed = false;
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
    const answer = await call<{ items: OwnPhoto[] }>(eventPath(event, '/mine?limit=200'));
    if (answer.ok) {
      session = 'joined';
      photos = answer.data.items;
      isFailed = false;
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
    refresh,
    put(photo) {
      photos = [photo].concat(photos.filter((other) => other.id !== photo.id));
      changed();
    },
    setStatus(id, status) {
      if (status === 'deleted') photos = photos.filter((photo) => photo.id !== id);
      else photos = photos.map((photo) => (photo.id === id ? { ...photo, status } : photo));
      changed();
      // The frame carries the status only; the picture and the reason come with the list.
      if (status !== 'deleted') void refresh();
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
  };
}
