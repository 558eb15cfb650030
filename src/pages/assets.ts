import type { Locale } from '../contract/messages/index.ts';
import manifest from '../../public/assets/manifest.json' with { type: 'json' };

export type Entry = 'gallery' | 'door' | 'wall' | 'admin' | 'design' | 'receipt';

interface Chunk {
  file: string;
  css?: string[];
  imports?: string[];
}

export interface Assets {
  script: string;
  /** says the page's words; it comes before `script` */
  words: string;
  styles: string[];
  /** modules the script imports, for `modulepreload` */
  preloads: string[];
}

const SOURCES: Record<Entry, string> = {
  gallery: 'src/client/gallery/main.tsx',
  door: 'src/client/door/main.ts',
  wall: 'src/client/wall/main.ts',
  admin: 'src/client/admin/main.tsx',
  design: 'src/client/design/main.tsx',
  receipt: 'src/client/receipt/main.ts',
};

const SURFACES: Record<Entry, string> = {
  gallery: 'gallery',
  door: 'gallery',
  wall: 'wall',
  admin: 'console',
  design: 'console',
  receipt: 'gallery',
};

function find(entry: Entry, locale: Locale): Assets {
  const chunks = manifest as Record<string, Chunk>;
  const seen = new Set<string>();
  const styles: string[] = [];
  const files: string[] = [];
  const visit = (key: string) => {
    const chunk = chunks[key];
    if (!chunk || seen.has(key)) return;
    seen.add(key);
    for (const imported of chunk.imports ?? []) visit(imported);
    for (const style of chunk.css ?? []) styles.push(`/assets/${style}`);
    files.push(`/assets/${chunk.file}`);
  };
  visit(SOURCES[entry]);
  const script = files.pop();
  if (!script) throw new Error(`public/assets/manifest.json has no entry ${SOURCES[entry]}: run \`npm run build\``);
  const words = chunks[`words/${SURFACES[entry]}.${locale}`]?.file;
  if (!words) throw new Error(`public/assets/manifest.json has no words in ${locale}: run \`npm run build\``);
  return { script, words: `/assets/${words}`, styles, preloads: files };
}

const found = new Map<string, Assets>();

/** Hashed addresses of one client in one language, from the manifest that the build wrote. */
export function assetsOf(entry: Entry, locale: Locale): Assets {
  const key = `${entry}.${locale}`;
  let assets = found.get(key);
  if (!assets) found.set(key, (assets = find(entry, locale)));
  return assets;
}
