import { useEffect, useRef } from 'preact/hooks';
import { endingOf } from '../../sheets.tsx';
import { sayCode, t } from '../../words.ts';
import type { Outbox } from '../outbox.ts';
import { canTryAgain, isOpen } from '../rules/queue-rules.ts';
import type { Upload } from '../rules/upload-rules.ts';
import { Bar } from './bar.tsx';
import { onSeen } from './seen.ts';

const PAUSE = 'M8 5v14M16 5v14';
const GO_ON = 'M8 5l11 7-11 7z';
const REMOVE = 'M6 6l12 12M18 6L6 18';

function Sign({ path, label, run }: { path: string; label: string; run: () => void }) {
  return (
    <button type="button" class="button button-quiet button-small files-file" aria-label={label} onClick={run}>
      <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" focusable="false">
        <path d={path} />
      </svg>
    </button>
  );
}

/** What stands in the line of an upload. */
function wordsOf(upload: Upload): string {
  const { state, phase, isVideo } = upload;
  if (isOpen(upload) && upload.isPaused) return t('paused');
  switch (state.kind) {
    case 'sending': {
      if (phase === 'picture') return t('following');
      const said = t('sending', { percent: Math.round(state.fraction * 100) });
      return phase === 'whole' ? said : `${said} · ${t(phase === 'copy' ? 'copyFirst' : 'original')}`;
    }
    case 'queued':
      if (phase === 'picture') return t('following');
      return phase === 'copy' ? `${t('queued')} · ${t('copyFirst')}` : t('queued');
    case 'retrying':
      return t('retrying', { seconds: Math.max(1, Math.round((state.at - Date.now()) / 1000)) });
    case 'refused':
      return state.code ? sayCode(state.code) : t('cannotSend');
    case 'duplicate':
      return t(state.of === 'sent' ? 'duplicateSent' : 'duplicateChosen');
    case 'unshowable':
      return t(isVideo ? 'unshowableVideo' : 'unshowable');
    case 'held':
      return t('heldUpload');
    case 'sent':
      return t('fileSent');
    default:
      return t(state.kind);
  }
}

type WishKind = 'pause' | 'resume' | 'retry' | 'remove' | 'send-anyway' | 'send-original';

export interface UploadRowProps {
  upload: Upload;
  /** address of a small picture */
  preview: string | null;
  outbox: Outbox;
}

export function UploadRow({ upload, preview: picture, outbox }: UploadRowProps) {
  const { state, key } = upload;
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => (row.current ? onSeen(row.current, () => outbox.seen(key)) : undefined), [key]);
  const wish = (kind: WishKind) => () => outbox.wish({ kind, key });
  const isUnshowable = state.kind === 'unshowable';
  const isAlarming = isUnshowable || state.kind === 'refused' || state.kind === 'unreadable' || state.kind === 'lost';
  const preview = isAlarming && !isUnshowable ? null : picture;
  const remove = <Sign path={REMOVE} label={t('remove')} run={wish('remove')} />;
  const said = wordsOf(upload);
  const answer: [string, WishKind] | null = isUnshowable
    ? [t('sendAnyway'), 'send-anyway']
    : canTryAgain(upload)
      ? [t('retry'), 'retry']
      : state.kind === 'copied'
        ? [t('sendOriginal'), 'send-original']
        : null;
  return (
    <li
      class={answer ? 'files-asking' : undefined}
      data-upload={upload.isPaused && isOpen(upload) ? 'paused' : state.kind}
      ref={row}
    >
      <span class="files-picture">{preview ? <img src={preview} alt="" /> : endingOf(upload.name)}</span>
      <span>
        <span class="files-name" dir="auto" title={upload.name}>
          {upload.name}
        </span>
        <span class="files-said" role={isAlarming ? 'alert' : undefined}>
          {said}
        </span>
        {upload.isLocated && isOpen(upload) && (
          <span class="files-place">{t(upload.keepsLocation ? 'placeKept' : 'placeRemoved')}</span>
        )}
        {state.kind === 'sending' && upload.phase !== 'picture' && (
          <Bar fraction={state.fraction} label={upload.name} />
        )}
      </span>
      {answer ? (
        <span class="files-answers">
          <button type="button" class="button button-quiet button-small" onClick={wish(answer[1])}>
            {answer[0]}
          </button>
          {remove}
        </span>
      ) : (
        <span class="files-own">
          {isOpen(upload) &&
            (upload.isPaused ? (
              <Sign path={GO_ON} label={t('resume')} run={wish('resume')} />
            ) : (
              <Sign path={PAUSE} label={t('pause')} run={wish('pause')} />
            ))}
          {remove}
        </span>
      )}
    </li>
  );
}
