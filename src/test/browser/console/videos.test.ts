import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { freshPhoto, join, send, untilStatus } from '../../support/people.ts';
import { DESK, setup, soon } from '../setup.ts';

const { acme, atAcme, event } = setup();

it('a video at the desk is a poster until somebody plays it, by a link of its own', async () => {
  const { slug } = await event();
  const guest = await join(acme, slug, { name: 'Ada' });
  const sent = await acme(`/api/v1/events/${slug}/photos?preview=coming`, {
    method: 'POST',
    headers: { ...guest.headers, 'content-type': 'video/webm' },
    body: new Uint8Array(readFileSync(new URL('../../support/samples/short.webm', import.meta.url))),
  });
  const { id } = sent.json.photo;
  await acme(`/api/v1/events/${slug}/mine/${id}/preview`, {
    method: 'PUT',
    headers: guest.headers,
    body: await freshPhoto(960, 640),
  });
  await untilStatus(acme, slug, guest, id, 'pending');
  const page = await atAcme(`/admin/events/${slug}/photos`, { viewport: DESK, as: 'admin@acme.com' });
  await page.getByRole('img', { name: 'Video from Ada' }).waitFor();
  expect(await page.locator('.stage .moving').textContent()).toBe('0:01');
  expect(await page.locator('.stage video').count()).toBe(0);
  await page.getByRole('button', { name: 'Play the video' }).click();
  const video = page.locator('.stage video');
  await soon(() => video.evaluate((element: HTMLVideoElement) => element.videoWidth)).toBe(96);
});

it('a picture that moves can be seen moving before it is published', async () => {
  const { slug } = await event();
  const guest = await join(acme, slug, { name: 'Ada' });
  const frames = ['#7a3cff', '#ffb03c'].map((background) =>
    sharp({ create: { width: 320, height: 240, channels: 3, background } })
      .png()
      .toBuffer(),
  );
  const gif = await sharp(await Promise.all(frames), { join: { animated: true } })
    .gif({ delay: [200, 200] })
    .toBuffer();
  const sent = await send(acme, slug, guest, new Uint8Array(gif), { 'content-type': 'image/gif' });
  await untilStatus(acme, slug, guest, sent.json.photo.id, 'pending');
  const page = await atAcme(`/admin/events/${slug}/photos`, { viewport: DESK, as: 'admin@acme.com' });
  const picture = page.locator('.stage img');
  expect(await picture.getAttribute('src')).toMatch(/\.webp$/);
  await page.getByRole('button', { name: 'Let it move' }).click();
  await soon(() => picture.getAttribute('src')).toContain('/original?ticket=');
  await soon(() => picture.evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth)).toBe(320);
});
