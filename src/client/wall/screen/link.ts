import type { KioskRedeemAnswer } from '../../../contract/kiosk-links.ts';
import { call } from '../../shared/api.ts';
import { forget, keep, kept } from '../keep/store.ts';
import { t } from '../words.ts';
import { notice } from './pairing.ts';

const FRAGMENT = /^#link=([A-Za-z0-9_-]{20,200})$/;
const RETRY_MS = 5_000;
const RETRY_MOST_MS = 60_000;

/**
 * The token of a kiosk link, in the address or kept from before the power went. It leaves the address at once:
 * whoever reads it off the screen, or finds it in the history, has nothing.
 */
export async function takeLink(): Promise<string | null> {
  const [, token] = FRAGMENT.exec(location.hash) || [];
  if (location.hash) history.replaceState(null, '', location.pathname + location.search);
  if (!token) return kept<string>('link');
  await keep('link', token);
  return token;
}

export const forgetLink = (): Promise<unknown> => forget('link');

/** Asks until there is an answer. @returns the credential; null: somebody else has used the link, or it is over */
export async function redeem(
  token: string,
  installation: string,
  show: (slide: HTMLElement) => void,
): Promise<string | null> {
  for (;;) {
    const answer = await call<KioskRedeemAnswer>('/api/v1/screens/links/redeem', {
      method: 'POST',
      body: { token, installation },
    });
    if (answer.ok) return answer.data.credential;
    if (answer.status === 404 || answer.status === 400) return null;
    show(notice(answer.status === 0 ? t('pairOffline') : t('pairWaits')));
    const ms = Math.min(RETRY_MOST_MS, Math.max(RETRY_MS, (answer.retryAfterSeconds || 0) * 1_000));
    await new Promise((resolve) => setTimeout(resolve, ms));
  }
}
