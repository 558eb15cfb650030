import { readFileSync } from 'node:fs';
import path from 'node:path';
import { cloudflareTest } from '@cloudflare/vitest-plugin';
import type { TestProjectConfiguration } from 'vitest/config';
import { root } from './processes.ts';
import { forgetPeak, runtimeMemory } from './runtime-memory.ts';

/** Answers in Node what the tests' runtime has in memory, since the last POST; null where nobody knows. */
function tellMemory(request: { method: string }) {
  if (request.method === 'POST' && process.platform === 'linux') forgetPeak([process.pid]);
  return new Response(JSON.stringify(runtimeMemory([process.pid])));
}

/**
 * The Vitest project `uploads`: the object of an upload in the real runtime, with a real Postgres behind it. Of its own,
 * because a test can evict the objects of its project's main Worker only.
 */
export function uploadsProject(): TestProjectConfiguration {
  return {
    root,
    plugins: [
      cloudflareTest({
        main: path.join(root, 'workers/uploads/test-support/main.ts'),
        miniflare: {
          compatibilityDate: '2026-10-01',
          compatibilityFlags: ['nodejs_compat'],
          durableObjects: { UPLOADS: { className: 'TestedUpload', useSQLite: true } },
          r2Buckets: ['ORIGINALS'],
          serviceBindings: { MEMORY: tellMemory },
        },
      }),
    ],
    test: {
      name: 'uploads',
      include: ['workers/uploads/**/*.test.ts'],
      exclude: ['**/*.node.test.ts', '**/node_modules/**'],
      globalSetup: path.join(root, 'src/test/pipeline/global-setup.ts'),
      provide: {
        soak: process.env['MOMENTIQUE_SOAK'] === '1',
        movie: readFileSync(path.join(root, 'src/test/support/samples/fast.mp4')).toString('base64'),
      } as object,
      testTimeout: 300_000,
      hookTimeout: 60_000,
      fileParallelism: false,
    },
  };
}
