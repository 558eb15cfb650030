import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { cached } from '../corpus/cache.ts';
import { root } from '../support/processes.ts';

const FOLDER = path.join(root, 'workers/thumbnailer/assembly');

/**
 * Behind every reservation lie bytes that nobody may change: inside of WebAssembly a write beyond the end of one
 * buffer traps nowhere, it spoils the next.
 */
const GUARDS = `
const GUARD_BYTES: usize = 64;
const GUARD: u8 = 0xa5;
const GUARDS_MAX = 4096;
const PLACES = memory.data(4 * GUARDS_MAX);
let guards = 0;

export function reserve(bytes: usize): usize {
  const at = bytes > 0x7fff0000 ? 0 : reserveExactly(bytes + GUARD_BYTES);
  if (at === 0 || guards === GUARDS_MAX) return at;
  memory.fill(at + bytes, GUARD, GUARD_BYTES);
  store<u32>(PLACES + (guards << 2), <u32>(at + bytes));
  guards += 1;
  return at;
}

/** Where somebody wrote beyond an end, or 0. */
export function brokenGuard(): usize {
  for (let i = 0; i < guards; i++) {
    const at = <usize>load<u32>(PLACES + (i << 2));
    if (at >= top) continue;
    for (let k: usize = 0; k < GUARD_BYTES; k++) if (load<u8>(at + k) !== GUARD) return at + k;
  }
  return 0;
}

function forgetGuards(from: usize): void {
  while (guards > 0 && <usize>load<u32>(PLACES + ((guards - 1) << 2)) >= from) guards -= 1;
}
`;

function guarded(name: string, text: string): string {
  if (name.endsWith('assembly/index.ts')) return `${text}\nexport { brokenGuard } from './arena';\n`;
  if (!name.endsWith('assembly/arena.ts')) return text;
  const changed = text
    .replace('export function reserve(', 'function reserveExactly(')
    .replace('top = __heap_base;\n}', 'top = __heap_base;\n  guards = 0;\n}')
    .replace('top = to;\n', 'top = to;\n  forgetGuards(to);\n');
  if (changed.split('guards').length < 2 || !changed.includes('forgetGuards'))
    throw new Error('The arena has changed.');
  return changed + GUARDS;
}

/** The thumbnailer's module with guards behind everything that it reserves; compiled once for each state of its sources. */
export async function guardedPixels(): Promise<WebAssembly.Module> {
  const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .sort();
  const hash = createHash('sha256').update(GUARDS);
  for (const name of files) hash.update(name).update(readFileSync(path.join(FOLDER, name)));
  return new WebAssembly.Module((await cached(['guarded', hash.digest('hex')], build)) as Uint8Array<ArrayBuffer>);
}

async function build(): Promise<Uint8Array<ArrayBuffer>> {
  // A whole compiler, which most runs have no need of.
  const { main: compile } = await import('assemblyscript/asc');
  let made: Uint8Array | undefined;
  const options = ['--optimizeLevel=3', '--noAssert', '--runtime=stub', '--enable=simd', '--initialMemory=4'];
  const { error, stderr } = await compile(
    ['workers/thumbnailer/assembly/index.ts', '--outFile=guarded.wasm', '--maximumMemory=1024', ...options],
    {
      readFile(name: string, base: string) {
        try {
          return guarded(name, readFileSync(path.resolve(root, base, name), 'utf8'));
        } catch {
          return null;
        }
      },
      writeFile(name: string, contents: Uint8Array | string) {
        if (name.endsWith('.wasm') && typeof contents !== 'string') made = contents;
      },
    },
  );
  if (error || !made) throw new Error(`${error?.message}\n${stderr.toString()}`);
  return new Uint8Array(made);
}
