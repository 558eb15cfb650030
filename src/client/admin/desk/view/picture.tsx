import { useConsole } from '../../shell/console.tsx';
import type { DeskPhoto } from '../table/desk-photo.ts';
import { pictureOf } from './parts.tsx';
import { formatDuration } from '../../../../contract/values/durations.ts';

/** What a photo of the desk is called where it has no caption. */
export function usePhotoName(): (photo: DeskPhoto) => string {
  const { say } = useConsole();
  const d = say.desk;
  return (photo) => d(photo.kind === 'video' ? 'videoOf' : 'photoOf', { name: photo.by || d('unnamed') });
}

/** `0:12` of a video, `GIF` of what moves; nothing of a plain photo. */
export function MovingBadge({ photo }: { photo: DeskPhoto }) {
  const { say } = useConsole();
  if (photo.kind !== 'video') return photo.animated ? <span class="moving">GIF</span> : null;
  return (
    <span class="moving moving-video">
      {photo.durationMs ? formatDuration(photo.durationMs) : <span class="said">{say.desk('video')}</span>}
    </span>
  );
}

/** A photo as large as there is room, or a video that plays where its file may be had. */
export function Picture({ photo, isDesk }: { photo: DeskPhoto; isDesk: boolean }) {
  const { say } = useConsole();
  const nameOf = usePhotoName();
  const d = say.desk;
  const picture = pictureOf(photo, isDesk);
  if (!picture) return <p class="stage-none">{photo.status === 'failed' ? d('tabFailed') : d('noPicture')}</p>;
  const name = photo.caption || nameOf(photo);
  if (photo.kind === 'video' && photo.original) {
    return (
      <video
        key={photo.id}
        class="stage-video"
        src={photo.original}
        poster={picture.url}
        controls
        playsInline
        preload="none"
        aria-label={name}
        data-photo={photo.id}
      />
    );
  }
  return (
    <img
      key={photo.id}
      src={picture.url}
      width={picture.width}
      height={picture.height}
      alt={name}
      decoding="async"
      draggable={false}
      data-photo={photo.id}
    />
  );
}
