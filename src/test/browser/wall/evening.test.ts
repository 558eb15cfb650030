import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { isSoak } from '../../support/soak.ts';
import { setup } from '../setup.ts';
import { MOST, TV, weightOf } from './television.ts';

const { acme, atAcme, context } = setup();
/** Simulated seconds in a real one. */
const SPEED = 400;
/** Ten hours, or in the short form the first two. */
const EVENING_SECONDS = (isSoak ? 10 : 2) * 3_600;
const ARRIVES_EVERY_SECONDS = 20;
/** After the first hour everything is there that will be. */
const WARM_SECONDS = 3_600;

/**
 * Hurries a page's clock and timers, and puts a room of its own before it: a photo every twenty seconds, and of every
 * three one is taken down again. Runs in the page before anything else.
 */
function hurry({ speed, every, photo }: { speed: number; every: number; photo: Record<string, unknown> }): void {
  const [realTimeout, realNow] = [window.setTimeout.bind(window), Date.now.bind(Date)];
  const began = realNow();
  Date.now = () => began + (realNow() - began) * speed;
  (window as { setTimeout: unknown }).setTimeout = (act: () => void, ms = 0) => realTimeout(act, ms / speed);
  class Room {
    onmessage: ((event: { data: string }) => void) | null = null;
    onclose: unknown = null;
    seq = 0;
    constructor() {
      realTimeout(() => {
        this.say({ type: 'hello', epoch: 'e', seq: 0, role: 'viewer', viewers: 1 });
        this.go();
      }, 20);
    }
    say(frame: object): void {
      this.onmessage?.({ data: JSON.stringify({ v: 1, ...frame }) });
    }
    go(): void {
      const n = (this.seq += 1);
      const taken = n % 3 === 0;
      const sizes = photo['renditions'] as { url: string }[];
      const renditions = sizes.map((size) => ({ ...size, url: `${size.url}?${n}` }));
      const createdAt = new Date(Date.now()).toISOString();
      if (taken) this.say({ type: 'photo.removed', seq: n, id: `n${n - 2}` });
      else this.say({ type: 'photo.approved', seq: n, photo: { ...photo, id: `n${n}`, renditions, createdAt } });
      (window as unknown as { framesSent: number }).framesSent = n;
      realTimeout(() => this.go(), (every * 1_000) / speed);
    }
    send(text: string): void {
      if (text.includes('ping')) realTimeout(() => this.say({ type: 'pong' }), 0);
    }
    close(): void {}
  }
  (window as { WebSocket: unknown }).WebSocket = Room;
}

async function measure(page: Page) {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  const { nodes, jsEventListeners } = await session.send('Memory.getDOMCounters');
  await session.detach();
  return { heapMb: usedSize / 1e6, nodes, listeners: jsEventListeners };
}

describe('the hours of an evening', () => {
  it('leave a wall no larger than the first of them', { timeout: 300_000 }, async () => {
    const photos = (await acme('/api/v1/events/launch-party/photos?limit=12')).json.items;
    const files = new Map<string, Buffer>();
    const made = await context({ viewport: TV, serviceWorkers: 'block' });
    await made.addInitScript(hurry, { speed: SPEED, every: ARRIVES_EVERY_SECONDS, photo: photos[0] });
    await made.route('**/live-ticket', (route) => route.fulfill({ json: { ticket: 'x', expiresIn: 60 } }));
    await made.route('**/i/**', async (route) => {
      const { pathname } = new URL(route.request().url());
      const body = files.get(pathname) ?? Buffer.from((await acme(pathname)).bytes);
      files.set(pathname, body);
      // The page may have been closed by then.
      await route.fulfill({ contentType: 'image/webp', body }).catch(() => undefined);
    });
    const page = await atAcme('/e/launch-party/wall?layout=rotate&rotateMinutes=5', { context: made });
    const seconds = () =>
      page
        .evaluate(() => (window as unknown as { framesSent?: number }).framesSent ?? 0)
        .then((n) => n * ARRIVES_EVERY_SECONDS);
    const most = { nodes: 0, megapixels: 0 };
    const layouts = new Set<string>();
    let warm: Awaited<ReturnType<typeof measure>> | null = null;
    for (let at = await seconds(); at < EVENING_SECONDS; at = await seconds()) {
      const weight = await weightOf(page);
      most.nodes = Math.max(most.nodes, weight.nodes);
      most.megapixels = Math.max(most.megapixels, weight.megapixels);
      const name = await page.evaluate(() => document.querySelector('.layout-shown')?.className ?? '');
      layouts.add(/layout-(?!shown)\w+/.exec(name)?.[0] ?? '');
      if (!warm && at > WARM_SECONDS) warm = await measure(page);
      await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    }
    const end = await measure(page);
    console.log(
      `after ${EVENING_SECONDS / 3_600} h: ${end.heapMb.toFixed(1)} MB (${warm!.heapMb.toFixed(1)} after one), ` +
        `${end.nodes} nodes (${warm!.nodes}), at most ${most.nodes} elements and ${most.megapixels.toFixed(1)} megapixels`,
    );
    expect(layouts.size).toBeGreaterThanOrEqual(4);
    // Two layouts are there for the second in which one gives way to the other.
    expect(most.nodes).toBeLessThanOrEqual(2 * MOST.nodes);
    expect(most.megapixels).toBeLessThanOrEqual(2 * MOST.megapixels);
    expect(end.nodes).toBeLessThan(warm!.nodes + 2 * MOST.nodes);
    expect(end.listeners).toBeLessThan(warm!.listeners + 50);
    // What is known of 1,200 photos is data, and is allowed for.
    expect(end.heapMb).toBeLessThan(warm!.heapMb + 5);
  });
});
