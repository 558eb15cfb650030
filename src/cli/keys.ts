import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { parse } from 'smol-toml';
import { SELF_MADE_SECRETS, type SelfMadeSecret } from '../contract/config.ts';
import { CommandFailure } from './failure.ts';

/** 256 random bits. */
export const makeSecret = (): string => randomBytes(32).toString('hex');

/** A private Ed25519 key as JWK (RFC 8037). */
export const makeSigningKey = (): string =>
  JSON.stringify(generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }));

/** The secrets of a deployment that nobody else gives out, made anew. */
export const makeKeys = (): Record<SelfMadeSecret, string> =>
  Object.fromEntries(
    SELF_MADE_SECRETS.map((name) => [name, name === 'RECEIPT_SIGNING_KEY' ? makeSigningKey() : makeSecret()]),
  ) as Record<SelfMadeSecret, string>;

/**
 * Of these keys the ones that a Worker asks for, so that it holds no others.
 * @param keys JSON, as `makeKeys` gives them
 * @param config the text of its `wrangler.toml`
 * @throws CommandFailure where they are not keys, or one of them is not among them
 */
export function pickKeys(keys: string, config: string): Record<string, string> {
  const given = readKeys(keys);
  const { secrets } = parse(config) as { secrets?: { required?: string[] } };
  const wanted = SELF_MADE_SECRETS.filter((name) => secrets?.required?.includes(name));
  const missing = wanted.filter((name) => !given[name]);
  if (missing.length > 0) throw new CommandFailure(`The keys given lack ${missing.join(', ')}.`);
  return Object.fromEntries(wanted.map((name) => [name, given[name] ?? '']));
}

function readKeys(text: string): Record<string, string> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value as Record<string, string>;
  } catch {
    // Said below, and without the text, which is secret.
  }
  throw new CommandFailure('Give on standard input what `momentique key generate` has printed.');
}
