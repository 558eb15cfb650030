import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useConsole } from '../../shell/console.tsx';
import type { Desk } from '../table/use-table.ts';
import { kindOf } from './parts.tsx';
import { MovingBadge, usePhotoName } from './picture.tsx';
import { centred, spanOf, STEP_PX, type Span } from './strip-rules.ts';

const FIRST: Span = { from: 0, to: 30 };

/**
 * The line of photos. Only what can be seen is drawn. It follows the photo in hand; what arrives or leaves
 * elsewhere does not move what is under the cursor.
 */
export function Filmstrip({ desk: { table, lit } }: { desk: Desk }) {
  const { say } = useConsole();
  const d = say.desk;
  const nameOf = usePhotoName();
  const scroller = useRef<HTMLDivElement>(null);
  const anchor = useRef<{ id: string; place: number } | null>(null);
  const [span, setSpan] = useState(FIRST);
  const { ids, fresh, cursor } = table.list();
  const current = table.current();
  const selection = table.selection();
  const isRtl = document.documentElement.dir === 'rtl';

  const read = () => {
    const element = scroller.current;
    if (!element) return;
    const scroll = Math.abs(element.scrollLeft);
    const next = spanOf(scroll, element.clientWidth, ids.length);
    setSpan((before) => (before.from === next.from && before.to === next.to ? before : next));
    const place = Math.min(ids.length - 1, Math.ceil(scroll / STEP_PX));
    const id = ids[place];
    anchor.current = id ? { id, place } : null;
    if (cursor && next.to >= ids.length) table.loadMore();
  };
  const scrollTo = (px: number) => {
    if (scroller.current) scroller.current.scrollLeft = isRtl ? -px : px;
  };

  // Photos came or went before what is seen: the same ones stay in the same place.
  useLayoutEffect(() => {
    const element = scroller.current;
    const kept = anchor.current;
    if (!element) return;
    const place = kept ? table.place(kept.id) : -1;
    if (kept && place >= 0 && place !== kept.place && ids[place] === kept.id) {
      scrollTo(Math.abs(element.scrollLeft) + (place - kept.place) * STEP_PX);
    }
    read();
  });
  useLayoutEffect(() => {
    if (!scroller.current || current === null) return;
    scrollTo(centred(table.place(current), scroller.current.clientWidth, ids.length));
    read();
  }, [current, ids]);

  const side = isRtl ? 'right' : 'left';
  const drawn = [];
  for (let place = span.from; place < Math.min(span.to, ids.length); place++) {
    const photo = table.photo(ids[place] as string);
    if (!photo) continue;
    const { id } = photo;
    const small = photo.renditions[0];
    const holder = table.holder(id);
    const label = holder ? d('photoHeld', { name: photo.by || d('unnamed'), holder: holder.name }) : nameOf(photo);
    drawn.push(
      <li
        key={id}
        class="strip-item"
        style={{ [side]: `${place * STEP_PX}px` }}
        aria-posinset={place + 1}
        aria-setsize={ids.length}
      >
        <button
          type="button"
          class={`strip-photo${holder ? ' strip-held' : ''}${selection.has(id) ? ' strip-selected' : ''}`}
          tabIndex={id === current ? 0 : -1}
          aria-current={id === current ? 'true' : undefined}
          aria-pressed={selection.size ? selection.has(id) : undefined}
          aria-label={label}
          title={holder ? label : undefined}
          onClick={(event) =>
            table.select(id, event.shiftKey ? 'to' : event.metaKey || event.ctrlKey ? 'toggle' : 'only')
          }
          data-photo={id}
        >
          {small ? (
            <img src={small.url} alt="" width={76} height={76} decoding="async" draggable={false} />
          ) : (
            <span class="strip-kind">{kindOf(photo)}</span>
          )}
          <MovingBadge photo={photo} />
          {id === lit && <span class="strip-mark strip-mark-lit" />}
          {photo.reports ? (
            <span class="strip-mark strip-mark-bad" />
          ) : photo.flags && photo.flags.length ? (
            <span class="strip-mark" />
          ) : null}
        </button>
      </li>,
    );
  }
  return (
    <div class="strip-frame">
      {fresh.length > 0 && (
        <button type="button" class="button button-small strip-fresh" onClick={() => table.showFresh()}>
          {d('fresh', { count: fresh.length })}
        </button>
      )}
      <div class="strip" ref={scroller} onScroll={read}>
        <ul class="strip-line" style={{ width: `${ids.length * STEP_PX}px` }} aria-label={d('strip')}>
          {drawn}
        </ul>
      </div>
    </div>
  );
}
