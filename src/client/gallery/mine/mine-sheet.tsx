import { UploadRows } from '../add-sheet.tsx';
import type { Outbox } from '../outbox.ts';
import { OwnRow, Sheet } from '../sheets.tsx';
import { t } from '../words.ts';
import type { OwnPhotos } from './own-photos.ts';

export interface RowsProps {
  outbox: Outbox;
  own: OwnPhotos;
  onDelete: (id: string) => void;
}

/** What is on its way, and below it what has arrived. */
export function Rows({ outbox, own, onDelete }: RowsProps) {
  const sent = new Map<string, { name: string; preview: string | null }>();
  // Whose picture is still on its way stands among the uploads.
  const following = new Set<string>();
  for (const upload of outbox.uploads()) {
    if (upload.photoId !== null && upload.state.kind !== 'sent') following.add(upload.photoId);
    if (upload.state.kind === 'sent') {
      sent.set(upload.state.photoId, { name: upload.name, preview: outbox.preview(upload.key) });
    }
  }
  return (
    <ul class="files" id="files">
      <UploadRows outbox={outbox} />
      {own
        .list()
        .filter((photo) => !following.has(photo.id))
        .map((photo) => {
          const { name = null, preview = null } = sent.get(photo.id) || {};
          return (
            <OwnRow key={photo.id} photo={photo} name={name} preview={preview} onDelete={() => onDelete(photo.id)} />
          );
        })}
    </ul>
  );
}

export interface MineProps extends RowsProps {
  /** null: nothing can be added now */
  onAdd: (() => void) | null;
  onClose: () => void;
}

export function MineSheet({ onAdd, onClose, ...rows }: MineProps) {
  const { own, outbox } = rows;
  const isEmpty = own.list().length === 0 && outbox.uploads().length === 0;
  return (
    <Sheet title={t('mine')} onClose={onClose}>
      {own.failed() && <p class="notice notice-bad">{t('loadFailed')}</p>}
      {isEmpty && own.session() === 'unknown' && !own.failed() && <div class="skeleton" style={{ height: '64px' }} />}
      {isEmpty && own.session() !== 'unknown' && (
        <div class="empty">
          <h2>{t('nothingSent')}</h2>
          <p class="quiet">{t('nothingSentHint')}</p>
        </div>
      )}
      <Rows {...rows} />
      {onAdd && (
        <button type="button" class="button button-wide" onClick={onAdd}>
          {t('add')}
        </button>
      )}
    </Sheet>
  );
}
