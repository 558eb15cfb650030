import type { ErrorCode, Problem } from '../contract/errors.ts';
import type { DomainError } from '../domain/errors.ts';

/** HTTP status of every code; a code without one does not compile. */
export const STATUS: Record<ErrorCode, number> = {
  'request.invalid': 400,
  'request.length_required': 411,
  'request.too_large': 413,
  'request.unsupported_media_type': 415,
  'request.origin_mismatch': 403,
  'request.range_unsatisfiable': 416,
  'route.not_found': 404,
  'route.method_not_allowed': 405,
  'auth.required': 401,
  'auth.invalid_credentials': 401,
  'auth.otp_required': 401,
  'auth.locked': 429,
  'auth.refresh_reused': 401,
  'auth.wrong_password': 403,
  'auth.weak_password': 422,
  'access.denied': 403,
  'helper.not_found': 404,
  'helper.link_used': 403,
  'helper.link_expired': 403,
  'helper.ended': 401,
  'helper.event_over': 409,
  'member.not_found': 404,
  'member.last_owner': 409,
  'tenant.not_found': 404,
  'tenant.inactive': 403,
  'event.not_found': 404,
  'event.uploads_closed': 403,
  'event.wrong_pin': 403,
  'event.pin_required': 403,
  'event.downloads_off': 403,
  'event.slug_taken': 409,
  'event.slug_refused': 422,
  'event.dates_invalid': 422,
  'event.panic': 409,
  'site.not_found': 404,
  'device.not_found': 404,
  'device.serial_taken': 409,
  'screen.not_found': 404,
  'screen.code_unknown': 404,
  'screen.link_unknown': 404,
  'screen.credential_copied': 401,
  'rehearsal.not_found': 404,
  'rehearsal.running': 409,
  'rehearsal.no_screens': 409,
  'rehearsal.event_begun': 409,
  'announcement.not_found': 404,
  'announcement.too_many': 409,
  'photo.not_found': 404,
  'photo.empty': 400,
  'photo.too_large': 413,
  'photo.unsupported_type': 415,
  'photo.corrupt': 422,
  'photo.too_many_pixels': 422,
  'photo.digest_mismatch': 422,
  'photo.not_ready': 409,
  'photo.not_downloadable': 409,
  'photo.preview_mismatch': 422,
  'logo.unsupported': 415,
  'logo.too_large': 413,
  'photo.changed': 409,
  'guest.not_found': 404,
  'guest.blocked': 403,
  'guest.name_refused': 422,
  'guest.transfer_invalid': 403,
  'album.not_found': 404,
  'report.not_found': 404,
  'idempotency.mismatch': 422,
  'tables.invalid': 422,
  'quota.exceeded': 403,
  'rate.limited': 429,
  internal: 500,
  unavailable: 503,
};

const TITLES: Record<number, string> = {
  400: 'Bad request',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Method not allowed',
  409: 'Conflict',
  411: 'Length required',
  413: 'Too large',
  415: 'Unsupported type',
  416: 'Range not satisfiable',
  422: 'Not accepted',
  429: 'Too many requests',
  500: 'Internal error',
  503: 'Not available',
};

export function toProblem(error: DomainError): Problem {
  const status = STATUS[error.code];
  return {
    type: `urn:momentique:problem:${error.code}`,
    title: TITLES[status] ?? 'Error',
    status,
    code: error.code,
    detail: error.message,
    ...(error.fields ? { errors: error.fields } : {}),
    ...error.members,
  };
}

export function problemResponse(error: DomainError): Response {
  const problem = toProblem(error);
  const headers = new Headers({ 'content-type': 'application/problem+json', 'cache-control': 'no-store' });
  if (error.retryAfterSeconds !== undefined) headers.set('retry-after', String(error.retryAfterSeconds));
  if (problem.status === 401) headers.set('www-authenticate', 'Bearer');
  return new Response(JSON.stringify(problem), { status: problem.status, headers });
}
