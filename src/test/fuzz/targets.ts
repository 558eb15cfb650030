import type { Target } from './target.ts';

/** Everything that is fuzzed, by name. Each is loaded where it is used only: they are whole codecs. */
export const TARGETS: Record<string, () => Promise<Target>> = {
  'jpeg-module': async () => (await import('./targets/jpeg-module.ts')).jpegModule(),
  jpeg: async () => (await import('./targets/jpeg.ts')).jpeg(),
  gif: async () => (await import('./targets/gif.ts')).gif(),
  png: async () => (await import('./targets/png.ts')).png(),
  inspector: async () => (await import('./targets/inspector.ts')).inspector,
  reducer: async () => (await import('./targets/reducer.ts')).reducer,
  webp: async () => (await import('./targets/webp.ts')).webp(),
  avif: async () => (await import('./targets/avif.ts')).avif(),
  redaction: async () => (await import('./targets/redaction.ts')).redaction,
  colours: async () => (await import('./targets/colours.ts')).colours(),
  icc: async () => (await import('./targets/icc.ts')).icc,
  exif: async () => (await import('./targets/exif.ts')).exif,
};
