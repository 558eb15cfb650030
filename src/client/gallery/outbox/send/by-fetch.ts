import type { Transport } from './sender.ts';

/** For workers, which have nothing else; how far it is nobody sees there. */
export const sendByFetch: Transport = async ({ method, url, headers, body }) => {
  try {
    const response = await fetch(url, { method, headers, body: body || null, credentials: 'same-origin' });
    const text = await response.text();
    return { status: response.status, header: (name) => response.headers.get(name), text };
  } catch {
    return { status: 0, header: () => null, text: '' };
  }
};
