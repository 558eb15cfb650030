import { describe, expect, it } from 'vitest';
import { themeSchema } from '../contract/tenants.ts';
import type { Tenant } from '../db/hosts.ts';
import { createHostDirectory, readHost } from './host-directory.ts';

const tenant = (slug: string): Tenant => ({
  id: slug,
  slug,
  name: slug,
  status: 'active',
  residency: null,
  legal: { imprint: null, privacyUrl: null, supportEmail: null },
  theme: themeSchema.parse({ accent: '#7a3cff' }),
});

function setup() {
  let time = 0;
  let lookups = 0;
  const directory = createHostDirectory(
    async (_host, slug) => {
      lookups++;
      await Promise.resolve();
      if (slug === 'broken') throw new Error('no database');
      return slug === 'acme' ? tenant('acme') : null;
    },
    () => time,
  );
  return { directory, lookups: () => lookups, pass: (ms: number) => (time += ms) };
}

describe('host directory', () => {
  it('asks once for many parallel questions', async () => {
    const { directory, lookups } = setup();
    const found = await Promise.all(Array.from({ length: 50 }, () => directory.find('acme.localhost', 'acme')));
    expect(new Set(found.map((one) => one?.slug))).toEqual(new Set(['acme']));
    expect(lookups()).toBe(1);
  });
  it('remembers what it found for a while, and unknown hosts too', async () => {
    const { directory, lookups, pass } = setup();
    await directory.find('acme.localhost', 'acme');
    await directory.find('nobody.localhost', 'nobody');
    await directory.find('acme.localhost', 'acme');
    await directory.find('nobody.localhost', 'nobody');
    expect(lookups()).toBe(2);
    pass(60_000);
    await directory.find('acme.localhost', 'acme');
    expect(lookups()).toBe(3);
  });
  it('forgets a failure, so that the next request asks again', async () => {
    const { directory, lookups } = setup();
    await expect(directory.find('broken.localhost', 'broken')).rejects.toThrow('no database');
    await expect(directory.find('broken.localhost', 'broken')).rejects.toThrow('no database');
    expect(lookups()).toBe(2);
  });
});

describe('readHost', () => {
  it.each([
    ['acme.localhost:8787', { host: 'acme.localhost', slug: 'acme', isBare: false }],
    ['ACME.localhost:8787', { host: 'acme.localhost', slug: 'acme', isBare: false }],
    ['localhost:8787', { host: 'localhost', slug: null, isBare: true }],
    ['127.0.0.1:8787', { host: '127.0.0.1', slug: null, isBare: true }],
    ['photos.example.com', { host: 'photos.example.com', slug: null, isBare: false }],
    ['a.b.localhost:8787', { host: 'a.b.localhost', slug: null, isBare: false }],
    ['evil-localhost', { host: 'evil-localhost', slug: null, isBare: false }],
  ])('takes %s apart', (header, expected) => expect(readHost(header, 'localhost:8787')).toEqual(expected));
  it.each([null, '', 'a b', 'acme.localhost/..', 'acme@localhost', '-a.localhost', 'a..localhost', '[::1]:8787'])(
    'refuses %j',
    (header) => expect(readHost(header, 'localhost:8787')).toBeNull(),
  );
});
