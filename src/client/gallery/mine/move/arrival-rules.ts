/** What a link for another device says behind its `#`, where nobody but this page reads it. */
export interface Arriving {
  token: string;
  /** as the link says it; the server alone knows */
  name: string | null;
}

export function readArrival(hash: string): Arriving | null {
  const said = new URLSearchParams(hash.replace(/^#/, ''));
  const token = said.get('me');
  return token ? { token, name: (said.get('as') || '').trim().slice(0, 80) || null } : null;
}

/** The same link, with the name that will be asked about on the other device. */
export const withName = (url: string, name: string | null): string =>
  name ? `${url}&as=${encodeURIComponent(name)}` : url;
