import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { poisons } from '../../corpus/poison.ts';
import { textAsJpeg } from '../../support/images.ts';
import { fileOf, joinAt, setup, soon, tileShown } from '../setup.ts';

const { atAcme, event } = setup();
const sample = (name: string) => readFileSync(new URL(`../../support/samples/${name}`, import.meta.url));

async function guestPage(options: Parameters<typeof atAcme>[1] = {}) {
  const { slug } = await event({ moderation: 'after' });
  const page = await atAcme(`/e/${slug}`, options);
  await joinAt(page, 'Ada');
  return { slug, page };
}

describe('a video', () => {
  it('is shown by a poster that the page has made, with how long it is', async () => {
    const { page } = await guestPage();
    await page.locator('#choose').setInputFiles(fileOf('party.webm', sample('short.webm'), 'video/webm'));
    const row = page.locator('[data-status=approved]');
    await row.waitFor();
    const id = String(await row.getAttribute('data-photo'));
    await tileShown(page, id);
    const tile = page.locator(`#photos [data-id="${id}"]`);
    expect(await tile.locator('.tile-badge').textContent()).toBe('0:01');
    expect(await tile.locator('img').getAttribute('alt')).toBe('Video by Ada');
    // As the server writes it, too.
    await page.reload();
    expect(await page.locator(`#photos [data-id="${id}"] .tile-badge`).textContent()).toBe('0:01');
  });

  it('plays in the light box, and nothing of it is fetched before', async () => {
    const { page } = await guestPage();
    const files: string[] = [];
    page.on('request', (request) => request.url().endsWith('/original') && files.push(request.url()));
    await page.locator('#choose').setInputFiles(fileOf('party.webm', sample('short.webm'), 'video/webm'));
    const row = page.locator('[data-status=approved]');
    await row.waitFor();
    const id = String(await row.getAttribute('data-photo'));
    await tileShown(page, id);
    await page.keyboard.press('Escape');
    await page.locator(`#photos [data-id="${id}"] a`).click();
    const video = page.locator('.lightbox video');
    expect(await video.getAttribute('aria-label')).toBe('Video by Ada');
    expect(await page.locator('.lightbox-photo').isVisible()).toBe(false);
    expect(files).toEqual([]);
    await video.evaluate((element: HTMLVideoElement) => {
      element.muted = true;
      return element.play();
    });
    await soon(() => video.evaluate((element: HTMLVideoElement) => element.currentTime)).toBeGreaterThan(0);
    expect(await video.evaluate((element: HTMLVideoElement) => [element.videoWidth, element.videoHeight])).toEqual([
      96, 64,
    ]);
    // The player's keys are its own; the light box is left as ever.
    await page.keyboard.press('Escape');
    expect(await page.locator('.lightbox').count()).toBe(0);
  });

  it('that does not know how long it is, as recordings do, is shown as well', async () => {
    const { page } = await guestPage();
    await page.locator('#choose').setInputFiles(fileOf('live.webm', sample('live.webm'), 'video/webm'));
    const row = page.locator('[data-status=approved]');
    await row.waitFor();
    const id = String(await row.getAttribute('data-photo'));
    await tileShown(page, id);
    expect(await page.locator(`#photos [data-id="${id}"] a`).getAttribute('data-kind')).toBe('video');
    expect(await page.locator(`#photos [data-id="${id}"] .tile-badge`).textContent()).toBe('');
  });

  it('that this very browser has recorded is shown as well', async () => {
    const { page } = await guestPage();
    const recorded = await page.evaluate(async () => {
      const canvas = document.createElement('canvas');
      canvas.width = 320;
      canvas.height = 180;
      const context = canvas.getContext('2d')!;
      const recorder = new MediaRecorder(canvas.captureStream(30), { mimeType: 'video/webm;codecs=vp8' });
      const parts: Blob[] = [];
      recorder.ondataavailable = ({ data }) => parts.push(data);
      const stopped = new Promise((resolve) => (recorder.onstop = resolve));
      recorder.start();
      for (let frame = 0; frame < 30; frame++) {
        context.fillStyle = `hsl(${frame * 12}, 80%, 50%)`;
        context.fillRect(0, 0, 320, 180);
        await new Promise(requestAnimationFrame);
      }
      recorder.stop();
      await stopped;
      return Array.from(new Uint8Array(await new Blob(parts).arrayBuffer()));
    });
    await page.locator('#choose').setInputFiles(fileOf('recorded.webm', Uint8Array.from(recorded), 'video/webm'));
    const row = page.locator('[data-status=approved]');
    await row.waitFor();
    await tileShown(page, String(await row.getAttribute('data-photo')));
  });
});

describe('a picture that moves', () => {
  const moving = async () => {
    const frames = ['#7a3cff', '#ffb03c', '#3cc8ff'].map((background) =>
      sharp({ create: { width: 320, height: 240, channels: 3, background } })
        .png()
        .toBuffer(),
    );
    return sharp(await Promise.all(frames), { join: { animated: true } })
      .gif({ delay: [200, 200, 200] })
      .toBuffer();
  };

  it.each([
    ['moves in the light box', 'no-preference', /\/original$/],
    ['stands still for whoever wants less motion', 'reduce', /\.webp$/],
  ] as const)('says so on its tile, and %s', async (_name, reducedMotion, source) => {
    const { page } = await guestPage({ reducedMotion });
    await page.locator('#choose').setInputFiles(fileOf('fun.gif', await moving(), 'image/gif'));
    const row = page.locator('[data-status=approved]');
    await row.waitFor();
    const id = String(await row.getAttribute('data-photo'));
    await tileShown(page, id);
    const tile = page.locator(`#photos [data-id="${id}"]`);
    expect(await tile.locator('.tile-badge').textContent()).toBe('GIF');
    await page.keyboard.press('Escape');
    await tile.locator('a').click();
    const shown = page.locator('.lightbox-photo');
    await soon(() => shown.evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth)).toBe(320);
    expect(await shown.getAttribute('src')).toMatch(source);
  });
});

describe('a photo that the server does not decode', () => {
  it('of more pixels than its decoder has room for appears with a picture by the page', async () => {
    const { page } = await guestPage();
    const wide = { create: { width: 3600, height: 2700, channels: 3 as const, background: '#7a3cff' } };
    const avif = await sharp(wide).avif({ effort: 0 }).toBuffer();
    await page.locator('#choose').setInputFiles(fileOf('wide.avif', avif, 'image/avif'));
    const row = page.locator('[data-status=approved]');
    await row.waitFor();
    const id = String(await row.getAttribute('data-photo'));
    await tileShown(page, id);
    const link = page.locator(`#photos [data-id="${id}"] a`);
    expect(Number(await link.getAttribute('data-width'))).toBe(1920);
  });

  it('and that this browser cannot show either is explained before anything is sent', async () => {
    const { page } = await guestPage();
    let uploads = 0;
    page.on(
      'request',
      (request) => (uploads += request.method() === 'POST' && /\/uploads/.test(request.url()) ? 1 : 0),
    );
    await page.locator('#choose').setInputFiles(fileOf('IMG_1.HEIC', sample('photo.heic'), 'image/heic'));
    const row = page.locator('[data-upload=unshowable]');
    await row.waitFor();
    expect(await row.getByRole('alert').textContent()).toContain('This browser cannot open this file');
    expect(uploads).toBe(0);
    // The host may still want it.
    await row.getByRole('button', { name: 'Send it to the host anyway' }).click();
    // The reason comes with the list, a moment after the status.
    await page.locator('[data-status=failed]', { hasText: 'The host has the original' }).waitFor();
    expect(uploads).toBe(1);
  });

  it('keeps trying, its picture in front of it, while the network is away', async () => {
    const { page } = await guestPage({ expects: /ERR_|Failed to load resource/ });
    let lost = 0;
    await page.route('**/uploads', async (route) => {
      lost += 1;
      await (lost < 3 ? route.abort() : route.continue());
    });
    await page.locator('#choose').setInputFiles(fileOf('party.webm', sample('short.webm'), 'video/webm'));
    await soon(() => lost).toBeGreaterThanOrEqual(3);
    await page.locator('[data-status=approved]').waitFor();
  });
});

it('a photo that turns out to be damaged is named, and no broken picture stands for it', async () => {
  const { page } = await guestPage();
  const poison = (await poisons()).find(({ name }) => name === 'Huffman tables of ones')!;
  await page.locator('#choose').setInputFiles(fileOf('IMG_4711.jpg', poison.bytes));
  const row = page.locator('[data-status=failed]');
  await row.getByText('IMG_4711.jpg').waitFor();
  await row.getByText('This photo is damaged').waitFor();
  expect(await row.locator('img').count()).toBe(0);
});

it('a file that is refused after the sheet was closed is not passed over in silence', async () => {
  const { page } = await guestPage({ expects: /status of 415/ });
  let release!: () => void;
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route('**/uploads', async (route) => {
    await held;
    await route.continue();
  });
  await page.locator('#choose').setInputFiles(fileOf('letter.jpg', textAsJpeg()));
  await page.keyboard.press('Escape');
  release();
  await page.getByText('1 file was not sent').waitFor();
  expect(await page.getByText('All photos sent').count()).toBe(0);
  await page.getByRole('button', { name: 'See why' }).click();
  await page.locator('[data-upload=refused]', { hasText: 'letter.jpg' }).waitFor();
});
