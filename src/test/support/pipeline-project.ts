import path from 'node:path';
import { cloudflareTest } from '@cloudflare/vitest-plugin';
import type { TestProjectConfiguration } from 'vitest/config';
import { root } from './processes.ts';

/**
 * The Vitest project `pipeline`: the whole path of a photo inside the Workers runtime, with a real Postgres
 * behind it. Its main Worker is the room, because only a main Worker's objects can be evicted by a test; the
 * thumbnailer, the courier and the domain are called with bindings that a test has put together.
 */
export function pipelineProject(): TestProjectConfiguration {
  return {
    plugins: [
      cloudflareTest({
        main: path.join(root, 'workers/room/index.ts'),
        miniflare: {
          compatibilityDate: '2026-10-01',
          compatibilityFlags: ['nodejs_compat'],
          durableObjects: {
            ROOMS: { className: 'EventRoom', useSQLite: true },
            RELAYS: { className: 'RelayRoom', useSQLite: true },
          },
          r2Buckets: ['ORIGINALS'],
          modulesRules: [{ type: 'CompiledWasm', include: ['**/*.wasm'] }],
        },
      }),
    ],
    test: {
      name: 'pipeline',
      include: ['src/test/pipeline/**/*.test.ts'],
      globalSetup: path.join(root, 'src/test/pipeline/global-setup.ts'),
      testTimeout: 30_000,
      hookTimeout: 60_000,
      // A sweep works across tenants: one file at a time has the database.
      fileParallelism: false,
      // Nor does it need a runtime of its own: they share the database anyway.
      isolate: false,
    },
  };
}
