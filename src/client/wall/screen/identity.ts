import type { Answer } from '../../shared/api.ts';
import { call, type Call } from '../../shared/api.ts';
import { forget, keep, kept } from '../keep/store.ts';

/** `INSTALLATION_HEADER` of `contract/screens.ts`, which the browser cannot import without zod. */
const INSTALLATION_HEADER = 'x-screen-installation';

let known: string | null = null;

/** Who this browser is, made at its first start: the credential of a screen is worth nothing without it. */
export async function installation(): Promise<string> {
  known = known || (await kept<string>('installation'));
  if (known) return known;
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  known = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  await keep('installation', known);
  return known;
}

export const readCredential = (): Promise<string | null> => kept<string>('credential');
export const keepCredential = (credential: string): Promise<unknown> => keep('credential', credential);
export const forgetCredential = (): Promise<unknown> => forget('credential');

export type Ask = <T>(path: string, how?: Call) => Promise<Answer<T>>;

/** Asks as this screen. */
export const askAs =
  (own: string, credential: string): Ask =>
  (path, how = {}) =>
    call(`/api/v1/screens/me${path}`, { ...how, token: credential, headers: { [INSTALLATION_HEADER]: own } });
