import { generateKeyPairSync } from 'node:crypto';
import path from 'node:path';
import { cloudflareTest } from '@cloudflare/vitest-plugin';
import { build } from 'esbuild';
import type { TestProjectConfiguration } from 'vitest/config';
import { root } from './processes.ts';

const COMPATIBILITY = { compatibilityDate: '2026-10-01', compatibilityFlags: ['nodejs_compat'] };

/** Secrets of this run only; long enough for the schema. */
const secret = (name: string) => `${name}-of-a-test-run-and-of-nothing-else`;
const bindings = {
  DATABASE_URL: 'postgres://momentique_app:unused@127.0.0.1:1/momentique',
  STAFF_JWT_SECRET: secret('staff'),
  GUEST_JWT_SECRET: secret('guest'),
  RENDITION_KEY_SECRET: secret('rendition'),
  RECEIPT_SIGNING_KEY: JSON.stringify(generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' })),
  JURISDICTIONS: 'off',
  LOCAL_MODE: '1',
  // No database here: refused at once, rather than looked for on the internet.
  NEON_FETCH_ENDPOINT: 'http://127.0.0.1:1/sql',
  NEON_WS_PROXY: '127.0.0.1:1/v2',
};

/** Other Workers must be handed over as built JavaScript. @returns the file */
async function bundle(worker: string): Promise<string> {
  const outfile = path.join(root, '.test-build', `${worker}.mjs`);
  await build({
    entryPoints: [path.join(root, 'workers', worker, 'index.ts')],
    bundle: true,
    format: 'esm',
    target: 'es2024',
    conditions: ['workerd', 'worker', 'browser'],
    external: ['cloudflare:*', 'node:*'],
    outfile,
    logLevel: 'error',
  });
  return outfile;
}

/** The Vitest project `edge`: `src/**\/*.edge.test.ts` inside the Workers runtime, beside the real room and courier. */
export function edgeProject(): TestProjectConfiguration {
  const modules = { modules: true, modulesRoot: root, ...COMPATIBILITY };
  const rooms = { ROOMS: { className: 'EventRoom', scriptName: 'momentique-room', useSQLite: true } };
  const uploads: Record<string, { className: string; scriptName?: string; useSQLite: boolean }> = {
    ...rooms,
    UPLOADS: { className: 'ResumableUpload', useSQLite: true },
  };
  return {
    plugins: [
      // Built when the project starts, so that neither unit tests nor tools that read the configuration pay.
      cloudflareTest(async () => ({
        wrangler: { configPath: path.join(root, 'wrangler.toml') },
        miniflare: {
          bindings,
          workers: [
            {
              name: 'momentique-room',
              scriptPath: await bundle('room'),
              ...modules,
              durableObjects: {
                ROOMS: { className: 'EventRoom', useSQLite: true },
                RELAYS: { className: 'RelayRoom', useSQLite: true },
              },
            },
            {
              name: 'momentique-courier',
              scriptPath: await bundle('courier'),
              ...modules,
              bindings: { ...bindings, PLATFORM_HOST: 'localhost:8787' },
              r2Buckets: { ORIGINALS: 'momentique-originals' },
              queueProducers: { THUMBNAILS: 'momentique-thumbnails', MAIL: 'momentique-mail' },
              durableObjects: rooms,
            },
            {
              name: 'momentique-uploads',
              scriptPath: await bundle('uploads'),
              ...modules,
              bindings: { ...bindings, PLATFORM_HOST: 'localhost:8787' },
              r2Buckets: { ORIGINALS: 'momentique-originals' },
              queueProducers: { THUMBNAILS: 'momentique-thumbnails', MAIL: 'momentique-mail' },
              durableObjects: uploads,
            },
          ],
        },
      })),
    ],
    // The first request transforms the whole Worker: 6 s when the machine is busy.
    test: { name: 'edge', include: ['src/**/*.edge.test.ts'], testTimeout: 30_000 },
  };
}
