// `node --import …`: a static import of a `.wasm` file gives a compiled module, as it does in the Workers runtime, so
// that Node runs the thumbnailer's own files as they are.
import { registerHooks } from 'node:module';

registerHooks({
  load(url, context, next) {
    if (!url.endsWith('.wasm')) return next(url, context);
    const source = [
      `import { readFileSync } from 'node:fs';`,
      `export default new WebAssembly.Module(readFileSync(new URL(${JSON.stringify(url)})));`,
    ].join('\n');
    return { format: 'module', source, shortCircuit: true };
  },
});
