import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { StaffEvent } from '../../../../contract/events.ts';
import type { StaffPhoto } from '../../../../contract/photos.ts';
import { derivePalettes } from '../../../../contract/theme/palette.ts';
import { useLoad, type Page } from '../../people/use-load.ts';
import { useConsole } from '../../shell/console.tsx';

/** The preview is laid out as on a screen this wide, and then made as small as there is room. */
const WALL_WIDTH = 960;

/** How an announcement stands on a wall: with its size, its colours and its breaks, over a photo of the event. */
export function WallPreview({ event, text }: { event: StaffEvent; text: string }) {
  const { boot, say } = useConsole();
  const newest = useLoad<Page<StaffPhoto>>(
    `/api/v1/photos?event=${encodeURIComponent(event.id)}&status=approved&limit=1`,
  ).data;
  const picture = newest && newest.items[0] ? newest.items[0].renditions[1] || newest.items[0].renditions[0] : null;
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  const accent = event.settings.look.accent || boot.tenant.accent;
  const colours = useMemo(() => derivePalettes({ accent, temperature: 'neutral' }).dark, [accent]);
  useLayoutEffect(() => {
    const measure = () => box.current && setWidth(box.current.clientWidth);
    measure();
    window.addEventListener('resize', measure);
    return () => window.removeEventListener('resize', measure);
  }, []);
  return (
    <figure class="onwall-preview">
      <div class="onwall-preview-box" ref={box}>
        <div
          class="onwall-preview-wall"
          style={{
            transform: `scale(${width / WALL_WIDTH})`,
            backgroundImage: picture ? `url("${picture.url}")` : 'none',
          }}
        >
          {text.trim() && (
            <p
              class="onwall-preview-words"
              dir="auto"
              style={{ background: colours.accent, color: colours.onAccent }}
              data-preview
            >
              <span>{text.trim()}</span>
            </p>
          )}
        </div>
      </div>
      <figcaption class="quiet small">{say.stage('preview')}</figcaption>
    </figure>
  );
}
