import type { Page } from 'playwright-core';

export const SIZES = {
  phone: [390, 844],
  tablet: [820, 1180],
  desk: [1440, 900],
  wall: [1920, 1080],
  wall4k: [3840, 2160],
} as const;
export type Size = keyof typeof SIZES;

export interface Shot {
  name: string;
  /** host without the port, then the path */
  at: string;
  /** brings the page into the state that is to be seen */
  arrange?: (page: Page) => Promise<void>;
  sizes?: readonly Size[];
  englishOnly?: boolean;
}

export const signIn =
  (email: string, password = 'password123') =>
  async (page: Page) => {
    await page.locator('#email').fill(email);
    await page.locator('#password').fill(password);
    await page.locator('.sign-in button[type=submit]').click();
  };
