import type { ErrorCode, Problem } from '../../contract/errors.ts';

/** What a request came to. `status` 0: it never reached the server. */
/** `etag`: what to give next time, to be told 304 (and no data) where nothing has changed. */
export type Answer<T> = { ok: true; status: number; data: T; etag?: string | null } | Refusal;

export interface Refusal {
  ok: false;
  status: number;
  /** null when there was no answer, or one that is not of this platform */
  code: ErrorCode | null;
  problem: Problem | null;
  /** seconds, from `Retry-After`; null when not given */
  retryAfterSeconds: number | null;
}

export function refusal(status: number, text: string, retryAfter: string | null): Refusal {
  let problem: Problem | null = null;
  try {
    const value = JSON.parse(text) as Problem;
    if (value && typeof value.code === 'string') problem = value;
  } catch {
    /* a proxy's page, or nothing */
  }
  const seconds = retryAfter === null ? NaN : Number(retryAfter);
  return {
    ok: false,
    status,
    code: problem ? problem.code : null,
    problem,
    retryAfterSeconds: Number.isFinite(seconds) && seconds >= 0 ? seconds : null,
  };
}

export interface Call {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** sent as JSON; a Blob as the bytes it is */
  body?: unknown;
  token?: string | null;
  /** of an earlier answer to the same question */
  etag?: string | null;
  headers?: Record<string, string>;
}

/** Calls the API of this host and never throws. The shape of `data` is the contract's, not checked again here. */
export async function call<T>(
  path: string,
  { method = 'GET', body, token, etag, headers: more }: Call = {},
): Promise<Answer<T>> {
  const headers: Record<string, string> = { Accept: 'application/json', ...more };
  const isBytes = body instanceof Blob;
  if (body !== undefined)
    headers['Content-Type'] = isBytes ? body.type || 'application/octet-stream' : 'application/json';
  if (token) headers['Authorization'] = `Bearer ${token}`;
  if (etag) headers['If-None-Match'] = etag;
  try {
    const response = await fetch(path, {
      method,
      headers,
      credentials: 'same-origin',
      cache: 'no-store',
      body: body === undefined ? null : isBytes ? body : JSON.stringify(body),
    });
    const text = await response.text();
    if (response.status === 304) return { ok: true, status: 304, data: null as T, etag: etag || null };
    if (!response.ok) return refusal(response.status, text, response.headers.get('Retry-After'));
    const data = (text ? JSON.parse(text) : null) as T;
    return { ok: true, status: response.status, data, etag: response.headers.get('ETag') };
  } catch {
    return refusal(0, '', null);
  }
}

export const eventPath = (event: string, rest = ''): string => `/api/v1/events/${encodeURIComponent(event)}${rest}`;
