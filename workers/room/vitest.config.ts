import { fileURLToPath } from 'node:url';
import { cloudflareTest } from '@cloudflare/vitest-plugin';
import { defineConfig } from 'vitest/config';

/**
 * A project of its own, in the real runtime: evicting a Durable Object from a test works only for
 * the objects of a project's main Worker.
 */
export default defineConfig({
  root: fileURLToPath(new URL('../..', import.meta.url).href),
  plugins: [
    cloudflareTest({ wrangler: { configPath: fileURLToPath(new URL('wrangler.toml', import.meta.url).href) } }),
  ],
  test: { name: 'room', include: ['workers/room/**/*.test.ts'] },
});
