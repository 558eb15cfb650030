import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { Me } from '../../../contract/me.ts';
import { formatMoment } from '../../../contract/messages/times.ts';
import { call, eventPath } from '../../shared/api.ts';
import { t } from '../words.ts';
import type { GalleryBoot } from '../../../contract/boot.ts';

export interface FilmProps {
  boot: GalleryBoot;
  /** of this guest that have arrived; another number, and the server is asked again */
  sent: number;
  /** that are on their way and will take a shot each */
  open: number;
  /** what takes photos; not shown when the film is full */
  children: ComponentChildren;
}

/** How many shots are left in a disposable camera, as its own counter says it. */
export function Film({ boot, sent, open, children }: FilmProps) {
  const { camera, event, locale } = boot;
  const [free, setFree] = useState<number | null>(null);
  useEffect(() => {
    if (!camera) return;
    let isGone = false;
    void call<Me>(eventPath(event.id, '/me')).then((answer) => {
      if (answer.ok && answer.data.camera && !isGone) setFree(answer.data.camera.left);
    });
    return () => {
      isGone = true;
    };
  }, [sent]);
  if (!camera) return <>{children}</>;
  const left = Math.max(0, (free === null ? camera.shots - sent : free) - open);
  const hint = camera.revealsAt
    ? t('filmHint', { time: formatMoment(locale, event.timeZone, camera.revealsAt) })
    : t('filmHintSoon');
  return (
    <div class="stack">
      <div class="film" role="status">
        <span class="film-window" aria-hidden="true">
          <span key={left} class="film-number">
            {left}
          </span>
        </span>
        <span>
          <strong>{left > 0 ? t('filmLeft', { left, shots: camera.shots }) : t('filmFull')}</strong>
          <span class="film-hint">{hint}</span>
        </span>
      </div>
      {left > 0 && children}
    </div>
  );
}
