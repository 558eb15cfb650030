import { useState } from 'preact/hooks';
import type { ReportReason } from '../../contract/reports.ts';
import type { Refusal } from '../shared/api.ts';
import { Sheet } from './sheets.tsx';
import { sayCode, t } from './words.ts';

const NOTE_MAX_CHARACTERS = 500;
const REASONS: [ReportReason, Parameters<typeof t>[0]][] = [
  ['me', 'reportMe'],
  ['private', 'reportPrivate'],
  ['offensive', 'reportOffensive'],
  ['other', 'reportOther'],
];

export interface ReportSheetProps {
  picture: { src: string; alt: string };
  send: (reason: ReportReason, note: string) => Promise<Refusal | null>;
  onClose: () => void;
}

/** Asks what is wrong with a photo, in the guest's words, and says thanks: nothing else happens before their eyes. */
export function ReportSheet({ picture, send, onClose }: ReportSheetProps) {
  const [reason, setReason] = useState<ReportReason | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [step, setStep] = useState<'ask' | 'busy' | 'done'>('ask');
  const submit = async (event: Event) => {
    event.preventDefault();
    if (!reason) return;
    const note = String(new FormData(event.currentTarget as HTMLFormElement).get('note') || '');
    setStep('busy');
    const answer = await send(reason, note.trim());
    setRefusal(answer);
    setStep(answer ? 'ask' : 'done');
  };
  if (step === 'done') {
    return (
      <Sheet title={t('reportThanks')} onClose={onClose}>
        <div class="stack" role="status">
          <p>{t('reportThanksText')}</p>
          <button type="button" class="button" onClick={onClose}>
            {t('close')}
          </button>
        </div>
      </Sheet>
    );
  }
  return (
    <Sheet title={t('reportTitle')} onClose={onClose}>
      <form class="stack" onSubmit={submit}>
        <img class="report-photo" src={picture.src} alt={picture.alt} />
        {refusal && (
          <p class="notice notice-bad" role="alert">
            {refusal.code ? sayCode(refusal.code) : t('reportFailed')}
          </p>
        )}
        <fieldset class="report-reasons">
          <legend class="said">{t('reportTitle')}</legend>
          {REASONS.map(([value, key]) => (
            <label key={value} class="report-reason">
              <input
                type="radio"
                name="reason"
                value={value}
                checked={reason === value}
                onChange={() => setReason(value)}
              />
              <span>
                {t(key)}
                {value === 'me' && <span class="quiet small report-hint">{t('reportMeHint')}</span>}
              </span>
            </label>
          ))}
        </fieldset>
        <div class="field">
          <label for="report-note">
            {t('reportNote')} <span class="quiet">({t('optional')})</span>
          </label>
          <textarea class="input" id="report-note" name="note" rows={2} maxLength={NOTE_MAX_CHARACTERS} />
        </div>
        <button class="button" type="submit" disabled={!reason || step === 'busy'}>
          {t('reportSend')}
        </button>
      </form>
    </Sheet>
  );
}
