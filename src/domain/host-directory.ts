const TTL_MS = 10_000;
const MISS_TTL_MS = 5_000;
const MAX_ENTRIES = 2_000;

/**
 * What a hostname stands for, kept in the isolate for a few seconds. Parallel questions for one host share one
 * lookup (single flight), and unknown hosts are remembered too, in a bounded list.
 * @param keepAlive holds the shared lookup when the first request that asked is cancelled.
 */
export function createHostDirectory<Tenant>(
  lookup: (host: string, slug: string | null) => Promise<Tenant | null>,
  now: () => number = Date.now,
): { find(host: string, slug: string | null, keepAlive?: (work: Promise<unknown>) => void): Promise<Tenant | null> } {
  const known = new Map<string, { tenant: Tenant | null; until: number }>();
  const flights = new Map<string, Promise<Tenant | null>>();
  return {
    find(host, slug, keepAlive) {
      const entry = known.get(host);
      if (entry && entry.until > now()) return Promise.resolve(entry.tenant);
      const flying = flights.get(host);
      if (flying) return flying;
      const flight = lookup(host, slug)
        .then((tenant) => {
          known.delete(host);
          known.set(host, { tenant, until: now() + (tenant ? TTL_MS : MISS_TTL_MS) });
          const oldest = known.keys().next();
          if (known.size > MAX_ENTRIES && !oldest.done) known.delete(oldest.value);
          return tenant;
        })
        .finally(() => flights.delete(host));
      flights.set(host, flight);
      keepAlive?.(flight.catch(() => null));
      return flight;
    },
  };
}

export interface PlatformAddress {
  /** host without port, lower case */
  host: string;
  /** the label under the platform's host, or null */
  slug: string | null;
  /** the platform's bare host itself */
  isBare: boolean;
}

/**
 * Takes a Host header apart.
 * @param platformHost such as `localhost:8787` or `momentique.app`.
 * @returns null for what is not a host name.
 */
export function readHost(header: string | null, platformHost: string): PlatformAddress | null {
  if (!header) return null;
  const match = /^([a-z0-9.-]{1,253})(?::(\d{1,5}))?$/.exec(header.toLowerCase());
  const host = match?.[1]?.replace(/\.$/, '');
  if (!host || host.split('.').some((label) => !/^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/.test(label))) return null;
  const base = platformHost.toLowerCase().replace(/:\d+$/, '');
  if (host === base || (base === 'localhost' && host === '127.0.0.1')) return { host, slug: null, isBare: true };
  const label = host.endsWith(`.${base}`) ? host.slice(0, -base.length - 1) : null;
  return { host, slug: label !== null && !label.includes('.') ? label : null, isBare: false };
}
