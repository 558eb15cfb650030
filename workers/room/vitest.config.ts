import { fileURLToPath } from 'node:url';
import { cloudflareTest } from '@cloudflare/vitest-plugin';
import { defineConfig } from 'vitest/config';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url).href);

/**
 * A project of its own, in the real runtime: evicting a Durable Object from a test works only for
 * the objects of a project's main Worker.
 */
export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url).href),
  plugins: [
    cloudflareTest({
      // The Worker itself, and beside its classes those of a room with little place.
      main: here('test-support/main.ts'),
      wrangler: { configPath: here('wrangler.toml') },
      miniflare: {
        bindings: { EVICTED: process.env['MOMENTIQUE_EVICTED'] ?? '' },
        durableObjects: {
          CROWDED_ROOMS: { className: 'CrowdedRoom', useSQLite: true },
          CROWDED_RELAYS: { className: 'CrowdedRelay', useSQLite: true },
        },
        // A real second Worker in the main one's place.
        workers: [
          {
            name: 'momentique',
            modules: true,
            scriptPath: here('test-support/platform.mjs'),
            compatibilityDate: '2026-10-01',
          },
        ],
        serviceBindings: { PLATFORM_TESTS: { name: 'momentique', entrypoint: 'TestDesk' } },
      },
    }),
  ],
  test: {
    name: 'room',
    include: ['workers/room/**/*.test.ts'],
    provide: { soak: process.env['MOMENTIQUE_SOAK'] === '1' },
  },
});
