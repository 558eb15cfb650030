import { useEffect, useState } from 'preact/hooks';
import type { StaffEvent } from '../../../contract/events.ts';
import type { StaffPhoto } from '../../../contract/photos.ts';
import { useConsole } from '../shell/console.tsx';
import type { Sample } from './preview.tsx';

/** The account's own photos for the preview, once they are there; nothing depends on them. */
export function useSample(): Sample {
  const { say, session } = useConsole();
  const [sample, setSample] = useState<Sample>({ event: say.look('sampleEvent'), pictures: [] });
  useEffect(() => {
    let isHere = true;
    const load = async () => {
      const events = await session.authed<{ items: StaffEvent[] }>('/api/v1/events?limit=20');
      const event = events.ok && events.data.items.filter(({ counts }) => counts.approved > 0)[0];
      if (!event) return;
      const photos = await session.authed<{ items: StaffPhoto[] }>(
        `/api/v1/photos?event=${event.id}&status=approved&limit=9`,
      );
      if (!photos.ok || !isHere) return;
      const pictures = photos.data.items.map(({ renditions }) => renditions[0] && renditions[0].url);
      setSample({ event: event.name, pictures: pictures.filter((url): url is string => Boolean(url)) });
    };
    void load();
    return () => {
      isHere = false;
    };
  }, []);
  return sample;
}
