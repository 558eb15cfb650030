import { useEffect, useState } from 'preact/hooks';
import type { StaffEvent } from '../../../contract/events.ts';
import type { StaffPhoto } from '../../../contract/photos.ts';
import { useConsole } from '../shell/console.tsx';
import type { Sample } from './preview.tsx';

/** The account's own photos for the preview, once they are there; nothing depends on them. */
export function useSample(): Sample {
  const { say, session } = useConsole();
  const [sample, setSample] = useState<Sample>({ event: say.look('sampleEvent'), pictures: [], wall: null });
  useEffect(() => {
    let isHere = true;
    const load = async () => {
      const events = await session.authed<{ items: StaffEvent[] }>('/api/v1/events?limit=20');
      const event = events.ok && events.data.items.filter(({ counts }) => counts.approved > 0)[0];
      if (!event) return;
      const photos = await session.authed<{ items: StaffPhoto[] }>(
        `/api/v1/photos?event=${event.id}&status=approved&limit=12`,
      );
      if (!photos.ok || !isHere) return;
      const ready = photos.data.items.filter(({ renditions }) => renditions.length > 0);
      const large = ready[0] && (ready[0].renditions[1] || ready[0].renditions[0]);
      setSample({
        event: event.name,
        pictures: ready.map(({ renditions }) => (renditions[0] ? renditions[0].url : '')),
        wall: large ? large.url : null,
      });
    };
    void load();
    return () => {
      isHere = false;
    };
  }, []);
  return sample;
}
