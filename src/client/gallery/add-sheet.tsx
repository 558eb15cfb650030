import { Fragment, type ComponentChild, type ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import type { BootFormat } from '../../contract/boot.ts';
import type { Session } from './mine/own-photos.ts';
import type { LaterOutbox } from './outbox/later.ts';
import type { Upload } from './outbox/rules/upload-rules.ts';
import { Bar } from './outbox/view/bar.tsx';
import { JoinForm, Sheet, type JoinProps } from './sheets.tsx';
import { sayCode, t } from './words.ts';

interface Drawn {
  upload: Upload;
  preview: string | null;
  row: ComponentChild;
}

/** What has not arrived yet, as rows of a list; of fifty only those that have changed are drawn again. */
export function UploadRows({ outbox }: { outbox: LaterOutbox }) {
  const parts = outbox.parts();
  const drawn = useRef(new Map<string, Drawn>());
  if (!parts) return null;
  const uploads = outbox.uploads().filter((upload) => upload.state.kind !== 'sent');
  return (
    <Fragment>
      {uploads.map((upload) => {
        const { key } = upload;
        const preview = outbox.preview(key);
        const before = drawn.current.get(key);
        if (before && before.upload === upload && before.preview === preview) return before.row;
        const row = <parts.UploadRow key={key} upload={upload} preview={preview} outbox={outbox} />;
        drawn.current.set(key, { upload, preview, row });
        return row;
      })}
    </Fragment>
  );
}

export interface AddSheetProps extends JoinProps {
  outbox: LaterOutbox;
  formats: readonly BootFormat[];
  canUpload: boolean;
  session: Session;
  /** whether the session could not be asked for */
  isFailed: boolean;
  /** puts what belongs to it around the choice of files */
  around: (choose: ComponentChildren) => ComponentChildren;
  onClose: () => void;
  /** what has been sent and what is on its way */
  children: ComponentChildren;
}

/** Joining, then choosing photos, and what becomes of them. */
export function AddSheet(props: AddSheetProps) {
  const { outbox, formats, canUpload, session, isFailed, needsPin, join, around, onClose, children } = props;
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
  const parts = outbox.parts();
  if (!parts) outbox.load();
  return (
    <Sheet title={t('joinTitle')} onClose={onClose}>
      {outbox.isMissing() && (
        <p class="notice notice-bad" role="alert">
          {t('cannotLoad')}
        </p>
      )}
      {session === 'joined' && parts ? (
        <Fragment>
          {around(
            <div class="stack">
              <parts.Picker formats={formats} onFiles={(files) => outbox.add(files)} />
              <parts.FastSwitch outbox={outbox} />
            </div>,
          )}
          <parts.Batch outbox={outbox} />
          {children}
        </Fragment>
      ) : session === 'joined' || (session === 'unknown' && !isFailed) ? (
        <div class="skeleton" style={{ height: '160px' }} />
      ) : (
        <JoinForm needsPin={needsPin} join={join} />
      )}
    </Sheet>
  );
}

export interface ProgressLineProps {
  open: number;
  isPaused: boolean;
  fraction: number;
  onOpen: () => void;
}

export function ProgressLine({ open, isPaused, fraction, onOpen }: ProgressLineProps) {
  return (
    <button type="button" class="bar-line" onClick={onOpen}>
      <Bar fraction={fraction} />
      {isPaused ? t('paused') : t('progress', { count: open })}
    </button>
  );
}
