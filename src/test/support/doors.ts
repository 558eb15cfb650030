import type { Page } from 'playwright-core';

/* Steps to a state that several parts of the tests look at. */

/** At `/receipt`, until it says that this is none. */
export async function askBadReceipt(page: Page): Promise<void> {
  await page.locator('#receipt').fill('nothing');
  await page.locator('form button[type=submit]').click();
  await page.locator('[role=alert]').waitFor();
}

/** At the door of an event with a PIN, until it says that this is not it. */
export async function tryWrongPin(page: Page): Promise<void> {
  await page.locator('#pin').fill('1111');
  await page.locator('button[type=submit]').click();
  await page.locator('#pin-error').waitFor();
}
