import { useEffect, useState } from 'preact/hooks';
import type { Me } from '../../../contract/me.ts';
import type { OwnPhoto } from '../../../contract/photos.ts';
import { eventPath } from '../../shared/api.ts';
import { Icon, type IconName } from '../../shared/ui/icon.tsx';
import { t } from '../words.ts';
import type { GalleryBoot } from '../../../contract/boot.ts';
import { m } from './mine-words.ts';
import { sizeText } from './size-rules.ts';

interface WordsProps {
  icon: IconName;
  title: string;
  hint: string;
}

const Words = ({ icon, title, hint }: WordsProps) => (
  <>
    <Icon name={icon} />
    <span>
      <span class="mine-row-title">{title}</span>
      <span class="mine-row-hint">{hint}</span>
    </span>
  </>
);

/** How much there is to take along, in bytes; null: not known. */
function useArchiveBytes(path: string, count: number): number | null {
  const [bytes, setBytes] = useState<number | null>(null);
  useEffect(() => {
    if (count === 0) return;
    let isGone = false;
    fetch(path, { method: 'HEAD', credentials: 'same-origin', cache: 'no-store' }).then(
      (answer) => {
        const length = Number(answer.headers.get('Content-Length'));
        if (!isGone) setBytes(answer.ok && length > 0 ? length : null);
      },
      () => undefined,
    );
    return () => {
      isGone = true;
    };
  }, [path, count]);
  return bytes;
}

export interface KeepProps {
  boot: GalleryBoot;
  me: Me | null;
  photos: readonly OwnPhoto[];
  onMove: () => void;
  onErase: () => void;
}

/** What belongs to the guest and not to one photo: all files, another device, and an end to it. */
export function Keep({ boot, me, photos, onMove, onErase }: KeepProps) {
  const archive = eventPath(boot.event.id, '/mine/archive.zip');
  const files = photos.filter((photo) => photo.original).length;
  const bytes = useArchiveBytes(archive, files);
  const count = t('photoCount', { count: files });
  const size = bytes === null ? null : sizeText(boot.locale, bytes);
  const devices = me ? me.devices : 1;
  return (
    <section class="mine-keep" aria-labelledby="mine-keep">
      <h3 id="mine-keep">{m('keep')}</h3>
      {files > 0 && (
        <a class="mine-row" href={archive} download="" id="mine-archive">
          <Words
            icon="download"
            title={m('archive')}
            hint={size ? m('archiveSize', { photos: count, size }) : m('archiveHint', { photos: count })}
          />
        </a>
      )}
      <button type="button" class="mine-row" id="mine-move" onClick={onMove}>
        <Words icon="phone" title={m('move')} hint={devices > 1 ? m('devices', { count: devices }) : m('moveHint')} />
      </button>
      <button type="button" class="mine-row mine-row-bad" id="mine-erase" onClick={onErase}>
        <Words icon="remove" title={m('erase')} hint={m('eraseHint')} />
      </button>
    </section>
  );
}
