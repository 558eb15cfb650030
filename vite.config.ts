import { defineConfig } from 'vite';

/**
 * Browser code → `public/assets`. The oldest guests have iOS 15, the oldest wall a television with
 * Chromium 76; syntax is lowered for both here, and `src/test/browser-baseline.test.ts` reads the result.
 */
const version = (major: number) => major << 16;
const OLDEST = {
  scripts: ['safari15', 'chrome76'],
  styles: { safari: version(15), ios_saf: version(15), chrome: version(76) },
};

export default defineConfig({
  base: '/assets/',
  publicDir: false,
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  css: { transformer: 'lightningcss', lightningcss: { targets: OLDEST.styles } },
  build: {
    outDir: 'public/assets',
    emptyOutDir: true,
    assetsDir: '',
    manifest: 'manifest.json',
    modulePreload: { polyfill: false },
    target: OLDEST.scripts,
    cssTarget: OLDEST.scripts,
    cssMinify: 'lightningcss',
    reportCompressedSize: false,
    rolldownOptions: {
      input: {
        gallery: 'src/client/gallery/main.tsx',
        wall: 'src/client/wall/main.ts',
        admin: 'src/client/admin/main.tsx',
      },
    },
  },
});
