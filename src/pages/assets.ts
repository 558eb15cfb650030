import manifest from '../../public/assets/manifest.json' with { type: 'json' };

export type Entry = 'gallery' | 'wall' | 'admin';

interface Chunk {
  file: string;
  css?: string[];
  imports?: string[];
}

export interface Assets {
  script: string;
  styles: string[];
  /** modules the script imports, for `modulepreload` */
  preloads: string[];
}

const SOURCES: Record<Entry, string> = {
  gallery: 'src/client/gallery/main.tsx',
  wall: 'src/client/wall/main.ts',
  admin: 'src/client/admin/main.tsx',
};

function find(entry: Entry): Assets {
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
  return { script, styles, preloads: files };
}

const found = new Map<Entry, Assets>();

/** Hashed addresses of one client, from the manifest that the build wrote. */
export function assetsOf(entry: Entry): Assets {
  let assets = found.get(entry);
  if (!assets) found.set(entry, (assets = find(entry)));
  return assets;
}
