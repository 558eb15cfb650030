import { execFileSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { describe, expect, it } from 'vitest';
import { describeConfig, parseConfig, SELF_MADE_SECRETS } from '../contract/config.ts';
import { readReceiptKeys } from '../contract/receipt-keys.ts';
import { pickKeys } from './keys.ts';
import { PROJECT_ROOT } from './project.ts';

const GIVEN = { DATABASE_URL: 'postgresql://momentique_app:x@db.example/momentique', PLATFORM_HOST: 'photos.example' };
/** What others give out: the database and the provider of mail. */
const OTHERS = ['DATABASE_URL', 'MAIL_API_KEY'];
const run = (args: string[], input = ''): string =>
  execFileSync(process.execPath, [path.join(PROJECT_ROOT, 'src/cli/main.ts'), 'key', ...args], {
    cwd: PROJECT_ROOT,
    input,
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'pipe'],
  });

describe('the secrets of a deployment', () => {
  it('are made so that every Worker starts with them, and anew each time', () => {
    const [first, second] = [JSON.parse(run(['generate'])), JSON.parse(run(['generate']))];
    expect(parseConfig({ ...GIVEN, ...first })).toMatchObject(first);
    expect(readReceiptKeys(first.RECEIPT_SIGNING_KEY)).toHaveLength(1);
    expect(new Set([...Object.values(first), ...Object.values(second)]).size).toBe(2 * SELF_MADE_SECRETS.length);
  });

  it('are all that the configuration calls secret, but for what others give out', () => {
    const secrets = describeConfig().filter((row) => row.secret);
    expect([...SELF_MADE_SECRETS, ...OTHERS].toSorted()).toEqual(secrets.map(({ name }) => name).toSorted());
  });

  it('go to each Worker as far as it asks for them, so that receipts are signed in one place', () => {
    const keys = run(['generate']);
    const picked = JSON.parse(run(['pick', 'workers/courier/wrangler.toml'], keys));
    expect(Object.keys(picked)).toEqual(['STAFF_JWT_SECRET', 'GUEST_JWT_SECRET', 'RENDITION_KEY_SECRET']);
    expect(JSON.parse(run(['pick', 'wrangler.toml'], keys))).toEqual(JSON.parse(keys));
    for (const file of globSync('workers/*/wrangler.toml', { cwd: PROJECT_ROOT })) {
      const toml = readFileSync(path.join(PROJECT_ROOT, file), 'utf8');
      expect(pickKeys(keys, toml), file).not.toHaveProperty('RECEIPT_SIGNING_KEY');
    }
  });

  it('are not picked from anything else, which is not repeated', () => {
    expect(() => run(['pick', 'wrangler.toml'], 'top secret')).toThrow(/^(?!.*top secret).*momentique key generate/s);
    expect(() => run(['pick', 'wrangler.toml'], '{"STAFF_JWT_SECRET":"top secret"}')).toThrow(/lack GUEST_JWT_SECRET/);
    expect(() => run(['pick', 'nowhere.toml'], '{}')).toThrow(/no configuration of a Worker at nowhere\.toml/);
  });

  it('are named, with the command that makes them, where one is missing', () => {
    expect(() => parseConfig(GIVEN)).toThrow(/STAFF_JWT_SECRET[^]*npx momentique key generate/);
    expect(() => parseConfig({ ...JSON.parse(run(['generate'])), PLATFORM_HOST: 'x' })).toThrow(
      /^(?![^]*key generate)[^]*DATABASE_URL/,
    );
  });
});
