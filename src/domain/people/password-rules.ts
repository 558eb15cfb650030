import { PASSWORD_MIN_CHARACTERS } from '../../contract/profile.ts';

/** bcrypt reads no more than this; a longer password could be cut without notice. */
export const PASSWORD_MAX_BYTES = 72;

export type PasswordWeakness = 'short' | 'long' | 'address' | 'repeated';

export const fitsBcrypt = (password: string): boolean =>
  new TextEncoder().encode(password).length <= PASSWORD_MAX_BYTES;

/** @returns why a password is too weak, or null. Length counts as people count: an emoji is one character. */
export function passwordWeakness(password: string, person: { email: string; name: string }): PasswordWeakness | null {
  const characters = Array.from(password);
  if (characters.length < PASSWORD_MIN_CHARACTERS) return 'short';
  if (!fitsBcrypt(password)) return 'long';
  const plain = password.trim().toLowerCase();
  const email = person.email.toLowerCase();
  if ([email, email.split('@')[0], person.name.toLowerCase()].includes(plain)) return 'address';
  return new Set(characters).size < 3 ? 'repeated' : null;
}
