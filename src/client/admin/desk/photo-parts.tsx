import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { StaffEvent } from '../../../contract/events.ts';
import { formatAgo, formatMoment } from '../../../contract/messages/times.ts';
import type { StaffPhoto } from '../../../contract/photos.ts';
import { onSwipe as watchSwipe } from '../../shared/modal.ts';
import { placeholderUrl } from '../../shared/placeholder.ts';
import { useConsole } from '../shell/console.tsx';

const SWIPE_PX = 70;

/** For looking closely, but no more than a laptop shows. */
function medium(photo: StaffPhoto) {
  return photo.renditions[1] || photo.renditions[0];
}

function nameOf(photo: StaffPhoto, unnamed: string): string {
  return photo.by || unnamed;
}

export interface StageProps {
  photo: StaffPhoto;
  next: StaffPhoto | undefined;
  onSwipe: (to: 'approved' | 'rejected') => void;
}

export function PhotoStage({ photo, next, onSwipe }: StageProps) {
  const { t } = useConsole();
  const host = useRef<HTMLDivElement>(null);
  const swipe = useRef(onSwipe);
  swipe.current = onSwipe;
  const picture = medium(photo);
  const following = next && medium(next);
  const placeholder = placeholderUrl(photo.thumbhash);

  useEffect(() => {
    if (!host.current) return;
    watchSwipe(host.current, (dx, dy) => {
      if (Math.abs(dx) > SWIPE_PX && Math.abs(dx) > Math.abs(dy) * 1.5) swipe.current(dx > 0 ? 'approved' : 'rejected');
    });
  }, []);
  useEffect(() => {
    // The next photo is decoded before it is asked for.
    if (!following) return;
    const image = new Image();
    image.src = following.url;
    if (image.decode) image.decode().catch(() => {});
  }, [following && following.url]);

  return (
    <div
      class="stage"
      ref={host}
      style={placeholder ? { backgroundImage: `url(${placeholder})` } : { backgroundImage: 'none' }}
    >
      {picture ? (
        <img
          key={photo.id}
          src={picture.url}
          width={picture.width}
          height={picture.height}
          alt={photo.caption || t('photoOf', { name: nameOf(photo, t('unnamed')) })}
          data-photo={photo.id}
        />
      ) : (
        <p class="stage-none">{t('tabFailed')}</p>
      )}
    </div>
  );
}

function bytes(locale: string, count: number): string {
  return `${new Intl.NumberFormat(locale, { maximumFractionDigits: 1 }).format(count / 1e6)} MB`;
}

export function Inspector({
  event,
  photo,
  place,
  total,
}: {
  event: StaffEvent;
  photo: StaffPhoto;
  place: number;
  total: number;
}) {
  const { boot, t, say } = useConsole();
  const { locale } = boot;
  const moment = (iso: string) => (
    <time dateTime={iso} title={formatMoment(locale, event.timeZone, iso)}>
      {formatAgo(locale, iso, new Date())}
    </time>
  );
  return (
    <aside class="inspector">
      <p class="quiet small">{t('position', { index: place + 1, total })}</p>
      {photo.failure && <p class="notice notice-bad">{say.failures(photo.failure.code)}</p>}
      {photo.caption && <p dir="auto">{photo.caption}</p>}
      <dl>
        <dt>{t('sentBy')}</dt>
        <dd dir="auto">{nameOf(photo, t('unnamed'))}</dd>
        <dt>{t('sentAt')}</dt>
        <dd>{moment(photo.createdAt)}</dd>
        {photo.takenAt && <dt>{t('takenAt')}</dt>}
        {photo.takenAt && <dd>{formatMoment(locale, event.timeZone, photo.takenAt)}</dd>}
        <dt>{t('size')}</dt>
        <dd>
          {photo.width && photo.height ? `${photo.width} × ${photo.height} px · ` : ''}
          {bytes(locale, photo.bytes)}
        </dd>
      </dl>
      {photo.duplicateOf && <p class="notice notice-wait">{t('duplicate')}</p>}
    </aside>
  );
}

export interface StripProps {
  list: StaffPhoto[];
  selected: string;
  onSelect: (id: string) => void;
  children: ComponentChildren;
}

export function Filmstrip({ list, selected, onSelect, children }: StripProps) {
  const { t } = useConsole();
  const strip = useRef<HTMLUListElement>(null);
  useEffect(() => {
    const current = strip.current && strip.current.querySelector<HTMLElement>('[aria-current="true"]');
    if (!current || !strip.current) return;
    strip.current.scrollLeft = current.offsetLeft - strip.current.clientWidth / 2 + current.offsetWidth / 2;
  }, [selected]);
  return (
    <ul class="strip" ref={strip} aria-label={t('strip')}>
      {list.map((photo) => {
        const small = photo.renditions[0];
        const name = nameOf(photo, t('unnamed'));
        return (
          <li key={photo.id}>
            <button
              type="button"
              class="strip-photo"
              aria-current={photo.id === selected ? 'true' : undefined}
              aria-label={t('photoOf', { name })}
              onClick={() => onSelect(photo.id)}
              data-photo={photo.id}
            >
              {small && <img src={small.url} alt="" width={72} height={72} loading="lazy" />}
            </button>
          </li>
        );
      })}
      <li class="strip-more">{children}</li>
    </ul>
  );
}
