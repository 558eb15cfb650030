import { useEffect, useState } from 'preact/hooks';
import type { StaffPhoto } from '../../../../contract/photos.ts';
import type { Session } from '../../shell/session.ts';
import { useConsole } from '../../shell/console.tsx';

const KNOWN_MOST = 300;

/** Addresses of small pictures by photo: screens show the same photos again and again, and each other's. */
const known = new Map<string, Promise<string | null>>();

function addressOf(session: Session, photo: string): Promise<string | null> {
  const before = known.get(photo);
  if (before) return before;
  const asking = session.authed<{ photo: StaffPhoto }>(`/api/v1/photos/${photo}`).then((answer) => {
    const small = answer.ok ? answer.data.photo.renditions[0] : undefined;
    // What could not be had may be there next time.
    if (!small) known.delete(photo);
    return small ? small.url : null;
  });
  known.set(photo, asking);
  const oldest = known.keys().next();
  if (known.size > KNOWN_MOST && !oldest.done) known.delete(oldest.value);
  return asking;
}

/** Address of the smallest picture of a photo; null while it is unknown, and when the photo is gone. */
export function useShown(photo: string | null): string | null {
  const { session } = useConsole();
  const [shown, setShown] = useState<string | null>(null);
  useEffect(() => {
    if (!photo) return setShown(null);
    let isOver = false;
    void addressOf(session, photo).then((url) => {
      if (url && !isOver) setShown(url);
    });
    return () => {
      isOver = true;
    };
  }, [photo]);
  // The picture before stays until the next is known: one that is no longer shown at all does not.
  return photo && shown;
}
