import { useEffect, useRef } from 'preact/hooks';
import { formatMoment, formatShortMoment } from '../../../contract/messages/times.ts';
import type { OwnPhoto } from '../../../contract/photos.ts';
import { placeholderUrl } from '../../shared/placeholder.ts';
import { Button, LinkButton } from '../../shared/ui/button.tsx';
import { Icon } from '../../shared/ui/icon.tsx';
import { sayFailure, t } from '../words.ts';
import { Caption } from './caption.tsx';
import type { GalleryBoot } from '../../../contract/boot.ts';
import { m } from './mine-words.ts';
import type { OwnPhotos } from './own-photos.ts';
import { stepsOf, type Step } from './receipt-rules.ts';

/** Height by width of the place for a photo. */
const SHAPE_MAX = 1.15;

function Large({ photo, isDark }: { photo: OwnPhoto; isDark: boolean }) {
  const large = photo.renditions[photo.renditions.length - 1];
  const behind = placeholderUrl(photo.thumbhash);
  if (isDark) return <div class="mine-large mine-film" role="img" aria-label={m('undevelopedOne')} />;
  if (!large) return <div class={photo.status === 'processing' ? 'mine-large skeleton' : 'mine-large'} />;
  // Of the shape of the photo, but no higher than leaves room for what is said about it.
  const shape = Math.min(large.height / large.width, SHAPE_MAX) * 100;
  return (
    <div class="mine-large" style={{ paddingTop: `${shape}%` }}>
      {photo.kind === 'video' && photo.original ? (
        <video class="fills" src={photo.original} poster={large.url} controls playsInline preload="none" />
      ) : (
        <img
          class="fills"
          src={large.url}
          width={large.width}
          height={large.height}
          alt={photo.caption || m('yourPhoto')}
          style={behind ? { background: `url(${behind}) center / contain no-repeat` } : undefined}
          onLoad={(event) => (event.currentTarget.style.background = '')}
        />
      )}
    </div>
  );
}

function Steps({ boot, steps }: { boot: GalleryBoot; steps: readonly Step[] }) {
  return (
    <ol class="mine-steps" aria-label={m('steps')}>
      {steps.map(({ receipt, state, at }) => (
        <li key={receipt} class={`mine-step mine-step-${state}`} aria-current={state === 'now' ? 'step' : undefined}>
          <span>{receipt === 'sent' ? m('sent') : t(receipt)}</span>
          {at && (
            <time class="quiet small" dateTime={at} title={formatMoment(boot.locale, boot.event.timeZone, at)}>
              {formatShortMoment(boot.locale, boot.event.timeZone, at, new Date())}
            </time>
          )}
        </li>
      ))}
    </ol>
  );
}

export interface DetailProps {
  boot: GalleryBoot;
  photo: OwnPhoto;
  own: OwnPhotos;
  shows: boolean;
  onBack: () => void;
  onDelete: (id: string) => void;
}

/** One own photo: large, with the way it has gone and what its sender may still do with it. */
export function Detail({ boot, photo, own, shows, onBack, onDelete }: DetailProps) {
  const head = useRef<HTMLDivElement>(null);
  const back = useRef(onBack);
  back.current = onBack;
  useEffect(() => {
    const button = head.current && head.current.querySelector('button');
    if (button) button.focus();
    // Before the sheet hears of it, which would close.
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.stopImmediatePropagation();
      back.current();
    };
    document.addEventListener('keydown', onKey, true);
    return () => document.removeEventListener('keydown', onKey, true);
  }, []);
  const isDark = Boolean(boot.camera) && !shows;
  const steps = stepsOf(photo, boot.event.moderation === 'before', shows);
  const facts = [
    photo.location === 'removed' && m('locationRemoved'),
    photo.location === 'kept' && m('locationKept'),
    photo.copy && m('copySent'),
    photo.preview === 'wanted' && t('chooseAgain'),
    photo.failure && sayFailure(photo.failure.code),
    photo.partial && m('partial'),
  ].filter(Boolean);
  return (
    <section class="mine-detail" aria-label={m('yourPhoto')}>
      <div class="mine-back" ref={head}>
        <Button kind="bare" onClick={onBack}>
          <Icon name="back" /> {m('all')}
        </Button>
      </div>
      <Large photo={photo} isDark={isDark} />
      <div class="stack">
        <Steps boot={boot} steps={steps} />
        {facts.map((fact) => (
          <p key={fact} class="mine-fact small">
            <Icon name="info" />
            <span>{fact}</span>
          </p>
        ))}
        <Caption photo={photo} event={boot.event.id} onChange={(changed) => own.change(changed)} />
        <div class="mine-actions">
          {photo.original && !isDark && (
            <LinkButton href={photo.original} download="">
              {t('download')}
            </LinkButton>
          )}
          <Button kind="bad" onClick={() => onDelete(photo.id)}>
            {t('delete')}
          </Button>
        </div>
      </div>
    </section>
  );
}
