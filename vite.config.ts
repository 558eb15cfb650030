import { main as compile } from 'assemblyscript/asc';
import { defineConfig, type Plugin } from 'vite';
import { LOCALES } from './src/contract/messages/shape.ts';

/**
 * Browser code → `public/assets`. The oldest guests have iOS 15, the oldest wall a television with
 * Chromium 76; syntax is lowered for both here, and `src/test/browser-baseline.test.ts` reads the result.
 */
const version = (major: number) => major << 16;
const OLDEST = {
  scripts: ['safari15', 'chrome76'],
  styles: { safari: version(15), ios_saf: version(15), chrome: version(76) },
};

/** A browser asks for a service worker again by its address: that one stays. */
const WALL_WORKER = 'wall-worker';
const GALLERY_WORKER = 'sync-worker';

const SURFACES = ['gallery', 'wall', 'console'] as const;

/**
 * One small script per surface and language, which a page loads before its client: nobody downloads
 * words that are not shown, and nothing has to be fetched later.
 */
const wordScripts = (): Plugin => ({
  name: 'words',
  resolveId: (id) => (id.startsWith('words/') ? id : null),
  async load(id) {
    const [surface, locale] = id.startsWith('words/') ? id.slice('words/'.length).split('.') : [];
    if (!surface) return null;
    const { ...words } = (await import(
      new URL(`file://${process.cwd()}/src/contract/messages/${locale}/${surface}.ts`).href
    )) as Record<string, unknown>;
    return `globalThis.momentiqueWords = ${JSON.stringify(words)};`;
  },
});
const wordInputs = SURFACES.flatMap((surface) => LOCALES.map((locale) => `words/${surface}.${locale}`));

/**
 * Pages of 64 KiB, 80 MiB: a progressive JPEG of 50 megapixels without subsampling needs 78 for its coefficients and
 * the largest rendition. The encoder's memory is not there at that time.
 */
const PIXELS_MAX_PAGES = 1_280;

/** The thumbnailer's decoders and resizer, from AssemblyScript to WebAssembly. */
const pixelsModule = (): Plugin => ({
  name: 'pixels',
  async buildStart() {
    const folder = 'workers/thumbnailer';
    const { error, stderr } = await compile([
      `${folder}/assembly/index.ts`,
      `--outFile=${folder}/codecs/pixels.wasm`,
      '--optimizeLevel=3',
      '--shrinkLevel=0',
      '--converge',
      '--noAssert',
      '--runtime=stub',
      '--enable=simd',
      '--initialMemory=4',
      `--maximumMemory=${PIXELS_MAX_PAGES}`,
    ]);
    if (error) this.error(`${error.message}\n${stderr.toString()}`);
  },
});

export default defineConfig({
  plugins: [wordScripts(), pixelsModule()],
  base: '/assets/',
  publicDir: false,
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  css: { transformer: 'lightningcss', lightningcss: { targets: OLDEST.styles } },
  // One file each without imports: the oldest browsers know no modules in workers.
  worker: {
    format: 'iife',
    rolldownOptions: {
      output: { entryFileNames: ({ name }) => (name === GALLERY_WORKER ? '[name].js' : '[name]-[hash].js') },
    },
  },
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
        door: 'src/client/door/main.ts',
        wall: 'src/client/wall/main.ts',
        [WALL_WORKER]: 'src/client/wall/keep/worker.ts',
        admin: 'src/client/admin/main.tsx',
        design: 'src/client/design/main.tsx',
        receipt: 'src/client/receipt/main.ts',
        ...Object.fromEntries(wordInputs.map((name) => [name.replace('/', '-'), name])),
      },
      output: { entryFileNames: ({ name }) => (name === WALL_WORKER ? '[name].js' : '[name]-[hash].js') },
    },
  },
});
