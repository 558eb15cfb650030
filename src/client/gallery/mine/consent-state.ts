import type { AskedConsent } from '../../../contract/consent.ts';

export interface ConsentState {
  /** what has to be agreed to; null: nothing */
  asked(): AskedConsent | null;
  /** the version that was agreed to, if it is the one that is asked for */
  agreed(): number | null;
  /** whether an older wording was agreed to */
  isRenewed(): boolean;
  agree(): void;
  /** the server asks for another one than this page knows, or has not been told of the agreement */
  renew(consent: AskedConsent): void;
}

/** Remembered for each event on this device: who has agreed once is asked again only when the words change. */
export function trackConsent(
  event: string,
  given: AskedConsent | null,
  onChange: (isAgreed: boolean) => void,
): ConsentState {
  const key = `momentique-consent-${event}`;
  let asked = given;
  let version: number | null = null;
  try {
    version = Number(localStorage.getItem(key)) || null;
  } catch {
    /* asked again with every page */
  }
  const agreed = () => (asked && asked.version === version ? version : null);
  return {
    asked: () => asked,
    agreed,
    isRenewed: () => asked !== null && version !== null && version !== asked.version,
    agree() {
      version = asked && asked.version;
      try {
        localStorage.setItem(key, String(version));
      } catch {
        /* kept for as long as this page is open */
      }
      onChange(true);
    },
    renew(consent) {
      // The same version again: that this device has agreed to it never reached the server.
      if (version === consent.version) version = null;
      asked = consent;
      onChange(false);
    },
  };
}
