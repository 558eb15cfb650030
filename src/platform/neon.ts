import { neon, neonConfig, Pool } from '@neondatabase/serverless';
import { drizzle as drizzleHttp } from 'drizzle-orm/neon-http';
import { drizzle as drizzlePool } from 'drizzle-orm/neon-serverless';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import type { Config } from '../contract/config.ts';
import type { Database } from '../db/scope.ts';

/** How long a transaction may wait for its connection before the request answers 503, in milliseconds. */
const CONNECT_TIMEOUT_MS = 5_000;

/** Points the driver at the local endpoint; only in local mode, and only before the first query. */
function useLocalEndpoint(config: Config): void {
  if (config.LOCAL_MODE !== '1' || !config.NEON_FETCH_ENDPOINT) return;
  neonConfig.fetchEndpoint = config.NEON_FETCH_ENDPOINT;
  neonConfig.wsProxy = config.NEON_WS_PROXY;
  neonConfig.useSecureWebSocket = false;
  neonConfig.pipelineTLS = false;
  neonConfig.pipelineConnect = false;
}

/** Opens the database over HTTP for batches and over a WebSocket for transactions that look first. */
export function openDatabase(config: Config): Database {
  useLocalEndpoint(config);
  const url = config.DATABASE_URL;
  return {
    reader: drizzleHttp({ client: neon(url, { isolationLevel: 'RepeatableRead', readOnly: true }) }),
    writer: drizzleHttp({ client: neon(url) }),
    async transaction(work) {
      const pool = new Pool({ connectionString: url, max: 1, connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
      // A connection that breaks while idle reports here; the query that follows fails by itself.
      pool.on('error', () => undefined);
      try {
        const database = drizzlePool({ client: pool });
        return await database.transaction((tx) =>
          work(tx as unknown as PgDatabase<PgQueryResultHKT, Record<string, never>>),
        );
      } finally {
        await pool.end().catch(() => undefined);
      }
    },
  };
}
