import { useEffect, useState } from 'preact/hooks';
import type { Me, OwnRequest } from '../../../contract/me.ts';
import { call, eventPath } from '../../shared/api.ts';
import type { Session } from './own-photos.ts';

/** Who this is and what they have asked of the host. Nothing of it is needed to look at photos: a failure leaves it out. */
export function useMine(event: string, session: Session) {
  const [me, setMe] = useState<Me | null>(null);
  const [requests, setRequests] = useState<readonly OwnRequest[]>([]);
  useEffect(() => {
    if (session !== 'joined') {
      setMe(null);
      setRequests([]);
      return;
    }
    let isGone = false;
    void call<Me>(eventPath(event, '/me')).then((answer) => {
      if (answer.ok && !isGone) setMe(answer.data);
    });
    void call<{ items: OwnRequest[] }>(eventPath(event, '/mine/requests')).then((answer) => {
      if (answer.ok && !isGone) setRequests(answer.data.items);
    });
    return () => {
      isGone = true;
    };
  }, [session]);
  return { me, setMe, requests };
}
