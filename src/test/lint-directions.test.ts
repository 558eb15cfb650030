import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '../..');
const oxlint = path.join(root, 'node_modules/oxlint/bin/oxlint');

interface Diagnostic {
  code: string;
  filename: string;
  message: string;
}

/** Runs the linter as `npm run check` does. @returns what it found, sorted by nothing in particular */
function lint(directory: string): Diagnostic[] {
  const run = spawnSync(process.execPath, [oxlint, '--format', 'json'], { cwd: directory, encoding: 'utf8' });
  if (run.stderr || !run.stdout.startsWith('{')) throw new Error(run.stderr || run.stdout);
  return (JSON.parse(run.stdout) as { diagnostics: Diagnostic[] }).diagnostics;
}

/** Where each world stands, one file of it; nested, so that `../../` is exercised as well. */
const worlds = {
  contract: 'src/contract/deep/planted.ts',
  domain: 'src/domain/planted.ts',
  db: 'src/db/schema/planted.ts',
  platform: 'src/platform/planted.ts',
  http: 'src/http/routes/planted.ts',
  pages: 'src/pages/planted.tsx',
  client: 'src/client/gallery/planted.tsx',
  cli: 'src/cli/local/planted.ts',
  entry: 'src/index.ts',
  room: 'workers/room/planted.ts',
  uploads: 'workers/uploads/planted.ts',
  thumbnailer: 'workers/thumbnailer/codecs/planted.ts',
  courier: 'workers/courier/planted.ts',
} as const;
type World = keyof typeof worlds;

/** A file of each world that somebody could want to import. */
const targets: Record<string, string> = {
  contract: 'src/contract/photos.ts',
  domain: 'src/domain/photos.ts',
  'domain rules': 'src/domain/photo-rules.ts',
  db: 'src/db/photos.ts',
  'db/schema': 'src/db/schema/photos.ts',
  'db/scope': 'src/db/scope.ts',
  platform: 'src/platform/rooms.ts',
  http: 'src/http/app.ts',
  pages: 'src/pages/gallery.tsx',
  client: 'src/client/shared/live.ts',
  cli: 'src/cli/main.ts',
  entry: 'src/index.ts',
  room: 'workers/room/index.ts',
  uploads: 'workers/uploads/index.ts',
  thumbnailer: 'workers/thumbnailer/index.ts',
  courier: 'workers/courier/index.ts',
  test: 'src/test/support/anything.ts',
};

const packages = [
  'zod',
  'hono',
  'drizzle-orm',
  'drizzle-orm/pg-core',
  'drizzle-orm/neon-http',
  'cloudflare:workers',
  'pg',
].concat('@neondatabase/serverless', 'preact', 'preact/hooks', 'commander', 'vite', 'thumbhash', 'node:fs');

/** The arrows of architecture.md, written a second time: what each world may import besides itself. */
const may: Record<World, string[]> = {
  contract: ['contract', 'zod'],
  domain: ['contract', 'domain', 'domain rules', 'db', 'db/schema', 'db/scope', 'zod', 'thumbhash', 'node:fs'],
  db: ['contract', 'db', 'db/schema', 'db/scope', 'drizzle-orm', 'drizzle-orm/pg-core', 'drizzle-orm/neon-http'],
  platform: ['contract', 'domain', 'domain rules', 'db', 'db/schema', 'db/scope', 'platform', 'zod'].concat(
    'drizzle-orm/neon-http',
    'cloudflare:workers',
    '@neondatabase/serverless',
    'thumbhash',
    'node:fs',
  ),
  http: [
    'contract',
    'domain',
    'domain rules',
    'http',
    'pages',
    'zod',
    'hono',
    'preact',
    'preact/hooks',
    'thumbhash',
    'node:fs',
  ],
  pages: ['contract', 'pages', 'preact', 'preact/hooks'],
  client: ['contract', 'client', 'preact', 'preact/hooks', 'thumbhash'],
  cli: ['contract', 'domain rules', 'db/schema', 'cli', 'zod', 'pg', 'commander', 'vite', 'thumbhash', 'node:fs'],
  entry: ['contract', 'domain', 'domain rules', 'db/scope', 'platform', 'http', 'pages', 'entry'].concat(
    'zod',
    'hono',
    'cloudflare:workers',
    'preact',
    'preact/hooks',
    'thumbhash',
    'node:fs',
  ),
  room: [
    'contract',
    'domain',
    'domain rules',
    'db/scope',
    'platform',
    'room',
    'zod',
    'cloudflare:workers',
    'thumbhash',
    'node:fs',
  ],
  uploads: [
    'contract',
    'domain',
    'domain rules',
    'db/scope',
    'platform',
    'uploads',
    'zod',
    'cloudflare:workers',
  ].concat('thumbhash', 'node:fs'),
  thumbnailer: [
    'contract',
    'domain',
    'domain rules',
    'db/scope',
    'platform',
    'thumbnailer',
    'zod',
    'cloudflare:workers',
  ].concat('thumbhash', 'node:fs'),
  courier: [
    'contract',
    'domain',
    'domain rules',
    'db/scope',
    'platform',
    'courier',
    'zod',
    'cloudflare:workers',
    'thumbhash',
  ].concat('node:fs'),
};

/** Of these only types may be imported. */
const typesOnly: Partial<Record<World, string[]>> = { platform: ['drizzle-orm/pg-core'] };
const typeForms = ['type', 'type query'];

const forms: Record<string, (specifier: string, n: number) => string> = {
  static: (specifier, n) => `import { x as x${n} } from '${specifier}';\nexport const y${n} = x${n};`,
  'side effect': (specifier) => `import '${specifier}';`,
  dynamic: (specifier, n) => `export const z${n} = () => import('${specifier}');`,
  template: (specifier, n) => `export const t${n} = () => import(\`${specifier}\`);`,
  type: (specifier, n) => `import type { X as X${n} } from '${specifier}';\nexport type Y${n} = X${n};`,
  'type query': (specifier, n) => `export type Q${n} = import('${specifier}').X;`,
  're-export': (specifier, n) => `export { r as r${n} } from '${specifier}';`,
  'star re-export': (specifier) => `export * from '${specifier}';`,
};

const arrows = (Object.keys(worlds) as World[]).flatMap((world) =>
  [...Object.keys(targets), ...packages].map((target) => ({ world, target, allowed: may[world].includes(target) })),
);

function specifierFrom(file: string, target: string): string {
  const relative = targets[target] && path.posix.relative(path.posix.dirname(file), targets[target]);
  return relative === undefined ? target : relative.startsWith('.') ? relative : `./${relative}`;
}

let directory: string;
let found: Diagnostic[];
const planted = (world: World, form: string, target: string) => {
  const parsed = path.posix.parse(worlds[world]);
  // The entry is one file, so its plants stand in copies of the project of their own.
  const name =
    world === 'entry' ? parsed.base : `${parsed.name}-${form}-${target}`.replaceAll(/[^a-z-]/g, '-') + parsed.ext;
  return path.posix.join(parsed.dir, name);
};

beforeAll(() => {
  directory = mkdtempSync(path.join(tmpdir(), 'momentique-lint-'));
  cpSync(path.join(root, '.oxlintrc.json'), path.join(directory, '.oxlintrc.json'));
  cpSync(path.join(root, 'src/test/lint'), path.join(directory, 'src/test/lint'), { recursive: true });
  const write = (file: string, text: string) => {
    mkdirSync(path.join(directory, path.dirname(file)), { recursive: true });
    writeFileSync(path.join(directory, file), text);
  };
  const entry: string[] = [];
  let n = 0;
  for (const { world, target } of arrows) {
    for (const [form, make] of Object.entries(forms)) {
      const text = make(specifierFrom(worlds[world], target), (n += 1));
      if (world === 'entry') entry.push(text);
      else write(planted(world, form, target), `${text}\n`);
    }
  }
  write(worlds.entry, `${entry.join('\n')}\n`);
  for (const [file, text] of Object.entries(snippets)) write(file, text);
  found = lint(directory);
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** Wrong and right lines about everything that is not an import; the file name says which is which. */
const snippets: Record<string, string> = {
  'src/contract/cycle-a.ts': `import { b } from './cycle-b.ts';\nexport const a = () => b;\n`,
  'src/contract/cycle-b.ts': `import { a } from './cycle-a.ts';\nexport const b = () => a;\n`,
  'src/contract/type-cycle-a.ts': `import type { B } from './type-cycle-b.ts';\nexport type A = B | 1;\n`,
  'src/contract/type-cycle-b.ts': `import type { A } from './type-cycle-a.ts';\nexport type B = A[];\n`,
  'src/contract/no-suffix.ts': `export * from './ids';\n`,
  'src/domain/computed.ts': 'export const load = (name: string) => import(`./${name}.ts`);\n',
  'src/domain/default.ts': 'export default 1;\n',
  'src/domain/any.ts': 'export const x = (y: any) => y;\n',
  'src/domain/enum.ts': 'export enum X { A }\n',
  'src/domain/namespace.ts': 'export namespace X { export const a = 1; }\n',
  'src/domain/env.ts': 'export const f = (env: MainEnv) => env;\n',
  'src/platform/logs.ts': 'export const f = (env: object) => console.log("start", { ...env }, JSON.stringify(env));\n',
  'src/db/photos-context.ts': `export const q = "select set_config('app.tenant_id', $1, true)";\n`,
  'workers/room/context.ts': 'export const q = "select set_tenant_id($1, true)";\n',
  'src/db/scope.ts': [
    'const sql = String.raw;',
    "export const good = (t: string) => sql`select set_config('app.tenant_id', ${t}, true), set_config('app.actor', ${t}, true)`;",
    "export const session = (t: string) => sql`select set_config('app.tenant_id', ${t}, false)`;",
    "export const mixed = (t: string) => sql`select set_config('a', ${t}, true), set_config('app.tenant_id', ${t}, false)`;",
    "export const byName = 'select set_tenant_id($1)';",
    'export const plain = "set app.tenant_id = \'x\'";',
    '',
  ].join('\n'),
};

const about = (file: string, rule: string) => found.filter((d) => d.filename === file && d.code.includes(rule));

describe('import directions', () => {
  it('pass in the project as it is', () => {
    const broken = lint(root).filter((d) => /momentique|no-cycle|no-default-export/.test(d.code));
    expect(broken.map((d) => `${d.filename}: ${d.message}`)).toEqual([]);
  });

  it.each(arrows.filter(({ world }) => world !== 'entry'))(
    '$world → $target: allowed is $allowed',
    ({ world, target, allowed }) => {
      const refused = Object.keys(forms).filter((form) => about(planted(world, form, target), 'directions').length > 0);
      const erased = typesOnly[world]?.includes(target) ? typeForms : [];
      expect(refused).toEqual(allowed ? [] : Object.keys(forms).filter((form) => !erased.includes(form)));
    },
  );

  it.each(arrows.filter(({ world }) => world === 'entry'))(
    'src/index.ts → $target: allowed is $allowed',
    ({ target, allowed }) => {
      const specifier = specifierFrom(worlds.entry, target);
      const refused = about(worlds.entry, 'directions').filter((d) => d.message.includes(`'${specifier}'`));
      expect(refused).toHaveLength(allowed ? 0 : Object.keys(forms).length);
    },
  );

  it('say what to do instead', () => {
    const messages = about(planted('client', 'type', 'domain'), 'directions').map((d) => d.message);
    expect(messages.join()).toMatch(/move what both need into contract\/, or fetch it/);
  });
});

describe('house rules', () => {
  it.each([
    ['a cycle', 'src/contract/cycle-a.ts', 'no-cycle'],
    ['a cycle of types', 'src/contract/type-cycle-a.ts', 'no-cycle'],
    ['an import without suffix', 'src/contract/no-suffix.ts', 'directions'],
    ['an import with a computed path', 'src/domain/computed.ts', 'directions'],
    ['a default export', 'src/domain/default.ts', 'no-default-export'],
    ['any', 'src/domain/any.ts', 'no-explicit-any'],
    ['an enum', 'src/domain/enum.ts', 'no-enum'],
    ['a namespace', 'src/domain/namespace.ts', 'no-namespace'],
    ['Env outside entries and platform', 'src/domain/env.ts', 'env-at-the-door'],
    ['an environment in a log', 'src/platform/logs.ts', 'no-env-in-logs'],
    ['a context set by another file of db', 'src/db/photos-context.ts', 'tenant-context'],
    ['a context set by a Worker', 'workers/room/context.ts', 'tenant-context'],
  ])('refuse %s', (_what, file, rule) => {
    expect(about(file, rule).length).toBeGreaterThan(0);
  });

  it('refuse a context that outlives its transaction, also in db/scope.ts', () => {
    expect(about('src/db/scope.ts', 'tenant-context')).toHaveLength(4);
  });
});
