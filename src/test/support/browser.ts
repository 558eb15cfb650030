import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chromium, type Browser } from 'playwright-core';
import { root } from './processes.ts';

/** A browser for tests: nothing that reports home, and everything that makes a page what a guest sees. */
const FLAGS = [
  '--no-sandbox', // root in a container has no user namespaces to build one from
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

/** Where people install Chrome, in the order of how far it is from what guests have. */
const INSTALLED = [
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

const PACKAGE = path.join(root, 'node_modules/@sparticuz/chromium');

interface Binary {
  executablePath: string;
  env?: Record<string, string>;
}

const withEnv = (more: Record<string, string>): Record<string, string> => ({
  ...(process.env as Record<string, string>),
  ...more,
});

/**
 * Unpacks the Chromium that came with npm, once per version and whole or not at all: a test run that is
 * killed in the middle must not leave half a browser to the next one.
 */
async function unpacked(): Promise<string> {
  const { version } = JSON.parse(readFileSync(path.join(PACKAGE, 'package.json'), 'utf8')) as { version: string };
  const cache = path.join(root, 'node_modules/.cache/momentique');
  const home = path.join(cache, `chromium-${version}`);
  if (existsSync(home)) return home;
  mkdirSync(cache, { recursive: true });
  const draft = mkdtempSync(path.join(cache, 'unpacking-'));
  const before = { TMPDIR: process.env['TMPDIR'], AWS_LAMBDA_JS_RUNTIME: process.env['AWS_LAMBDA_JS_RUNTIME'] };
  const variables = ['LD_LIBRARY_PATH', 'FONTCONFIG_PATH', 'HOME'] as const;
  const kept = variables.map((name) => [name, process.env[name]] as const);
  try {
    // The package unpacks into the folder for temporary files, and its libraries only where it believes to be in a Lambda.
    Object.assign(process.env, { TMPDIR: draft, AWS_LAMBDA_JS_RUNTIME: 'nodejs24.x' });
    const { default: packaged } = await import('@sparticuz/chromium');
    await packaged.executablePath();
    writeFileSync(
      path.join(draft, 'fonts/fonts.conf'),
      '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir prefix="relative">fonts</dir></fontconfig>\n',
    );
    if (!existsSync(home)) renameSync(draft, home);
  } finally {
    for (const [name, value] of [...Object.entries(before), ...kept]) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    rmSync(draft, { recursive: true, force: true });
  }
  return home;
}

/** Every browser worth a try here: the one that was asked for, else what is installed, else the one from npm. */
async function candidates(): Promise<Binary[]> {
  const asked = process.env['CHROME_PATH'];
  if (asked) return [{ executablePath: asked }];
  const found: Binary[] = INSTALLED.filter((file) => existsSync(file)).map((executablePath) => ({ executablePath }));
  if (process.platform !== 'linux' || process.arch !== 'x64') return found;
  const home = await unpacked();
  const executablePath = path.join(home, 'chromium');
  const fonts: Record<string, string> = existsSync('/etc/fonts') ? {} : { FONTCONFIG_PATH: path.join(home, 'fonts') };
  return [
    ...found,
    { executablePath, env: fonts },
    // A machine without the libraries of a desktop: the package brings those, too.
    { executablePath, env: { ...fonts, LD_LIBRARY_PATH: path.join(home, 'al2023/lib') } },
  ];
}

/**
 * A real headless Chromium. The caller closes it.
 * @throws Error with one sentence that says what to install when no browser starts here
 */
export async function launchBrowser(): Promise<Browser> {
  const problems: string[] = [];
  for (const { executablePath, env } of await candidates()) {
    try {
      return await chromium.launch({
        executablePath,
        args: FLAGS,
        headless: true,
        ...(env ? { env: withEnv(env) } : {}),
      });
    } catch (error) {
      const lines = error instanceof Error ? error.message.split('\n') : [String(error)];
      const cause = lines.find((line) => /error while loading|not found|ENOENT|EACCES/.test(line)) ?? lines[0];
      problems.push(`${executablePath}: ${cause?.trim()}`);
    }
  }
  throw new Error(
    'There is no browser for the browser tests: install Google Chrome or Chromium (Debian: apt install chromium) ' +
      `or set CHROME_PATH to one.${problems.map((problem) => `\n  ${problem}`).join('')}`,
  );
}
