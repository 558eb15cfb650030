import type { Target } from './target.ts';

/** Everything that is fuzzed, by name. Each is loaded where it is used only: they are whole codecs. */
export const TARGETS: Record<string, () => Promise<Target>> = {
  inspector: async () => (await import('./targets/inspector.ts')).inspector,
  reducer: async () => (await import('./targets/reducer.ts')).reducer,
  webp: async () => (await import('./targets/webp.ts')).webp,
  exif: async () => (await import('./targets/exif.ts')).exif,
};
