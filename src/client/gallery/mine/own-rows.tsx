import type { OwnPhoto } from '../../../contract/photos.ts';
import { UploadRows } from '../add-sheet.tsx';
import type { LaterOutbox } from '../outbox/later.ts';
import { endingOf } from '../sheets.tsx';
import { sayFailure, t } from '../words.ts';
import type { OwnPhotos } from './own-photos.ts';
import { receiptOf, TONES } from './receipt-rules.ts';
import { sentFiles } from './sent-files.ts';

/** What they have sent is theirs to have back, also where the photos of others are for looking only. */
const OwnFile = ({ url }: { url: string }) => (
  <a class="button button-quiet button-small files-file" href={url} download="" aria-label={t('download')}>
    <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" focusable="false">
      <path d="M12 4v12m0 0-5-5m5 5 5-5M5 20h14" />
    </svg>
  </a>
);

interface OwnRowProps {
  photo: OwnPhoto;
  shows: boolean;
  /** while this page has the file: what it is called, and what the browser shows of it */
  name: string | null;
  preview: string | null;
  /** nothing is seen of it yet */
  isDark: boolean;
  onDelete: () => void;
}

function OwnRow({ photo, shows, name, preview, isDark, onDelete }: OwnRowProps) {
  const receipt = receiptOf(photo, shows);
  const tone = TONES[receipt];
  const isFailed = photo.status === 'failed';
  const small = photo.renditions[0];
  // What could not be prepared here, this browser may not be able to show either.
  const picture = isDark ? null : small ? small.url : isFailed ? null : preview;
  return (
    <li data-photo={photo.id} data-status={photo.status}>
      <span class={isDark ? 'files-picture files-film' : 'files-picture'}>
        {picture ? <img src={picture} alt="" /> : name && !isDark ? endingOf(name) : ''}
      </span>
      <span>
        {isFailed && name && (
          <span class="files-name" dir="auto" title={name}>
            {name}
          </span>
        )}
        <span class={tone === 'plain' ? 'badge' : `badge badge-${tone}`}>{t(receipt)}</span>
        {photo.failure && <span class="files-reason">{sayFailure(photo.failure.code)}</span>}
        {photo.preview === 'wanted' && <span class="files-reason">{t('chooseAgain')}</span>}
      </span>
      <span class="files-own">
        {photo.original && <OwnFile url={photo.original} />}
        <button type="button" class="button button-quiet button-small" onClick={onDelete}>
          {t('delete')}
        </button>
      </span>
    </li>
  );
}

interface RowsProps {
  outbox: LaterOutbox;
  own: OwnPhotos;
  shows: boolean;
  /** of a disposable camera: nothing is seen of a photo before all are shown */
  isFilm: boolean;
  onDelete: (id: string) => void;
}

/** What is on its way, and below it what has arrived. */
export function Rows({ outbox, own, shows, isFilm, onDelete }: RowsProps) {
  const { sent, following } = sentFiles(outbox);
  return (
    <ul class="files" id="files">
      <UploadRows outbox={outbox} />
      {own
        .list()
        .filter((photo) => !following.has(photo.id))
        .map((photo) => {
          const { name = null, preview = null } = sent.get(photo.id) || {};
          return (
            <OwnRow
              key={photo.id}
              photo={photo}
              shows={shows}
              name={name}
              preview={preview}
              isDark={isFilm && !shows}
              onDelete={() => onDelete(photo.id)}
            />
          );
        })}
    </ul>
  );
}
