import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { freshPhoto, join, untilStatus } from '../../support/people.ts';
import { DESK, setup, signInAt, soon } from '../setup.ts';

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
  const page = await atAcme(`/admin/events/${slug}/photos`, { viewport: DESK });
  await signInAt(page);
  await page.getByRole('img', { name: 'Video from Ada' }).waitFor();
  expect(await page.locator('.stage .moving').textContent()).toBe('0:01');
  expect(await page.locator('.stage video').count()).toBe(0);
  await page.getByRole('button', { name: 'Play the video' }).click();
  const video = page.locator('.stage video');
  await soon(() => video.evaluate((element: HTMLVideoElement) => element.videoWidth)).toBe(96);
});
