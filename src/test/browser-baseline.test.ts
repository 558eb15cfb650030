import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { transform } from 'esbuild';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildPages } from '../cli/local/build-pages.ts';
import { LOCALES } from '../contract/messages/index.ts';
import { root } from './support/processes.ts';

/*
 * The oldest guests have iOS 15, the oldest wall Chromium 76. The compiler lowers syntax; nobody lowers
 * a missing method or a property, so those are looked for by name in what is really served.
 */
const OLDEST = ['chrome76', 'safari15'];
const BUDGET_KIB = { gallery: 30, wall: 30, admin: 90 };
/** What a guest does beside looking, which is asked for at once; and what is theirs, when they ask for it. */
const LATER_KIB = { 'gallery/guest.tsx': 20, 'gallery/outbox/parts.ts': 16, 'gallery/mine/parts.ts': 20 };
const FIRST = 'gallery/guest.tsx';

const YOUNGER_SCRIPT: [string, RegExp][] = [
  ['String.replaceAll (Chrome 85)', /\.replaceAll\(/],
  ['Array.at (Chrome 92)', /(?<!\.\.)\.at\(/],
  ['Array.findLast (Chrome 97)', /\.findLast(Index)?\(/],
  ['Array.toSorted and the like (Chrome 110)', /\.(toSorted|toReversed|toSpliced)\(/],
  ['Object.hasOwn (Chrome 93)', /Object\.hasOwn\(/],
  ['structuredClone (Chrome 98)', /structuredClone\(/],
  ['replaceChildren (Chrome 86)', /\.replaceChildren\(/],
  ['Promise.any (Chrome 85)', /Promise\.any\(/],
  ['AbortSignal.timeout (Chrome 103)', /AbortSignal\.(timeout|any)\(/],
  ['crypto.randomUUID (Chrome 92)', /randomUUID/],
  ['WeakRef (Chrome 84)', /\bWeakRef\b/],
  ['<dialog> (Safari 15.4)', /\.showModal\(/],
  ['Blob.arrayBuffer on files (Safari 14, Chrome 76) through a bare call', /\bfile\.arrayBuffer\(/],
  ['requestIdleCallback (no Safari)', /requestIdleCallback/],
];

const YOUNGER_STYLE: [string, RegExp][] = [
  ['oklch, lab, color-mix, light-dark without a fallback', /(oklch|oklab|\blab|\blch|color-mix|light-dark)\(/],
  ['inset (Chrome 87)', /[;{]inset[\w-]*:/],
  ['aspect-ratio (Chrome 88)', /[;{]aspect-ratio:/],
  [':is, :where, :has', /:(is|where|has)\(/],
  [':focus-visible outside :not (Chrome 86)', /(?<!:not\():focus-visible/],
  ['dynamic viewport units (Chrome 108)', /\d(dvh|svh|lvh|dvw)\b/],
  ['min, max, clamp (Chrome 79)', /[^\w-](min|max|clamp)\(/],
  ['layers and containers', /@(layer|container)\b/],
  ['shorthands of logical properties (Chrome 87)', /[;{](margin|padding)-(inline|block):/],
  ['gap in a flex box (Chrome 84)', /\{(?=[^}]*display:(inline-)?flex)(?=[^}]*[;{](row-|column-)?gap:)/],
];

interface Chunk {
  file: string;
  css?: string[];
  imports?: string[];
}

/** What is served, as it was built last. */
const ASSETS = join(root, 'public/assets');
let manifest: Record<string, Chunk> = {};
const texts = new Map<string, string>();

beforeAll(async () => {
  await buildPages();
  manifest = JSON.parse(await readFile(join(ASSETS, 'manifest.json'), 'utf8')) as typeof manifest;
  for (const { file, css = [] } of Object.values(manifest)) {
    for (const name of [file, ...css]) texts.set(name, await readFile(join(ASSETS, name), 'utf8'));
  }
}, 60_000);

const scripts = () => [...texts].filter(([name]) => name.endsWith('.js'));
const styles = () => [...texts].filter(([name]) => name.endsWith('.css'));

/** Whether the oldest browsers would stumble over the syntax: then lowering it changes something. */
async function needsLowering(code: string): Promise<boolean> {
  const print = (target: string | string[]) => transform(code, { target, format: 'esm' });
  const [asIs, lowered] = await Promise.all([print('esnext'), print(OLDEST)]);
  return asIs.code !== lowered.code;
}

/** What browsers read that do not know `oklch`: blocks for those that do are skipped. */
function withoutSupports(css: string): string {
  let text = css;
  for (let at = text.indexOf('@supports'); at >= 0; at = text.indexOf('@supports')) {
    let depth = 0;
    let end = text.indexOf('{', at);
    do {
      if (text[end] === '{') depth += 1;
      if (text[end] === '}') depth -= 1;
      end += 1;
    } while (depth > 0 && end < text.length);
    text = text.slice(0, at) + text.slice(end);
  }
  return text;
}

/** Every script that a page loads with this one. */
function filesOf(source: string): string[] {
  const seen = new Set<string>();
  const visit = (key: string): string[] => {
    const chunk = manifest[key];
    if (!chunk || seen.has(key)) return [];
    seen.add(key);
    return [chunk.file, ...(chunk.imports ?? []).flatMap(visit)];
  };
  return visit(source);
}
const sourceOf = (entry: string) =>
  Object.keys(manifest).find((key) => key.startsWith(`src/client/${entry}/main.`)) ?? '';
const weightKib = (files: string[]) =>
  files.map((file) => gzipSync(texts.get(file) ?? '', { level: 9 }).length / 1024).reduce((a, b) => a + b, 0);

describe('the built scripts', () => {
  it('are checked by something that notices', async () => {
    expect(await needsLowering('export const a = (b) => b?.c ?? 1;')).toBe(true);
    expect(await needsLowering('export class A { #b = 1; c() { return this.#b; } }')).toBe(true);
    expect(await needsLowering('export const a = { ...b }, d = (x) => x ** 2;')).toBe(false);
  });

  it('have no syntax that is younger than the oldest browsers', async () => {
    expect(scripts().length).toBeGreaterThanOrEqual(3);
    for (const [name, code] of scripts()) expect([name, await needsLowering(code)]).toEqual([name, false]);
  });

  it.each(YOUNGER_SCRIPT)('do not use %s', (_, pattern) => {
    for (const [name, code] of scripts()) expect([name, pattern.exec(code)?.[0]]).toEqual([name, undefined]);
  });

  it('never wait at the top level, which the oldest browsers do not know', async () => {
    const read = (code: string) => transform(code, { target: OLDEST, format: 'esm' });
    await expect(read('await fetch("/")')).rejects.toThrow(/[Tt]op-level await/);
    for (const [, code] of scripts()) await read(code);
  });

  it('of the wall are there when the page is: nothing is loaded later', () => {
    for (const file of filesOf(sourceOf('wall'))) {
      expect([file, /\bimport\(/.exec(texts.get(file) ?? '')?.[0]]).toEqual([file, undefined]);
    }
  });

  it.each(Object.entries(LATER_KIB))(
    'that the gallery asks for after its photos, %s, weigh at most %i KiB',
    (source, most) => {
      const before = new Set(
        ['gallery/main.tsx', ...(source === FIRST ? [] : [FIRST])].flatMap((one) => filesOf(`src/client/${one}`)),
      );
      const later = filesOf(`src/client/${source}`).filter((file) => !before.has(file));
      expect(later.length).toBeGreaterThan(0);
      expect(weightKib(later)).toBeLessThanOrEqual(most);
    },
  );

  it.each(['gallery', 'wall'])('of the %s carry nothing of the console', (entry) => {
    const shared = new Set(filesOf(sourceOf(entry)));
    const later = Object.entries(manifest).filter(([key]) => key.startsWith('src/client/admin/'));
    expect(later.length).toBeGreaterThan(1);
    for (const [, { file }] of later) expect(shared.has(file)).toBe(false);
  });

  it.each(Object.entries(BUDGET_KIB))('of the %s weigh at most %i KiB', (entry, most) => {
    const surface = entry === 'admin' ? 'console' : entry;
    const words = LOCALES.map((locale) => weightKib(filesOf(`words/${surface}.${locale}`)));
    expect(Math.min(...words)).toBeGreaterThan(0);
    const weight = weightKib(filesOf(sourceOf(entry))) + Math.max(...words);
    expect(weight).toBeGreaterThan(0.5);
    expect(weight).toBeLessThanOrEqual(most);
  });
});

describe('workers of the gallery', () => {
  it('are one file each without imports, and nothing that the oldest browsers do not know', async () => {
    const names = (await readdir(ASSETS)).filter((name) => /^(sync-)?worker.*\.js$/.test(name));
    // Registered by its address again and again: that one stays.
    expect(names).toContain('sync-worker.js');
    expect(names).toHaveLength(2);
    for (const name of names) {
      const code = await readFile(join(ASSETS, name), 'utf8');
      expect(code).not.toMatch(/(^|[;}])(import|export)[ {"'(]/);
      expect([name, await needsLowering(code)]).toEqual([name, false]);
      // What digests asks for it, and is given it where it is missing (`has-own.ts`).
      for (const [what, pattern] of YOUNGER_SCRIPT.filter(([one]) => !one.startsWith('Object.hasOwn'))) {
        expect([name, what, pattern.exec(code)?.[0]]).toEqual([name, what, undefined]);
      }
      expect(/Object\.hasOwn\(/.test(code)).toBe(/hasOwn\?\?=|\.hasOwn=|hasOwn\|\|/.test(code));
    }
  });
});

describe('the service worker of walls', () => {
  it('is one file without imports at an address that stays, because old televisions know no modules there', () => {
    const { file } = manifest['src/client/wall/keep/worker.ts'] ?? { file: '' };
    expect(file).toBe('wall-worker.js');
    expect(texts.get(file)).not.toMatch(/\b(import|export)\b/);
  });
});

describe('the built styles', () => {
  it.each(YOUNGER_STYLE)('do not use %s', (_, pattern) => {
    expect(styles().length).toBeGreaterThanOrEqual(3);
    for (const [name, css] of styles())
      expect([name, pattern.exec(withoutSupports(css))?.[0]]).toEqual([name, undefined]);
  });

  it('give every colour in a form that old browsers know, and in OKLCH’s full width to the others', () => {
    // The styles of pages that are loaded later take their colours from those of their entry.
    const entries = Object.entries(manifest).filter(([key]) => /^src\/client\/\w+\/main\./.test(key));
    expect(entries.length).toBeGreaterThanOrEqual(3);
    for (const css of entries.map(([, { css: names = [] }]) => names.map((name) => texts.get(name)).join('\n'))) {
      expect(withoutSupports(css)).toMatch(/--accent:#[0-9a-f]{6}/);
      expect(css).toContain('@supports');
    }
  });

  it('have guests download no typeface', () => {
    const fonts = (entry: string) =>
      Object.values(manifest)
        .filter((chunk) => chunk.file === manifest[sourceOf(entry)]?.file)
        .flatMap(({ css = [] }) => css)
        .map((name) => texts.get(name)?.match(/@font-face/g)?.length ?? 0);
    expect(Math.max(...fonts('wall'))).toBeGreaterThan(0);
    expect(fonts('gallery')).toEqual([0]);
  });
});
