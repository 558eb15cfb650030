import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { WallPhoto } from '../../../../contract/boot.ts';
import type { StaffPhoto } from '../../../../contract/photos.ts';
import { PREVIEW_READY, PREVIEW_SHOWS, type PreviewScene } from '../../../../contract/preview.ts';
import { Button } from '../../../shared/ui/button.tsx';
import { useConsole } from '../../shell/console.tsx';
import { layoutOf, type ScreenForm } from '../screen-rules.ts';
import { samplePhotos, toWallPhoto } from './sample-rules.ts';
import type { Places } from './fields.ts';

/** A wall is as large as a television, however small it is shown. */
const TV_WIDTH = 1920;
const PHOTOS = 60;

/** Photos of an event as its wall has them, newest first; null while they are fetched. */
function usePhotos(event: string): WallPhoto[] | null {
  const { session } = useConsole();
  const [known, setKnown] = useState<{ event: string; photos: WallPhoto[] } | null>(null);
  useEffect(() => {
    if (!event) return;
    let isOver = false;
    const path = `/api/v1/photos?event=${encodeURIComponent(event)}&status=approved&limit=${PHOTOS}`;
    void session.authed<{ items: StaffPhoto[] }>(path).then((answer) => {
      const items = answer.ok ? answer.data.items : [];
      if (!isOver) setKnown({ event, photos: items.map(toWallPhoto).filter((one): one is WallPhoto => one !== null) });
    });
    return () => {
      isOver = true;
    };
  }, [event]);
  return known && known.event === event ? known.photos : null;
}

/** The wall as it would be with what the form says, before anything is saved. */
export function Preview({ form, places }: { form: ScreenForm; places: Places }) {
  const { boot, say } = useConsole();
  const place = useRef<HTMLDivElement>(null);
  const frame = useRef<HTMLIFrameElement>(null);
  const [isReady, setReady] = useState(false);
  const [scale, setScale] = useState(0);
  const photos = usePhotos(form.event);
  const event = places.events.find(({ id }) => id === form.event);
  const isSample = photos !== null && photos.length === 0;

  useLayoutEffect(() => {
    const { current } = place;
    if (!current) return;
    const measure = () => setScale(current.clientWidth / TV_WIDTH);
    measure();
    window.addEventListener('resize', measure);
    document.addEventListener('fullscreenchange', measure);
    return () => {
      window.removeEventListener('resize', measure);
      document.removeEventListener('fullscreenchange', measure);
    };
  }, []);

  useEffect(() => {
    const onMessage = ({ data, origin, source }: MessageEvent<{ type?: string } | null>) => {
      const isOurs = origin === location.origin && frame.current !== null && source === frame.current.contentWindow;
      if (isOurs && data && data.type === PREVIEW_READY) setReady(true);
    };
    window.addEventListener('message', onMessage);
    return () => window.removeEventListener('message', onMessage);
  }, []);

  const scene: PreviewScene | null =
    event && photos
      ? {
          eventName: event.name,
          joinUrl: `${location.origin}/e/${event.slug}`,
          accent: event.settings.look.accent,
          layout: layoutOf(form),
          photos: isSample ? samplePhotos() : photos,
        }
      : null;
  const said = isReady && scene ? JSON.stringify(scene) : null;
  useEffect(() => {
    const { contentWindow } = frame.current || {};
    if (said && contentWindow)
      contentWindow.postMessage({ type: PREVIEW_SHOWS, scene: JSON.parse(said) as PreviewScene }, location.origin);
  }, [said]);

  return (
    <section class="preview" aria-label={say.screens('preview')}>
      <div class="preview-place" ref={place}>
        {/* Whoever listens is there before the page in the frame says that it is. */}
        <iframe
          ref={frame}
          src={`/screen/preview?lang=${boot.locale}`}
          title={say.screens('preview')}
          tabIndex={-1}
          style={{ transform: `scale(${scale})` }}
        />
        {!event && <p class="preview-none">{say.screens('previewNoEvent')}</p>}
      </div>
      <div class="preview-foot">
        <p class={isSample ? 'quiet small' : 'quiet small preview-hint'}>
          {say.screens(isSample ? 'previewSample' : 'previewHint')}
        </p>
        {document.fullscreenEnabled && (
          <Button size="small" onClick={() => place.current && void place.current.requestFullscreen()}>
            {say.screens('previewLarge')}
          </Button>
        )}
      </div>
    </section>
  );
}
