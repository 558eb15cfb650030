import { useState } from 'preact/hooks';
import type { Refusal } from '../shared/api.ts';
import { Sheet as PlainSheet, type SheetProps } from '../shared/ui/dialog.tsx';
import { sayCode, t } from './words.ts';

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
