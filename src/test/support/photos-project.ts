import type { TestProjectConfiguration } from 'vitest/config';

/**
 * The Vitest project `photos`: the thumbnailer's own files in plain Node, where photos can be made by sharp, which is
 * the reference. A `.wasm` import gives a compiled module, as it does in the Workers runtime.
 */
export function photosProject(): TestProjectConfiguration {
  return {
    plugins: [
      {
        name: 'wasm-modules',
        enforce: 'pre',
        load(id: string) {
          if (!id.endsWith('.wasm')) return null;
          return [
            `import { readFileSync } from 'node:fs';`,
            `export default new WebAssembly.Module(readFileSync(${JSON.stringify(id)}));`,
          ].join('\n');
        },
      },
    ],
    test: {
      name: 'photos',
      include: ['src/test/{corpus,fuzz}/**/*.test.ts'],
      // Codecs come as JavaScript that imports nothing and modules that Node would start by itself.
      server: { deps: { inline: [/@jsquash/] } },
      testTimeout: 60_000,
    },
  };
}
