import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Skeleton } from '../../shared/ui/states.tsx';
import { UploadRows } from '../add-sheet.tsx';
import type { LaterOutbox } from '../outbox/later.ts';
import { t } from '../words.ts';
import { Detail } from './detail.tsx';
import { Erase } from './erase.tsx';
import { OwnGrid } from './grid.tsx';
import { Keep } from './keep.tsx';
import type { GalleryBoot } from '../../../contract/boot.ts';
import { Move } from './move/move.tsx';
import type { OwnPhotos } from './own-photos.ts';
import { Person } from './person.tsx';
import { Requests } from './requests.tsx';
import { useMine } from './use-mine.ts';
import './mine.css';

export interface ViewProps {
  boot: GalleryBoot;
  own: OwnPhotos;
  outbox: LaterOutbox;
  /** whether guests see each other's photos now */
  shows: boolean;
  /** null: nothing can be added now */
  onAdd: (() => void) | null;
  onDelete: (id: string) => void;
  /** this device is nobody any more */
  onErased: () => void;
  onClose: () => void;
}

/** Everything a guest has sent, and what can be done with it. */
export function MineView({ boot, own, outbox, shows, onAdd, onDelete, onErased, onClose }: ViewProps) {
  const [open, setOpen] = useState<string | null>(null);
  const [dialog, setDialog] = useState<'none' | 'move' | 'erase'>('none');
  const main = useRef<HTMLDivElement>(null);
  const session = own.session();
  const { me, setMe, requests } = useMine(boot.event.id, session);
  const photos = own.list();
  const shown = photos.filter((photo) => photo.id === open)[0];
  const isSending = outbox.uploads().some(({ state }) => state.kind !== 'sent');
  const isEmpty = photos.length === 0 && !isSending;

  // On a phone the photo takes the place of all others, which are found again as they were left.
  const left = useRef(0);
  useLayoutEffect(() => {
    const sheet = main.current && main.current.closest('.sheet');
    if (!sheet || matchMedia('(min-width: 900px)').matches) return;
    if (open) sheet.scrollTop = 0;
    else sheet.scrollTop = left.current;
  }, [open]);
  const show = (id: string) => {
    const sheet = main.current && main.current.closest('.sheet');
    left.current = sheet && !open ? sheet.scrollTop : 0;
    setOpen(id);
  };
  const back = () => {
    setOpen(null);
    const button = main.current && main.current.querySelector<HTMLElement>(`[data-photo="${open}"] button`);
    // Hidden until the page is drawn again.
    if (button) requestAnimationFrame(() => button.focus());
  };
  const remove = (id: string) => {
    setOpen(null);
    onDelete(id);
  };

  return (
    <div class={`mine${shown ? ' mine-opened' : ''}${shown || session === 'joined' ? '' : ' mine-alone'}`}>
      <div class="mine-main" ref={main}>
        {session === 'joined' && <Person event={boot.event.id} me={me} photos={photos} shows={shows} onMe={setMe} />}
        {own.failed() && (
          <div class="notice notice-bad mine-failed" role="alert">
            <p>{t('loadFailed')}</p>
            <button type="button" class="button button-quiet button-small" onClick={() => void own.refresh()}>
              {t('retry')}
            </button>
          </div>
        )}
        {isEmpty && session === 'unknown' && !own.failed() && <Skeleton height="280px" />}
        {isEmpty && session !== 'unknown' && (
          <div class="empty">
            <h3>{t('nothingSent')}</h3>
            <p class="quiet">{t('nothingSentHint')}</p>
            {onAdd && (
              <button type="button" class="button" onClick={onAdd}>
                {t('add')}
              </button>
            )}
          </div>
        )}
        {isSending && (
          <ul class="files">
            <UploadRows outbox={outbox} />
          </ul>
        )}
        <OwnGrid boot={boot} photos={photos} outbox={outbox} shows={shows} open={open} onOpen={show} onAdd={onAdd} />
        <Requests items={requests} />
      </div>
      <div class="mine-side">
        {shown ? (
          <Detail key={shown.id} boot={boot} photo={shown} own={own} shows={shows} onBack={back} onDelete={remove} />
        ) : (
          session === 'joined' && (
            <Keep
              boot={boot}
              me={me}
              photos={photos}
              onMove={() => setDialog('move')}
              onErase={() => setDialog('erase')}
            />
          )
        )}
      </div>
      {dialog === 'move' && <Move boot={boot} name={me && me.guest.name} onClose={() => setDialog('none')} />}
      {dialog === 'erase' && (
        <Erase
          boot={boot}
          me={me}
          count={photos.length}
          onErased={onErased}
          onDone={onClose}
          onClose={() => setDialog('none')}
        />
      )}
    </div>
  );
}
