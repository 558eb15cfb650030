import { expect, it } from 'vitest';
import { freshPhoto, join, send, untilStatus } from '../../support/people.ts';
import { DESK, setup } from '../setup.ts';

const { acme, atAcme, event } = setup();

it('an organiser shows a code, a phone scans it and decides, and is told when its access ends', async () => {
  const { slug } = await event({ name: 'Garden party' });
  const guest = await join(acme, slug);
  const id: string = (await send(acme, slug, guest, await freshPhoto())).json.photo.id;
  await untilStatus(acme, slug, guest, id, 'pending');

  const desk = await atAcme(`/admin/events/${slug}/helpers`, { viewport: DESK, as: 'operator@acme.com' });
  await desk.getByRole('button', { name: 'Invite a helper' }).click();
  await desk.getByLabel('Who is it for?').fill('Zoë at the bar');
  await desk.keyboard.press('Enter');
  const link = await desk.getByLabel('Link', { exact: true }).inputValue();
  await desk.getByRole('button', { name: 'Show large' }).click();
  await desk.locator('.code-large svg').waitFor();
  await desk.keyboard.press('Escape');

  const phone = await atAcme(link.slice(acme.origin.length), { expects: /status of 40[13]/ });
  await phone.getByRole('button', { name: 'Start helping' }).click();
  await phone.waitForURL(`**/admin/events/${slug}/photos`);
  await desk.getByText('Zoë at the bar is helping now').waitFor();
  await desk.getByRole('button', { name: 'Done' }).click();

  await phone.getByRole('button', { name: 'Approve', exact: true }).first().click();
  await untilStatus(acme, slug, guest, id, 'approved');

  const second = await atAcme(link.slice(acme.origin.length), { expects: /status of 40[13]/ });
  await second.getByRole('button', { name: 'Start helping' }).click();
  await second.getByText('This link has been used already').waitFor();

  await desk.getByRole('button', { name: 'End access: Zoë at the bar' }).click();
  await desk.getByRole('dialog').getByRole('button', { name: 'End access' }).click();
  await desk.locator('[data-state=revoked]').waitFor();
  await phone.getByText('Your help has ended').waitFor();
  expect(await phone.locator('img').count()).toBe(0);
});
