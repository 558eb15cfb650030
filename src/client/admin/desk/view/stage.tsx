import { useEffect, useRef } from 'preact/hooks';
import { useConsole } from '../../shell/console.tsx';
import type { DeskPhoto } from '../table/desk-photo.ts';
import type { Desk } from '../table/use-table.ts';
import { decodeAhead, isolated, placeholderOf } from './parts.tsx';
import { MovingBadge, Picture } from './picture.tsx';
import { LitMark } from '../spotlight/light.tsx';

const AHEAD = 3;

/** The photo in hand, as large as the room for it; or pixel for pixel, moved about by dragging. */
export function Stage({
  desk,
  photo,
  isZoomed,
  onZoom,
}: {
  desk: Desk;
  photo: DeskPhoto;
  isZoomed: boolean;
  onZoom: () => void;
}) {
  const { say } = useConsole();
  const d = say.desk;
  const frame = useRef<HTMLDivElement>(null);
  const drag = useRef<{ x: number; y: number; left: number; top: number } | null>(null);
  const { table } = desk;
  const placeholder = placeholderOf(photo);
  const holder = table.holder(photo.id);

  useEffect(() => {
    const { ids } = table.list();
    const place = table.place(photo.id);
    const next: (DeskPhoto | undefined)[] = [];
    for (let step = 1; step <= AHEAD; step++) next.push(table.photo(ids[place + step] || null));
    decodeAhead(next, true);
  }, [photo.id, table.list().ids.length]);
  useEffect(() => {
    const element = frame.current;
    if (!isZoomed || !element) return;
    element.scrollTop = (element.scrollHeight - element.clientHeight) / 2;
    element.scrollLeft = (element.scrollWidth - element.clientWidth) / 2;
  }, [isZoomed, photo.id]);

  return (
    <div
      class={isZoomed ? 'stage stage-zoomed' : 'stage'}
      ref={frame}
      style={{ backgroundImage: placeholder && !isZoomed ? `url(${placeholder})` : 'none' }}
      tabIndex={isZoomed ? 0 : undefined}
      role={isZoomed ? 'region' : undefined}
      aria-label={isZoomed ? d('zoomed') : undefined}
      onDblClick={onZoom}
      onPointerDown={(event) => {
        const { scrollLeft: left, scrollTop: top } = event.currentTarget;
        if (isZoomed && event.pointerType === 'mouse') drag.current = { x: event.clientX, y: event.clientY, left, top };
      }}
      onPointerMove={(event) => {
        if (!drag.current) return;
        event.currentTarget.scrollLeft = drag.current.left - (event.clientX - drag.current.x);
        event.currentTarget.scrollTop = drag.current.top - (event.clientY - drag.current.y);
      }}
      onPointerUp={() => (drag.current = null)}
      onPointerLeave={() => (drag.current = null)}
    >
      <Picture photo={photo} isDesk />
      <MovingBadge photo={photo} />
      <LitMark desk={desk} photo={photo} />
      {holder && <p class="stage-held badge badge-wait">{d('heldBy', { name: isolated(holder.name) })}</p>}
    </div>
  );
}
