import { useRef } from 'preact/hooks';
import { formatDuration } from '../../../contract/values/durations.ts';
import { formatMoment, formatTime } from '../../../contract/messages/times.ts';
import type { OwnPhoto } from '../../../contract/photos.ts';
import { placeholderUrl } from '../../shared/placeholder.ts';
import { Icon } from '../../shared/ui/icon.tsx';
import type { Outbox } from '../outbox/outbox.ts';
import { t } from '../words.ts';
import type { GalleryBoot } from '../../../contract/boot.ts';
import { m } from './mine-words.ts';
import { receiptOf, TONES } from './receipt-rules.ts';
import { sentFiles } from './sent-files.ts';

interface CardProps {
  boot: GalleryBoot;
  photo: OwnPhoto;
  /** of a film: which frame it is, from 1 */
  frame: number | null;
  /** what the browser shows of it while this page has the file */
  preview: string | null;
  shows: boolean;
  develops: boolean;
  isOpen: boolean;
  onOpen: () => void;
}

function Picture({ photo, frame, preview, develops }: Pick<CardProps, 'photo' | 'frame' | 'preview' | 'develops'>) {
  const small = photo.renditions[0];
  if (frame !== null) {
    return (
      <span class="mine-picture mine-film" aria-hidden="true">
        <span class="mine-frame">{frame}</span>
      </span>
    );
  }
  const isFailed = photo.status === 'failed';
  const picture = small ? small.url : isFailed ? null : preview;
  const behind = small ? placeholderUrl(photo.thumbhash) : null;
  return (
    <span
      class={!picture && !isFailed ? 'mine-picture skeleton' : 'mine-picture'}
      style={behind ? { backgroundImage: `url(${behind})` } : undefined}
    >
      {picture && <img class={develops ? 'fills develops' : 'fills'} src={picture} alt="" />}
      {photo.kind === 'video' && (
        <span class="mine-badge">{photo.durationMs ? formatDuration(photo.durationMs) : m('video')}</span>
      )}
    </span>
  );
}

function Card({ boot, photo, frame, preview, shows, develops, isOpen, onOpen }: CardProps) {
  const { locale, event } = boot;
  const receipt = receiptOf(photo, shows);
  const at = receipt === 'shown' && photo.shownAt ? photo.shownAt : photo.createdAt;
  return (
    <li data-photo={photo.id} data-status={photo.status} data-receipt={receipt}>
      <button type="button" class="mine-card" aria-current={isOpen ? 'true' : undefined} onClick={onOpen}>
        <Picture photo={photo} frame={frame} preview={preview} develops={develops} />
        <span class={`mine-word mine-word-${TONES[receipt]}`}>{t(receipt)}</span>
        <time class="mine-time" dateTime={at} title={formatMoment(locale, event.timeZone, at)}>
          {formatTime(locale, event.timeZone, at)}
        </time>
        {photo.caption && <span class="said">{photo.caption}</span>}
      </button>
    </li>
  );
}

export interface OwnGridProps {
  boot: GalleryBoot;
  photos: readonly OwnPhoto[];
  outbox: Outbox;
  shows: boolean;
  open: string | null;
  onOpen: (id: string) => void;
  onAdd: (() => void) | null;
}

/** OwnPhoto photos, the newest first, each with a word for what became of it. A film's frames stay dark until its reveal. */
export function OwnGrid({ boot, photos, outbox, shows, open, onOpen, onAdd }: OwnGridProps) {
  const isDark = Boolean(boot.camera) && !shows;
  const wasDark = useRef(isDark);
  if (photos.length === 0) return null;
  const { sent, following } = sentFiles(outbox);
  return (
    <div>
      {isDark && boot.camera && (
        <p class="notice mine-reveal">
          {boot.camera.revealsAt
            ? m('undeveloped', { time: formatMoment(boot.locale, boot.event.timeZone, boot.camera.revealsAt) })
            : m('undevelopedSoon')}
        </p>
      )}
      <ul class="mine-grid" id="mine-grid">
        {onAdd && (
          <li>
            <button type="button" class="mine-card mine-add" onClick={onAdd}>
              <span class="mine-picture">
                <Icon name="add" />
              </span>
              <span class="mine-word">{t('add')}</span>
            </button>
          </li>
        )}
        {photos.map(
          (photo, index) =>
            !following.has(photo.id) && (
              <Card
                key={photo.id}
                boot={boot}
                photo={photo}
                frame={isDark ? photos.length - index : null}
                preview={(sent.get(photo.id) || { preview: null }).preview}
                shows={shows}
                develops={wasDark.current}
                isOpen={photo.id === open}
                onOpen={() => onOpen(photo.id)}
              />
            ),
        )}
      </ul>
    </div>
  );
}
