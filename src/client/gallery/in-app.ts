import { inAppSystem, intentAddress } from './in-app-rules.ts';
import { t } from './words.ts';

/**
 * Inside another app the plain form stays, with a word about how to get out of there.
 * @returns whether it does: then nothing else is to open for adding photos
 */
export function keepPlainForm(form: HTMLElement | null): boolean {
  const isStandalone = (navigator as Navigator & { standalone?: boolean }).standalone === true;
  const system = inAppSystem(navigator.userAgent, isStandalone);
  if (!form || !system) return false;
  const hint = document.createElement('div');
  hint.className = 'notice in-app stack';
  hint.id = 'in-app';
  const title = document.createElement('strong');
  title.textContent = t('inAppTitle');
  const text = document.createElement('p');
  text.textContent = t(system === 'android' ? 'inAppAndroid' : 'inAppIos');
  hint.append(title, text);
  if (system === 'android') {
    const link = document.createElement('a');
    link.className = 'button';
    link.href = intentAddress(location.href);
    link.textContent = t('openBrowser');
    hint.appendChild(link);
  }
  form.insertBefore(hint, form.firstChild);
  return true;
}
