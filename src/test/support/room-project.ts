import path from 'node:path';
import { cloudflareTest } from '@cloudflare/vitest-plugin';
import type { TestProjectConfiguration } from 'vitest/config';
import { root } from './processes.ts';

const room = (file: string): string => path.join(root, 'workers/room', file);

/** A few of each kind: all of them take minutes, and `npm run soak` runs them. */
const SHORT_LIST = ['log/notices', 'log/event-changes', 'seats/claims', 'screens/screens'];

/**
 * The Vitest project `room`, in the real runtime: of its own, because evicting a Durable Object from a test works
 * only for the objects of a project's main Worker. `evicted`: every call and every frame finds an object that
 * has been evicted just before.
 */
export function roomProject(evicted: 'no' | 'some' | 'all'): TestProjectConfiguration & object {
  return {
    root,
    plugins: [
      cloudflareTest({
        // The Worker itself, and beside its classes those of a room with little place.
        main: room('test-support/main.ts'),
        wrangler: { configPath: room('wrangler.toml') },
        miniflare: {
          bindings: { EVICTED: evicted === 'no' ? '' : '1' },
          durableObjects: {
            CROWDED_ROOMS: { className: 'CrowdedRoom', useSQLite: true },
            CROWDED_RELAYS: { className: 'CrowdedRelay', useSQLite: true },
          },
          // A real second Worker in the main one's place.
          workers: [
            {
              name: 'momentique',
              modules: true,
              scriptPath: room('test-support/platform.mjs'),
              compatibilityDate: '2026-10-01',
            },
          ],
          serviceBindings: { PLATFORM_TESTS: { name: 'momentique', entrypoint: 'TestDesk' } },
        },
      }),
    ],
    test: {
      name: evicted === 'some' ? 'room-evicted' : 'room',
      include:
        evicted === 'some' ? SHORT_LIST.map((name) => `workers/room/${name}.test.ts`) : ['workers/room/**/*.test.ts'],
      exclude: ['**/*.node.test.ts', '**/node_modules/**'],
      provide: { soak: process.env['MOMENTIQUE_SOAK'] === '1' } as object,
      // Every test has rooms of its own: one runtime serves all files, where each would start another.
      isolate: false,
      // An eviction before each of hundreds of steps takes its time.
      ...(evicted === 'no' ? {} : { testTimeout: 60_000 }),
    },
  };
}
