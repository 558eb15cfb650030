import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Client } from '../../support/http.ts';
import { PATIENCE_MS } from '../setup.ts';
import { freshPhoto, join, send, signIn, untilStatus } from '../../support/people.ts';

export const TV = { width: 1920, height: 1080 };
/** One whose pictures nobody looks at: that they drift takes a processor for each. */
export const CALM_TV = { viewport: { width: 960, height: 540 }, reducedMotion: 'reduce' } as const;
export const TV_4K = { width: 3840, height: 2160 };
export const UPRIGHT = { width: 1080, height: 1920 };
/** Names at 3 % of the height, never smaller. */
const TEXT_PART = 0.03;

/** Photos of an event that publishes at once, oldest first. */
export async function publish(acme: Client, slug: string, count: number): Promise<string[]> {
  const guest = await join(acme, slug, { name: 'Ada' });
  const ids: string[] = [];
  for (let n = 0; n < count; n++) {
    const sent = await send(acme, slug, guest, await freshPhoto(n % 2 ? 900 : 1200, n % 2 ? 1200 : 800));
    ids.push(sent.json.photo.id);
  }
  await Promise.all(ids.map((id) => untilStatus(acme, slug, guest, id, 'approved')));
  return ids;
}

/** What staff do with screens and photos. */
export async function steward(acme: Client) {
  const { headers } = await signIn(acme, 'operator@acme.com');
  const ask = async (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown) => {
    const answer = await acme(`/api/v1${path}`, { method, headers, ...(body === undefined ? {} : { body }) });
    expect(answer.status, `${method} ${path}: ${answer.text}`).toBeLessThan(300);
    return answer.json;
  };
  return {
    ask,
    headers,
    /** Enters the code that a screen shows. @returns the screen's id */
    async pair(page: Page, event: string, layout: Record<string, unknown> = {}, name = 'Foyer'): Promise<string> {
      const id = await this.claim(page, event, layout, name);
      await page.locator('.layout-shown, .wall-empty').first().waitFor({ state: 'attached' });
      return id;
    },
    /** The same, before the screen has heard of it. */
    async claim(page: Page, event: string, layout: Record<string, unknown>, name: string): Promise<string> {
      const code = (await page.locator('.pair-code').textContent()) ?? '';
      const { screen } = await ask('POST', '/screens', { code, name, event, layout });
      return screen.id as string;
    },
    tell: (id: string, command: string) => ask('POST', `/screens/${id}/commands`, { command }),
    screen: async (id: string) => (await ask('GET', `/screens/${id}`)).screen,
    reject: (id: string) => ask('PATCH', `/photos/${id}`, { status: 'rejected' }),
  };
}

/** Like `soon`, with the page's clock put forward at each look: what it waits for comes sooner. */
export const hurried = <T>(page: Page, look: () => T | Promise<T>, ms = 1_000): ReturnType<typeof expect.poll<T>> =>
  expect.poll(
    async () => {
      await page.clock.fastForward(ms);
      return look();
    },
    { interval: 200, timeout: PATIENCE_MS },
  );

/** A photo that is to be seen, whatever the layout. */
export const onScreen = (page: Page, id: string) => page.locator(`.layout [data-id="${id}"] img`);

/** Files of photos that this device keeps. */
export const keptFiles = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const keys = await (await caches.open('wall-photos')).keys();
    return keys.map(({ url }) => new URL(url).pathname);
  });

/** Decoded pixels that a page holds, in millions, and its elements. */
export const weightOf = (page: Page) =>
  page.evaluate(() => ({
    nodes: document.querySelectorAll('body *').length,
    megapixels:
      [...document.images].reduce((sum, { naturalWidth, naturalHeight }) => sum + naturalWidth * naturalHeight, 0) /
      1e6,
  }));
/** What README.md of the wall promises to weak televisions. */
export const MOST = { nodes: 150, megapixels: 16 };

/**
 * Words that cannot be read: smaller than they may be, outside of the screen, or cut off. Names and addresses of any
 * length end in dots on one line; what has several lines is there as a whole.
 */
export const badWords = (page: Page): Promise<string[]> =>
  page.evaluate((part) => {
    const found: string[] = [];
    // Of what is seen: without the edges that the television cuts off.
    const height = document.querySelector('.frame')!.clientHeight;
    for (const element of document.querySelectorAll<HTMLElement>('body *')) {
      const text = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE && node.nodeValue?.trim());
      if (text.length === 0 || element.getClientRects().length === 0 || element.closest('script, noscript')) continue;
      const { fontSize, webkitLineClamp } = getComputedStyle(element);
      const name = `${element.className} "${element.textContent}"`;
      if (parseFloat(fontSize) < height * part - 0.1) found.push(`small: ${name} ${fontSize}`);
      const { top, right, bottom, left } = element.getBoundingClientRect();
      if (top < -1 || left < -1 || right > window.innerWidth + 1 || bottom > window.innerHeight + 1)
        found.push(`outside: ${name}`);
      if (webkitLineClamp !== 'none' && element.scrollHeight > element.clientHeight + 2) found.push(`cut: ${name}`);
    }
    return found;
  }, TEXT_PART);

/** Whether everything that is to be read can be read, on a wide screen and on an upright one. */
export async function unreadable(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const viewport of [UPRIGHT, TV]) {
    await page.setViewportSize(viewport);
    await page.waitForFunction(
      (height) => document.documentElement.style.getPropertyValue('--u') === `${height / 100}px`,
      viewport.height,
    );
    found.push(...(await badWords(page)).map((flaw) => `${viewport.width}: ${flaw}`));
  }
  return found;
}
