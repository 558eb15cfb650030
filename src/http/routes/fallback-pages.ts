import type { Config } from '../../contract/config.ts';
import { localIndexSchema } from '../../contract/local-index.ts';
import { translate } from '../../contract/messages/index.ts';
import type { DomainError } from '../../domain/errors.ts';
import type { Tenant } from '../../domain/tenants.ts';
import { renderError, renderLocalIndex, renderNotFound, renderStatusPage } from '../../pages/index.ts';
import { htmlAnswer } from '../answers.ts';
import { STATUS } from '../errors.ts';
import { localeOf } from '../language.ts';

/** An unknown host: nothing that tells which hosts exist, and no tenant by default. */
export const notFoundPage = (): Response =>
  new Response('Not found\n', { status: 404, headers: { 'content-type': 'text/plain; charset=utf-8' } });

/** A tenant that is not active: a clear page, and nothing of its events. */
export function statusPage(tenant: Tenant, request: Request): Response {
  if (tenant.status === 'active') throw new Error('an active tenant has no status page');
  return htmlAnswer(renderStatusPage({ kind: tenant.status, tenant, locale: localeOf(request) }), 403);
}

/** A refusal as a page, for whoever came with a browser. */
export function problemPage(error: DomainError, request: Request, tenant: Tenant | undefined): Response {
  const locale = localeOf(request);
  const status = STATUS[error.code];
  const html =
    status === 404
      ? renderNotFound({ locale, tenant: tenant ?? null })
      : renderError({ detail: translate(locale, `codes.${error.code}`), locale, tenant: tenant ?? null });
  const headers: Record<string, string> = {};
  if (error.retryAfterSeconds !== undefined) headers['retry-after'] = String(error.retryAfterSeconds);
  return htmlAnswer(html, status, headers);
}

/** Local mode only: what is running, with links and sign-ins, as the local platform has written it. */
export function bareHostPage(config: Config): Response {
  const index = localIndexSchema.parse(JSON.parse(config.LOCAL_INDEX || '{}'));
  return htmlAnswer(renderLocalIndex(index));
}
