import { useState } from 'preact/hooks';
import type { DownloadLink } from '../../../../contract/downloads.ts';
import { formatDuration } from '../../../../contract/values/durations.ts';
import { eventPath } from '../../../shared/api.ts';
import { showToast } from '../../../shared/toast.ts';
import { reasonOf, useConsole } from '../../shell/console.tsx';
import type { DeskPhoto } from '../table/desk-photo.ts';
import { kindOf, pictureOf } from './parts.tsx';

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

/**
 * A video by its poster, or a picture that moves by its first, until somebody plays it: what comes later is published as
 * well. The file takes a link of its own, since players and pictures send no Bearer; where there is no public version of
 * it, whoever decides still has to see it, and members of the team may as it came.
 */
function Moving({ photo, still, name }: { photo: DeskPhoto; still: string; name: string }) {
  const console = useConsole();
  const [url, setUrl] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const isVideo = photo.kind === 'video';
  const play = async () => {
    setBusy(true);
    const path = eventPath(photo.eventId, `/photos/${photo.id}/original-link`);
    const answer = await console.session.authed<DownloadLink>(photo.original ? path : `${path}?as=received`, {
      method: 'POST',
    });
    setBusy(false);
    if (answer.ok) setUrl(answer.data.url);
    else showToast(reasonOf(console, answer));
  };
  if (url && isVideo) {
    return <video class="stage-video" src={url} poster={still} controls playsInline autoPlay aria-label={name} />;
  }
  return (
    <>
      <img src={url || still} alt={name} decoding="async" draggable={false} data-photo={photo.id} />
      {!url && (
        <button
          type="button"
          class="moving-play"
          aria-label={console.say.desk(isVideo ? 'play' : 'playMoving')}
          aria-busy={isBusy}
          onClick={() => void play()}
        />
      )}
    </>
  );
}

/** Why it failed, for whoever has the file and not the phone. */
export function useFailureWords(): (photo: DeskPhoto) => string {
  const { say } = useConsole();
  return ({ failure }) =>
    !failure ? '' : failure.code === 'photo.no_preview' ? say.desk('noStandIn') : say.failures(failure.code);
}

/** What there is to see of a file without a picture: what kind it is, and on a phone, which has no room beside, why. */
function NoPicture({ photo, isDesk }: { photo: DeskPhoto; isDesk: boolean }) {
  const { say } = useConsole();
  const failureOf = useFailureWords();
  const isFailed = photo.status === 'failed';
  return (
    <div class="stage-none">
      <p class="stage-kind">{kindOf(photo)}</p>
      <p>{!isFailed ? say.desk('noPicture') : isDesk ? say.desk('tabFailed') : failureOf(photo)}</p>
    </div>
  );
}

/** A photo as large as there is room, or a video. */
export function Picture({ photo, isDesk }: { photo: DeskPhoto; isDesk: boolean }) {
  const nameOf = usePhotoName();
  const picture = pictureOf(photo, isDesk);
  if (!picture) return <NoPicture photo={photo} isDesk={isDesk} />;
  const name = photo.caption || nameOf(photo);
  if (photo.kind === 'video' || photo.animated) {
    return <Moving key={photo.id} photo={photo} still={picture.url} name={name} />;
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
