/** What a link for another device says behind its `#`, where nobody but this page reads it. */
export interface Arriving {
  token: string;
}

export function readArrival(hash: string): Arriving | null {
  const token = new URLSearchParams(hash.replace(/^#/, '')).get('me');
  return token ? { token } : null;
}

/** The same again, for an address that is opened later. */
export const arrivalHash = ({ token }: Arriving): string => `#me=${encodeURIComponent(token)}`;
