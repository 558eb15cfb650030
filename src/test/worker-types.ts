import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { root, tool } from './support/processes.ts';

/** Every Worker: where its wrangler.toml is, how its environment is called, and where the type goes. */
export const workers = [
  { name: 'main', folder: '.', env: 'MainEnv', types: 'src/worker-configuration.d.ts' },
  { name: 'thumbnailer', folder: 'workers/thumbnailer', env: 'ThumbnailerEnv' },
  { name: 'courier', folder: 'workers/courier', env: 'CourierEnv' },
  { name: 'uploads', folder: 'workers/uploads', env: 'UploadsEnv' },
  { name: 'room', folder: 'workers/room', env: 'RoomEnv' },
].map((worker) => ({
  types: path.posix.join(worker.folder, 'worker-configuration.d.ts'),
  ...worker,
  config: path.posix.join(worker.folder, 'wrangler.toml'),
}));
type Worker = (typeof workers)[number];

/**
 * Keeps of wrangler's file what may stand beside the other Workers' in one TypeScript project: the
 * interface itself. `Cloudflare.Env` would be merged from all four, and of it, of `ctx.exports` and of
 * module declarations there can be one only: the main Worker's.
 */
export function separate(generated: string, worker: Worker): string {
  const block = (start: RegExp) => {
    const lines = generated.split('\n');
    const first = lines.findIndex((line) => start.test(line));
    if (first < 0) return '';
    const last = /\}\s*$/.test(lines[first] ?? '')
      ? first
      : lines.findIndex((line, n) => n > first && line.startsWith('}'));
    return lines.slice(first, last + 1).join('\n');
  };
  const base = block(new RegExp(`^interface __BaseEnv_${worker.env} `));
  const parts = [
    `// Made from ${worker.config} by \`npm run check -- --fix\`.`,
    base.replace(`__BaseEnv_${worker.env}`, worker.env),
  ];
  if (worker.name === 'main') {
    const exports = generated.match(/^\tinterface GlobalProps \{\n[\s\S]*?^\t\}/m)?.[0];
    parts.push(
      `declare namespace Cloudflare {\n${[exports, '\tinterface Env extends MainEnv {}'].filter(Boolean).join('\n')}\n}`,
    );
    parts.push(block(/^declare module "\*\.wasm" /));
  }
  return `${parts.filter(Boolean).join('\n\n')}\n`;
}

async function generate(worker: Worker): Promise<string> {
  // Beside the final file, so that wrangler's relative imports of the Worker's own classes are right.
  const folder = path.join(root, path.dirname(worker.types));
  const scratch = path.join(folder, `.worker-configuration-${process.pid}.d.ts`);
  const args = ['types', scratch, '--config', path.join(root, worker.config), '--env-interface', worker.env];
  try {
    const done = await tool('wrangler/bin/wrangler.js', [...args, '--strict-vars=false', '--include-runtime=false'], {
      cwd: path.join(root, worker.folder),
      timeoutMs: 60_000,
    });
    if (done.code !== 0 || !existsSync(scratch)) throw new Error(`wrangler types for ${worker.name}: ${done.output}`);
    return separate(readFileSync(scratch, 'utf8'), worker);
  } finally {
    rmSync(scratch, { force: true });
  }
}

/** Compares (or, with `fix`, rewrites) the environment types. @returns the files that were not current */
export async function checkWorkerTypes(fix: boolean): Promise<string[]> {
  const stale: string[] = [];
  const queue = [...workers];
  const drain = async () => {
    for (let worker = queue.shift(); worker; worker = queue.shift()) {
      const text = await generate(worker);
      const file = path.join(root, worker.types);
      if (existsSync(file) && readFileSync(file, 'utf8') === text) continue;
      stale.push(worker.types);
      if (fix) writeFileSync(file, text);
    }
  };
  await Promise.all([drain(), drain()]);
  return stale.sort();
}
