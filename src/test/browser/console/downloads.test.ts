import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { locatedJpeg, secretsIn } from '../../support/located-files.ts';
import { join, send, untilStatus } from '../../support/people.ts';
import { DESK, setup } from '../setup.ts';

const { acme, atAcme, event } = setup();

async function deskOf(email: string) {
  const { slug } = await event();
  const guest = await join(acme, slug);
  const bytes = await locatedJpeg();
  const sent = await send(acme, slug, guest, bytes);
  await untilStatus(acme, slug, guest, sent.json.photo.id, 'pending');
  const page = await atAcme(`/admin/events/${slug}/photos`, { viewport: DESK, as: email });
  const button = (name: string) => page.locator('.inspector').getByRole('button', { name: new RegExp(`^${name}`) });
  const keep = async (name: string) => {
    const [download] = await Promise.all([page.waitForEvent('download'), button(name).click()]);
    return readFile(await download.path());
  };
  return { page, bytes, button, keep };
}

describe('the file behind a photo that waits', () => {
  it('is kept without its place, and as it was received', async () => {
    const { bytes, keep } = await deskOf('operator@acme.com');
    expect(secretsIn(await keep('Download'))).toEqual([]);
    expect((await keep('As received')).equals(bytes)).toBe(true);
  });

  it('is a viewer’s without its place only, and they are told why', async () => {
    const { page, button, keep } = await deskOf('viewer@acme.com');
    expect(secretsIn(await keep('Download'))).toEqual([]);
    // A hand does not know that it cannot be used; the test's would wait until it can.
    await button('As received').click({ force: true });
    await page.locator('#toasts, .toasts').getByText('Only owners, admins and members').first().waitFor();
  });
});
