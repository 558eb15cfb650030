import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { Event } from '../contract/events.ts';
import type { Photo } from '../contract/photos.ts';
import { themeSchema } from '../contract/tenants.ts';

vi.mock('../../public/assets/manifest.json', () => ({
  default: {
    '_shared.js': { file: 'shared-1.js' },
    ...Object.fromEntries(
      ['gallery/main.tsx', 'door/main.ts', 'wall/main.ts', 'admin/main.tsx'].map((source) => [
        `src/client/${source}`,
        { file: `${source.split('/')[0]}-1.js`, css: [`${source.split('/')[0]}-1.css`], imports: ['_shared.js'] },
      ]),
    ),
    ...Object.fromEntries(
      ['gallery', 'wall', 'console'].flatMap((surface) =>
        ['en', 'de', 'fr', 'es', 'ar'].map((locale) => [
          `words/${surface}.${locale}`,
          { file: `${surface}-${locale}.js` },
        ]),
      ),
    ),
  },
}));

type Pages = typeof import('./index.ts');
let pages: Pages;
beforeAll(async () => {
  pages = await import('./index.ts');
});

const tenant = { name: 'Acme', slug: 'acme', theme: themeSchema.parse({}) };
const event: Event = {
  id: '11111111-1111-4111-8111-111111111111',
  slug: 'launch-party',
  name: 'Launch party',
  startsAt: '2026-11-21T23:30:00.000Z',
  endsAt: null,
  timeZone: 'Asia/Tokyo',
  status: 'live',
  visibility: 'public',
  moderation: 'before',
  uploads: 'open',
  guestView: 'gallery',
  opensAt: null,
  closesAt: null,
  revealAt: null,
  deleteAt: null,
};

function photo(n: number, words: Partial<Photo> = {}): Photo {
  return {
    id: `22222222-2222-4222-8222-${String(n).padStart(12, '0')}`,
    status: 'approved',
    kind: 'photo',
    animated: false,
    durationMs: null,
    colour: null,
    partial: false,
    original: null,
    width: 1920,
    height: 1280,
    thumbhash: '1QcSHQRnh493V4dIh4eXh1h4kJUI',
    renditions: [320, 960, 1920].map((width) => ({
      width,
      height: Math.round(width / 1.5),
      type: 'image/webp' as const,
      url: `/i/key${n}/${width}.webp`,
    })),
    caption: null,
    by: null,
    takenAt: null,
    createdAt: '2026-11-21T20:00:00.000Z',
    reactions: {},
    ...words,
  };
}

const gallery = (photos: Photo[], more: Partial<Parameters<Pages['renderGallery']>[0]> = {}) =>
  pages.renderGallery({
    tenant,
    event,
    photos,
    nextPage: null,
    position: { epoch: 'e', seq: 1 },
    locale: 'en',
    viewer: 'anyone',
    canUpload: true,
    ...more,
  });

const HOSTILE = '</script><img src=x onerror=alert(1)>"\'&';

describe('what people type', () => {
  it('never becomes markup in the gallery', () => {
    const html = gallery([photo(1, { by: HOSTILE, caption: HOSTILE })], {
      event: { ...event, name: HOSTILE },
      tenant: { ...tenant, name: HOSTILE },
    });
    expect(html).not.toContain('<img src=x');
    expect(html.match(/<\/script>/g)).toHaveLength(3);
    expect(html).toContain('alt="&lt;/script>&lt;img src=x onerror=alert(1)>&quot;');
  });

  it('never ends the data for the wall’s script, and arrives there unchanged', () => {
    const html = pages.renderWall({
      tenant,
      event: { ...event, name: `${HOSTILE}\u2028` },
      joinUrl: 'https://acme.example/e/launch-party',
      state: {
        held: false,
        heldMessage: null,
        uploads: true,
        shows: true,
        status: 'live',
        stage: { panic: null, spotlight: null, announcements: [], photoCall: null },
      },
      nextCursor: null,
      position: { epoch: 'e', seq: 1 },
      photos: [photo(1, { by: HOSTILE })],
      locale: 'en',
    });
    const boot = /<script type="application\/json" id="boot">(.*?)<\/script>/s.exec(html)?.[1] ?? '';
    expect(boot).not.toMatch(/[<>\u2028]/);
    expect(JSON.parse(boot).photos[0].by).toBe(HOSTILE);
    expect(JSON.parse(boot).event.name).toBe(`${HOSTILE}\u2028`);
  });

  it('is escaped in names of files, too', () => {
    const html = pages.renderMessage({
      tenant,
      event,
      locale: 'en',
      results: [{ name: HOSTILE }, { name: 'b.gif', code: 'photo.unsupported_type' }],
    });
    expect(html).not.toContain('<img src=x');
    expect(html).toContain('1 photo arrived');
    expect(html).toContain('Only photos and videos can be sent');
  });

  it('may be written from right to left or be very long', () => {
    const name = `‮مريم ${'Donaudampfschifffahrt'.repeat(20)}`;
    const html = gallery([photo(1, { by: name })], { event: { ...event, name } });
    expect(html).toContain(`data-by="${name}"`);
    expect(html).toContain('<h1 dir="auto">');
  });
});

describe('the gallery', () => {
  it('holds nothing that the content security policy would refuse', () => {
    const html = gallery([photo(1), photo(2)], { nextPage: '/e/launch-party?cursor=abc' });
    expect(html).not.toMatch(/\sstyle=|<style|\son[a-z]+=/i);
    for (const script of html.match(/<script[^>]*>/g) ?? []) {
      expect(script).toMatch(/type="module" src="\/assets\/|type="application\/json"/);
    }
  });

  it('reads without a script: links, sizes, alternative texts, the next page and a plain form', () => {
    const html = gallery([photo(1, { caption: 'The cake' }), photo(2, { by: 'Ada' }), photo(3)], {
      nextPage: '/e/launch-party?cursor=abc',
    });
    expect(html.startsWith('<!doctype html><html')).toBe(true);
    expect(html).toContain('href="/i/key1/1920.webp"');
    expect(html).toContain('srcset="/i/key1/320.webp 320w, /i/key1/960.webp 960w"');
    expect(html).toContain('width="320" height="213"');
    for (const alt of ['The cake', 'Photo by Ada', 'A photo from Launch party']) expect(html).toContain(`alt="${alt}"`);
    expect(html).toContain('href="/e/launch-party?cursor=abc"');
    expect(html).toMatch(
      /<form[^>]*method="post"[^>]*action="\/e\/launch-party\/photos"[^>]*enctype="multipart\/form-data"/,
    );
  });

  it('fetches the first rows at once and the others when they come near', () => {
    const html = gallery(Array.from({ length: 30 }, (_, n) => photo(n)));
    expect(html.match(/loading="lazy"/g)).toHaveLength(30 - 15 + 1);
  });

  it('shows a changed caption although it keeps the markup of tiles', () => {
    expect(gallery([photo(7, { caption: 'Before' })])).toContain('alt="Before"');
    const after = gallery([photo(7, { caption: 'After' })]);
    expect(after).toContain('alt="After"');
    expect(after).not.toContain('alt="Before"');
  });

  it('speaks the reader’s language also where the same photo was rendered in another', () => {
    expect(gallery([photo(8, { by: 'Ada' })])).toContain('alt="Photo by Ada"');
    expect(gallery([photo(8, { by: 'Ada' })], { locale: 'de' })).toContain('alt="Foto von Ada"');
  });

  it('tells days in the event’s own time zone', () => {
    expect(gallery([])).toContain('November 22, 2026');
    expect(gallery([], { locale: 'de' })).toContain('22. November 2026');
  });

  it('offers no upload and says why when the host has closed it', () => {
    const html = gallery([], { canUpload: false, uploadClosedReason: 'closed' });
    expect(html).not.toContain('<form');
    expect(html).toContain('The host is not taking photos any more.');
  });

  it('shows no photo where guests only send', () => {
    const html = gallery([photo(1)], { event: { ...event, guestView: 'dropbox' } });
    expect(html).not.toContain('key1');
  });
});

describe('other pages', () => {
  it('ask for the PIN with a plain form and show nothing of the event but its name', () => {
    const html = pages.renderPinForm({ tenant, event, locale: 'de', error: 'event.wrong_pin' });
    expect(html).toMatch(/<form[^>]*method="post"[^>]*action="\/e\/launch-party\/join"/);
    expect(html).toContain('Diese PIN stimmt nicht.');
    expect(html).not.toContain(event.id);
  });

  it('say what is the matter with a tenant that is not active', () => {
    for (const kind of ['pending', 'inactive', 'suspended', 'archived'] as const) {
      expect(pages.renderStatusPage({ kind, tenant, locale: 'en' })).toContain('Acme');
    }
  });

  it('leave out a logo that is not of this host', () => {
    const html = pages.renderStatusPage({
      kind: 'pending',
      tenant: { ...tenant, theme: themeSchema.parse({ logo: '//evil.example/x.png' }) },
      locale: 'en',
    });
    expect(html).not.toContain('evil.example');
  });
});
