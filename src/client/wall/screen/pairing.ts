import type { Pairing, PairingStatus } from '../../../contract/screens.ts';
import { call } from '../../shared/api.ts';
import { codeSquare } from '../code.ts';
import { el, line } from '../dom.ts';
import { t } from '../words.ts';

const POLL_MS = 2_500;
const RETRY_MS = 5_000;
const RETRY_MOST_MS = 60_000;

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Where staff enter the code; a phone that is signed in has it filled in. */
const placeFor = (code: string): string => `${location.origin}/admin/screens?code=${code}`;

/** Six characters that are read from across a room, and a square for whoever has a phone at hand. */
function slide(code: string, why: string | null): HTMLElement {
  const shown = el('p', 'pair-code');
  // Said letter by letter, and never taken for a word of some language.
  shown.setAttribute('translate', 'no');
  shown.dir = 'ltr';
  for (const letter of code) shown.appendChild(el('span', 'pair-letter', document.createTextNode(letter)));
  return el(
    'div',
    'pair',
    el(
      'div',
      'pair-words',
      line('pair-why', why),
      line('pair-title', t('pairTitle')),
      shown,
      line('pair-text', t('pairText')),
    ),
    el('div', 'pair-square', codeSquare(placeFor(code))),
  );
}

export const notice = (text: string): HTMLElement => el('div', 'pair pair-waits', line('pair-title', text));

/**
 * Shows codes, one after another, until somebody has entered one.
 * @param why a code is needed, where somebody expected none
 * @returns the credential
 */
export async function pair(
  installation: string,
  show: (slide: HTMLElement) => void,
  why: string | null = null,
): Promise<string> {
  for (;;) {
    const asked = await call<Pairing>('/api/v1/screens/pairings', { method: 'POST', body: { installation } });
    if (!asked.ok) {
      show(notice(asked.status === 0 ? t('pairOffline') : t('pairWaits')));
      await wait(Math.min(RETRY_MOST_MS, Math.max(RETRY_MS, (asked.retryAfterSeconds || 0) * 1_000)));
      continue;
    }
    const { code, secret, expiresAt } = asked.data;
    show(slide(code, why));
    const until = Math.min(Date.now() + 10 * 60_000, Math.max(Date.now() + 60_000, Date.parse(expiresAt)));
    while (Date.now() < until) {
      await wait(POLL_MS);
      const answer = await call<PairingStatus>(`/api/v1/screens/pairings/${code}`, { token: secret });
      if (answer.ok && answer.data.credential) return answer.data.credential;
      const isOver = answer.ok ? answer.data.status === 'expired' : answer.status === 404 || answer.status === 401;
      if (isOver) break;
    }
  }
}
