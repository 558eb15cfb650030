import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const { resolve } = createRequire(import.meta.url);

/** A codec's WebAssembly, compiled in Node. */
export const wasmInNode = (path: string): WebAssembly.Module => new WebAssembly.Module(readFileSync(resolve(path)));
