/**
 * Cookies. On https every name carries `__Host-`, which pins it to this very host and needs `Path=/`;
 * on plain http (local only) the prefix is not allowed, and the refresh cookie keeps its narrow path.
 */
const MAX_GUEST_COOKIES = 12;
const REFRESH = 'mq_refresh';
const HELPER = 'mq_helper';
const GUEST = 'mq_g_';
const LANGUAGE = 'lang';
const LANGUAGE_DAYS = 365;
export const REFRESH_PATH = '/api/v1/auth';

const nameOf = (name: string, secure: boolean): string => (secure ? `__Host-${name}` : name);

function readCookies(header: string | null): Map<string, string> {
  const cookies = new Map<string, string>();
  for (const part of (header ?? '').slice(0, 16_384).split(';')) {
    const equals = part.indexOf('=');
    if (equals > 0) cookies.set(part.slice(0, equals).trim(), part.slice(equals + 1).trim());
  }
  return cookies;
}

/** Guest tokens a device holds, one per event, bounded; browsers send the newest last, and those count. */
export function readGuestTokens(request: Request, secure: boolean): string[] {
  const prefix = nameOf(GUEST, secure);
  const tokens: string[] = [];
  for (const [name, value] of readCookies(request.headers.get('cookie'))) {
    if (name.startsWith(prefix)) tokens.push(value);
  }
  return tokens.slice(-MAX_GUEST_COOKIES);
}

export const readRefreshToken = (request: Request, secure: boolean): string | null =>
  readCookies(request.headers.get('cookie')).get(nameOf(REFRESH, secure)) ?? null;

export const readHelperToken = (request: Request, secure: boolean): string | null =>
  readCookies(request.headers.get('cookie')).get(nameOf(HELPER, secure)) ?? null;

/** Whether the device holds a session of staff or of a helper. */
export const hasSessionCookie = (request: Request, secure: boolean): boolean =>
  readRefreshToken(request, secure) !== null || readHelperToken(request, secure) !== null;

function serialise(
  name: string,
  value: string,
  options: { secure: boolean; path: string; maxAgeSeconds: number },
): string {
  const attributes = [
    `${nameOf(name, options.secure)}=${value}`,
    `Path=${options.secure ? '/' : options.path}`,
    `Max-Age=${options.maxAgeSeconds}`,
    'HttpOnly',
    'SameSite=Lax',
  ];
  if (options.secure) attributes.push('Secure');
  return attributes.join('; ');
}

export const guestCookie = (eventId: string, token: string, secure: boolean, maxAgeSeconds: number): string =>
  serialise(`${GUEST}${eventId}`, token, { secure, path: '/', maxAgeSeconds });

export const clearGuestCookie = (eventId: string, secure: boolean): string =>
  serialise(`${GUEST}${eventId}`, '', { secure, path: '/', maxAgeSeconds: 0 });

export const refreshCookie = (token: string, secure: boolean, maxAgeSeconds: number): string =>
  serialise(REFRESH, token, { secure, path: REFRESH_PATH, maxAgeSeconds });

/** As narrow as the refresh cookie; it lasts as long as its device comes back within that time. */
export const helperCookie = (token: string, secure: boolean, maxAgeSeconds: number): string =>
  serialise(HELPER, token, { secure, path: REFRESH_PATH, maxAgeSeconds });

export const clearHelperCookie = (secure: boolean): string =>
  serialise(HELPER, '', { secure, path: REFRESH_PATH, maxAgeSeconds: 0 });

export const clearRefreshCookie = (secure: boolean): string =>
  serialise(REFRESH, '', { secure, path: REFRESH_PATH, maxAgeSeconds: 0 });

/** What the reader chose, as sent: whoever reads it checks it. */
export const readLanguageCookie = (request: Request, secure: boolean): string | null =>
  readCookies(request.headers.get('cookie')).get(nameOf(LANGUAGE, secure)) ?? null;

/** Kept because the reader asked for it, so that it needs no consent; it says nothing but the language. */
export const languageCookie = (language: string, secure: boolean): string =>
  serialise(LANGUAGE, language, { secure, path: '/', maxAgeSeconds: LANGUAGE_DAYS * 86_400 });
