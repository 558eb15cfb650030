import { useState } from 'preact/hooks';
import type { OwnPhoto } from '../../contract/photos.ts';
import type { Refusal } from '../shared/api.ts';
import { Sheet as PlainSheet, type SheetProps } from '../shared/ui/dialog.tsx';
import { sayCode, sayFailure, t } from './words.ts';

export const Sheet = (props: Omit<SheetProps, 'closeLabel'>) => <PlainSheet {...props} closeLabel={t('close')} />;

const say = (refusal: Refusal): string => (refusal.code ? sayCode(refusal.code) : t('cannotSend'));

export interface JoinProps {
  needsPin: boolean;
  join: (name: string, pin: string) => Promise<Refusal | null>;
}

export function JoinForm({ needsPin, join }: JoinProps) {
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [isBusy, setBusy] = useState(false);
  const wantsPin =
    needsPin || (refusal !== null && (refusal.code === 'event.pin_required' || refusal.code === 'event.wrong_pin'));
  const submit = async (event: Event) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    setBusy(true);
    const answer = await join(String(form.get('name') || ''), String(form.get('pin') || ''));
    setBusy(false);
    setRefusal(answer);
  };
  return (
    <form class="stack" onSubmit={submit}>
      {refusal && (
        <p class="notice notice-bad" role="alert">
          {say(refusal)}
        </p>
      )}
      {wantsPin && (
        <div class="field">
          <label for="join-pin">{t('pin')}</label>
          <input id="join-pin" name="pin" inputMode="numeric" autocomplete="off" required maxLength={32} />
        </div>
      )}
      <div class="field">
        <label for="join-name">
          {t('yourName')} <span class="quiet">({t('optional')})</span>
        </label>
        <input id="join-name" name="name" maxLength={80} autocomplete="given-name" aria-describedby="join-hint" />
        <span class="field-hint" id="join-hint">
          {t('nameHint')}
        </span>
      </div>
      <button class="button" type="submit" disabled={isBusy}>
        {t('join')}
      </button>
    </form>
  );
}

/** The end of a name, where there is no picture of the file. */
export const endingOf = (name: string): string => {
  const ending = name.slice(name.lastIndexOf('.') + 1);
  return ending.length < name.length && ending.length < 5 ? ending.toUpperCase() : '';
};

const STATUS = {
  processing: ['processing', 'badge'],
  pending: ['waiting', 'badge badge-wait'],
  approved: ['published', 'badge badge-good'],
  rejected: ['rejected', 'badge'],
  failed: ['failed', 'badge badge-bad'],
} as const;

/** What they have sent is theirs to have back, also where the photos of others are for looking only. */
const OwnFile = ({ url }: { url: string }) => (
  <a class="button button-quiet button-small files-file" href={url} download="" aria-label={t('download')}>
    <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true" focusable="false">
      <path d="M12 4v12m0 0-5-5m5 5 5-5M5 20h14" />
    </svg>
  </a>
);

export interface OwnRowProps {
  photo: OwnPhoto;
  /** while this page has the file: what it is called, and what the browser shows of it */
  name: string | null;
  preview: string | null;
  onDelete: () => void;
}

export function OwnRow({ photo, name, preview, onDelete }: OwnRowProps) {
  const [key, look] = STATUS[photo.status];
  const isFailed = photo.status === 'failed';
  const small = photo.renditions[0];
  // What could not be prepared here, this browser may not be able to show either.
  const picture = small ? small.url : isFailed ? null : preview;
  return (
    <li data-photo={photo.id} data-status={photo.status}>
      <span class="files-picture">{picture ? <img src={picture} alt="" /> : name ? endingOf(name) : ''}</span>
      <span>
        {isFailed && name && (
          <span class="files-name" dir="auto" title={name}>
            {name}
          </span>
        )}
        <span class={look}>{t(key)}</span>
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
