import { describe, expect, it } from 'vitest';
import { chosenLanguageCookie, localeOf } from './language.ts';

const asked = (path: string, headers: Record<string, string> = {}, method = 'GET') =>
  new Request(`https://acme.example${path}`, { method, headers });

describe('the language of a page', () => {
  it('is the one its address asks for, then the one that was chosen before, then the browser’s', () => {
    const headers = { cookie: '__Host-lang=fr', 'accept-language': 'de' };
    expect(localeOf(asked('/?lang=ar', headers))).toBe('ar');
    expect(localeOf(asked('/', headers))).toBe('fr');
    expect(localeOf(asked('/', { 'accept-language': 'de' }))).toBe('de');
  });

  it.each(['/?lang=xx', '/?lang=', '/?lang=%00', '/?lang=__proto__'])('is not upset by %s', (path) => {
    expect(localeOf(asked(path, { cookie: '__Host-lang=constructor', 'accept-language': 'es' }))).toBe('es');
  });

  it('is one of the event’s for whoever has not chosen', () => {
    const event = { settings: { languages: ['de', 'fr'], defaultLanguage: 'fr' } };
    expect(localeOf(asked('/', { 'accept-language': 'en' }), event)).toBe('fr');
    expect(localeOf(asked('/', { 'accept-language': 'de' }), event)).toBe('de');
    expect(localeOf(asked('/?lang=en'), event)).toBe('en');
  });

  it('survives settings that cannot be read', () => {
    for (const settings of [null, 7, { languages: [] }, { languages: 'de', defaultLanguage: {} }]) {
      expect(localeOf(asked('/', { 'accept-language': 'es' }), { settings })).toBe('es');
    }
  });
});

describe('the choice of a language', () => {
  const cookie = (request: Request) => chosenLanguageCookie(request, new URL(request.url), true);

  it('is kept for a year on this host, and set once', () => {
    expect(cookie(asked('/?lang=ar'))).toMatch(/^__Host-lang=ar; Path=\/; Max-Age=31536000; .*SameSite=Lax; Secure$/);
    expect(cookie(asked('/?lang=ar', { cookie: '__Host-lang=ar' }))).toBeNull();
  });

  it('is not kept from what is no language, nor from a form', () => {
    expect(cookie(asked('/?lang=xx'))).toBeNull();
    expect(cookie(asked('/'))).toBeNull();
    expect(cookie(asked('/?lang=ar', {}, 'POST'))).toBeNull();
  });
});
