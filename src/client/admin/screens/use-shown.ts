import { useEffect, useState } from 'preact/hooks';
import type { StaffPhoto } from '../../../contract/photos.ts';
import { useConsole } from '../shell/console.tsx';

/** Address of the smallest picture of a photo; null while it is unknown, and when the photo is gone. */
export function useShown(photo: string | null): string | null {
  const { session } = useConsole();
  const [known, setKnown] = useState<{ photo: string; url: string } | null>(null);
  useEffect(() => {
    if (!photo || (known && known.photo === photo)) return;
    let isOver = false;
    void session.authed<{ photo: StaffPhoto }>(`/api/v1/photos/${photo}`).then((answer) => {
      const small = answer.ok && answer.data.photo.renditions[0];
      if (small && !isOver) setKnown({ photo, url: small.url });
    });
    return () => {
      isOver = true;
    };
  }, [photo]);
  // The picture before stays until the next is known: one that is no longer shown at all does not.
  return photo && known ? known.url : null;
}
