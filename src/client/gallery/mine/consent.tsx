import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { directionOf } from '../../../contract/messages/shape.ts';
import { t } from '../words.ts';
import type { ConsentState } from './consent-state.ts';

export interface ConsentGateProps {
  consent: ConsentState;
  /** what sends photos */
  children: ComponentChildren;
}

/**
 * The tenant's words, once for each wording, and what sends photos below them: that can be reached, and says kindly
 * what it waits for.
 */
export function ConsentGate({ consent, children }: ConsentGateProps) {
  const [isMissed, setMissed] = useState(false);
  const asked = consent.asked();
  if (!asked || consent.agreed() !== null) return <>{children}</>;
  const refuse = (event: Event) => {
    event.preventDefault();
    event.stopPropagation();
    setMissed(true);
  };
  const agree = (event: Event) => {
    // Its box goes with the words: keys go on where it stood.
    const sheet = (event.currentTarget as HTMLElement).closest<HTMLElement>('[role="dialog"]');
    consent.agree();
    if (sheet) sheet.focus();
  };
  return (
    <div class="stack" id="consent">
      <section class="panel consent" aria-labelledby="consent-title">
        <h3 id="consent-title">{t('consentTitle')}</h3>
        {consent.isRenewed() && <p class="small quiet">{t('consentChanged')}</p>}
        <div class="consent-text" lang={asked.locale} dir={directionOf(asked.locale)} tabIndex={0}>
          {asked.text}
        </div>
        <label class="consent-box">
          <input type="checkbox" id="consent-agree" onChange={agree} />
          <span>{t('consentAgree')}</span>
        </label>
      </section>
      {isMissed && (
        <p class="notice notice-wait" role="alert">
          {t('consentFirst')}
        </p>
      )}
      <div onClickCapture={refuse} onDropCapture={refuse}>
        {children}
      </div>
    </div>
  );
}
