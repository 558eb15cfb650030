import { Fragment, type ComponentChildren } from 'preact';
import type { BootFormat } from '../../contract/boot.ts';
import type { Session } from './mine/own-photos.ts';
import type { LaterOutbox } from './outbox/later.ts';
import { Bar } from './outbox/view/bar.tsx';
import { JoinForm, Sheet, type JoinProps } from './sheets.tsx';
import { sayCode, t } from './words.ts';

/** What has not arrived yet, as rows of a list. */
export function UploadRows({ outbox }: { outbox: LaterOutbox }) {
  const parts = outbox.parts();
  if (!parts) return null;
  const uploads = outbox.uploads().filter((upload) => upload.state.kind !== 'sent');
  return (
    <Fragment>
      {uploads.map((upload) => (
        <parts.UploadRow key={upload.key} upload={upload} outbox={outbox} />
      ))}
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
            <Fragment>
              <parts.Picker formats={formats} onFiles={(files) => outbox.add(files)} />
              <parts.FastSwitch outbox={outbox} />
            </Fragment>,
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
