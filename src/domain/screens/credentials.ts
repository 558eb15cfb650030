/** How a screen's credential begins, so that nothing else is taken for one. */
export const CREDENTIAL_PREFIX = 'scr_';

const toBase64Url = (bytes: ArrayBuffer): string =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

/**
 * The credential that a pairing gives out: 256 bits that nobody can compute without the secret, and the same
 * for each question until the screen has it. So it can be told again when an answer is lost, and is stored nowhere.
 * @param pairingId of this one pairing, never used again
 */
export async function credentialOf(secret: string, tenantId: string, pairingId: string): Promise<string> {
  const encoder = new TextEncoder();
  const key = await crypto.subtle.importKey('raw', encoder.encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
  ]);
  // No JWT begins so: a signature of one is never a credential.
  const signed = await crypto.subtle.sign('HMAC', key, encoder.encode(`screen credential ${tenantId} ${pairingId}`));
  return `${CREDENTIAL_PREFIX}${toBase64Url(signed)}`;
}
