import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { DESK, setup, soon } from '../setup.ts';
import { CALM_TV, keptFiles, publish, steward } from '../wall/television.ts';

const { acme, atAcme, context, event } = setup();
const staff = await steward(acme);

/** Names under which this device remembers events. */
const remembered = (page: Page): Promise<string[]> =>
  page.evaluate(
    () =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open('momentique-wall');
        opening.onerror = () => reject(opening.error ?? new Error('no database'));
        opening.onsuccess = () => {
          const keys = opening.result.transaction('kept').objectStore('kept').getAllKeys();
          keys.onsuccess = () => {
            opening.result.close();
            resolve(keys.result.map(String).filter((key) => key.startsWith('event:')));
          };
        };
      }),
  );

it('a rehearsal is started and followed in the console, and a real screen forgets all of it', async () => {
  const startsAt = new Date(Date.now() + 3 * 86_400_000);
  const { id, slug } = await event({ moderation: 'after', starts_at: startsAt });
  const [real] = await publish(acme, slug, 1);
  const page = await atAcme(`/admin/events/${slug}/rehearsal`, { viewport: DESK, as: 'admin@acme.com' });
  await page.getByText('No screen to rehearse with').waitFor();

  const television = await atAcme('/pair', { context: await context(CALM_TV) });
  await staff.pair(television, slug, { layout: 'mosaic' });
  const ownFiles = await soon(async () => {
    const files = await keptFiles(television);
    return files.length > 0 ? files : null;
  })
    .not.toBeNull()
    .then(() => keptFiles(television));

  // The home of the event says that it could be rehearsed.
  await page.getByRole('link', { name: 'Home', exact: true }).click();
  await page.getByRole('link', { name: 'To the rehearsal' }).click();
  await page.getByText('1 screen takes part.').waitFor();
  await page.getByText('Quick check').click();
  await page.getByRole('button', { name: 'Start rehearsal' }).click();
  await page.locator('[data-phase=sending]').waitFor();
  await television
    .getByText(/^Rehearsal guest \d+$/)
    .first()
    .waitFor();
  await page.locator('.rehearsal-pictures img').first().waitFor();
  await soon(() => remembered(television)).not.toEqual([`event:${id}`]);

  await page.locator('.rehearsal-result').waitFor({ timeout: 60_000 });
  expect(await page.locator('.rehearsal-check:not(.rehearsal-good)').allInnerTexts()).toEqual([]);
  await page.getByRole('heading', { name: 'Everything is ready' }).waitFor();
  await page.getByText('9 of 9 green').waitFor();

  // The television shows what it showed before, and keeps nothing else.
  await television.locator(`[data-id="${real}"]`).first().waitFor();
  await soon(() => keptFiles(television)).toEqual(ownFiles);
  expect(await remembered(television)).toEqual([`event:${id}`]);
  expect(await television.getByText(/Rehearsal guest/).count()).toBe(0);
}, 120_000);
