import { Fragment, type ComponentChildren } from 'preact';
import type { BootFormat } from '../../contract/boot.ts';
import type { Session } from './mine/own-photos.ts';
import type { Outbox } from './outbox.ts';
import { endingOf, JoinForm, Sheet, type JoinProps } from './sheets.tsx';
import type { Upload } from './upload-rules.ts';
import { sayCode, t } from './words.ts';

/**
 * What the chooser offers. An iPhone turns HEIC into JPEG for pages that do not ask for HEIC, which is what has to
 * happen where its browser cannot show HEIC itself: before Safari 17, which also brought popovers.
 */
function accepted(formats: readonly BootFormat[]): string {
  const isOldSafari = navigator.vendor.startsWith('Apple') && !('popover' in HTMLElement.prototype);
  const types = formats.map((format) => format.type as string).filter((type) => !isOldSafari || type !== 'image/heic');
  return types.concat(isOldSafari ? [] : ['.heic', '.heif']).join();
}

function Choose({ formats, onFiles }: { formats: readonly BootFormat[]; onFiles: (files: File[]) => void }) {
  const take = (event: Event) => {
    const input = event.currentTarget as HTMLInputElement;
    const files = Array.from(input.files || []);
    input.value = '';
    if (files.length) onFiles(files);
  };
  return (
    <div class="stack">
      <label class="button button-wide file-button">
        {t('choose')}
        <input id="choose" type="file" multiple accept={accepted(formats)} onChange={take} />
      </label>
      <label class="button button-quiet button-wide file-button">
        {t('camera')}
        <input type="file" accept="image/*" capture="environment" onChange={take} />
      </label>
      <p class="quiet small">{t('chooseHint')}</p>
    </div>
  );
}

function Bar({ fraction }: { fraction: number }) {
  return (
    <div
      class="progress"
      role="progressbar"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(fraction * 100)}
    >
      <div class="progress-bar" style={{ transform: `scaleX(${fraction})` }} />
    </div>
  );
}

interface UploadRowProps {
  upload: Upload;
  preview: string | null;
  onRetry: () => void;
  onSendAnyway: () => void;
  onRemove: () => void;
}

/** What stands in the line of an upload. */
function wordsOf({ state, photoId, isVideo }: Upload): string {
  if (photoId !== null && (state.kind === 'queued' || state.kind === 'sending')) return t('following');
  if (state.kind === 'preparing') return t('preparing');
  if (state.kind === 'unshowable') return t(isVideo ? 'unshowableVideo' : 'unshowable');
  if (state.kind === 'sending') return t('sending', { percent: Math.round(state.fraction * 100) });
  if (state.kind === 'retrying') {
    return t('retrying', { seconds: Math.max(1, Math.round((state.at - Date.now()) / 1000)) });
  }
  if (state.kind === 'refused') return state.code ? sayCode(state.code) : t('cannotSend');
  return t('queued');
}

function UploadRow({ upload, preview, onRetry, onSendAnyway, onRemove }: UploadRowProps) {
  const { state } = upload;
  const asks = state.kind === 'unshowable';
  const remove = state.kind !== 'sending' && (
    <button type="button" class="button button-quiet button-small" onClick={onRemove}>
      {t('remove')}
    </button>
  );
  return (
    <li data-upload={state.kind}>
      <span class="files-picture">
        {preview && state.kind !== 'refused' ? <img src={preview} alt="" /> : endingOf(upload.name)}
      </span>
      <span>
        <span class="files-name" dir="auto" title={upload.name}>
          {upload.name}
        </span>
        <span class="files-said" role={asks || state.kind === 'refused' ? 'alert' : undefined}>
          {wordsOf(upload)}
        </span>
        {state.kind === 'sending' && upload.photoId === null && <Bar fraction={state.fraction} />}
      </span>
      {asks ? (
        <span class="files-answers">
          <button type="button" class="button button-quiet button-small" onClick={onSendAnyway}>
            {t('sendAnyway')}
          </button>
          {remove}
        </span>
      ) : (
        <span>
          {state.kind === 'refused' && state.canRetry && (
            <button type="button" class="button button-small" onClick={onRetry}>
              {t('retry')}
            </button>
          )}
          {remove}
        </span>
      )}
    </li>
  );
}

/** What has not arrived yet, as rows of a list. */
export function UploadRows({ outbox }: { outbox: Outbox }) {
  const uploads = outbox.uploads().filter((upload) => upload.state.kind !== 'sent');
  return (
    <Fragment>
      {uploads.map((upload) => (
        <UploadRow
          key={upload.key}
          upload={upload}
          preview={outbox.preview(upload.key)}
          onRetry={() => outbox.retry(upload.key)}
          onSendAnyway={() => outbox.sendAnyway(upload.key)}
          onRemove={() => outbox.remove(upload.key)}
        />
      ))}
    </Fragment>
  );
}

export interface AddSheetProps extends JoinProps {
  outbox: Outbox;
  formats: readonly BootFormat[];
  canUpload: boolean;
  session: Session;
  /** whether the session could not be asked for */
  isFailed: boolean;
  onClose: () => void;
  /** what has been sent and what is on its way */
  children: ComponentChildren;
}

/** Joining, then choosing photos, and what becomes of them. */
export function AddSheet(props: AddSheetProps) {
  const { outbox, formats, canUpload, session, isFailed, needsPin, join, onClose, children } = props;
  const isBlocked = outbox.uploads().some(({ state }) => state.kind === 'refused' && state.code === 'guest.blocked');
  if (isBlocked || !canUpload) {
    return (
      <Sheet title={t('joinTitle')} onClose={onClose}>
        <p class="notice" role="alert">
          {isBlocked ? sayCode('guest.blocked') : t('uploadsClosed')}
        </p>
        {children}
      </Sheet>
    );
  }
  return (
    <Sheet title={t('joinTitle')} onClose={onClose}>
      {session === 'joined' ? (
        <Fragment>
          <Choose formats={formats} onFiles={(files) => outbox.add(files)} />
          {children}
        </Fragment>
      ) : session === 'unknown' && !isFailed ? (
        <div class="skeleton" style={{ height: '160px' }} />
      ) : (
        <JoinForm needsPin={needsPin} join={join} />
      )}
    </Sheet>
  );
}

export function ProgressLine({ open, fraction, onOpen }: { open: number; fraction: number; onOpen: () => void }) {
  return (
    <button type="button" class="bar-line" onClick={onOpen}>
      <Bar fraction={fraction} />
      {t('progress', { count: open })}
    </button>
  );
}
