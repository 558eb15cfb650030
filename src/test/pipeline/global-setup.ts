import { createRequire } from 'node:module';
import type { TestProject } from 'vitest/node';
import type {} from './provided.ts';

// The project resolves packages as a Worker does (`ws` would be the browser's); these run in Node, so Node loads them.
const load = createRequire(import.meta.url);
const { startNeonEndpoint } = load(
  '../../cli/local/neon/endpoint.ts',
) as typeof import('../../cli/local/neon/endpoint.ts');
const { startPostgres } = load('../support/postgres.ts') as typeof import('../support/postgres.ts');

/** A real server with the migrations, and before it the endpoint that the Workers' driver speaks to. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const database = await startPostgres();
  const { hostname, port } = new URL(database.appUrl);
  try {
    const endpoint = await startNeonEndpoint({ port: 0, target: { host: hostname, port: Number(port) } });
    project.provide('pipeline', {
      appUrl: database.appUrl,
      ownerUrl: database.ownerUrl,
      endpoint: `127.0.0.1:${endpoint.port}`,
    });
    return async () => {
      await endpoint.close();
      await database.stop();
    };
  } catch (error) {
    await database.stop();
    throw error;
  }
}
