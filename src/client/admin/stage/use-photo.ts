import { useEffect, useState } from 'preact/hooks';
import type { StaffPhoto } from '../../../contract/photos.ts';
import { useConsole } from '../shell/console.tsx';

const MOST = 300;
const known = new Map<string, StaffPhoto>();

/** What the page has of photos anyway need not be asked for. */
export function keepPhotos(photos: readonly StaffPhoto[]): void {
  for (const photo of photos) known.set(photo.id, photo);
  for (const id of known.keys()) if (known.size > MOST) known.delete(id);
}

/** A photo by its id; null while it is unknown, and where there is none. */
export function usePhoto(id: string | null): StaffPhoto | null {
  const { session } = useConsole();
  const [photo, setPhoto] = useState<StaffPhoto | null>(null);
  const here = id === null ? null : known.get(id) || (photo && photo.id === id ? photo : null);
  useEffect(() => {
    if (id === null || known.has(id)) return;
    let isOver = false;
    void session.authed<{ photo: StaffPhoto }>(`/api/v1/photos/${id}`).then((answer) => {
      if (!answer.ok) return;
      keepPhotos([answer.data.photo]);
      if (!isOver) setPhoto(answer.data.photo);
    });
    return () => {
      isOver = true;
    };
  }, [id]);
  return here;
}
