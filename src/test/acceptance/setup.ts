import { inject } from 'vitest';
import { clientFor } from '../support/http.ts';
import { makeEvent } from '../support/database.ts';

/** The running platform and clients of its tenants. */
export function setup() {
  const platform = inject('platform');
  const at = (slug: string) => clientFor(platform.port, `${slug}.localhost:${platform.port}`);
  return {
    ...platform,
    at,
    acme: at('acme'),
    techstart: at('techstart'),
    event: (over: Record<string, unknown> = {}, tenant = 'acme') => makeEvent(platform.ownerUrl, tenant, over),
  };
}
