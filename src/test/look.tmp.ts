import { launchBrowser } from './support/browser.ts';
const port = 9130;
const shots = process.argv.slice(2);
const browser = await launchBrowser();
const sizes = { phone: { width: 390, height: 844 }, desk: { width: 1440, height: 900 } } as const;
for (const shot of shots) {
  const [path = '', size = 'desk', scheme = 'light', lang = 'en', name = 'x', email = 'admin@acme.com', host = 'acme'] = shot.split('|');
  const context = await browser.newContext({ viewport: sizes[size as 'phone'], colorScheme: scheme as 'light', locale: lang, reducedMotion: 'reduce' });
  const page = await context.newPage();
  page.on('console', (m) => m.type() === 'error' && !/401/.test(m.text()) && console.log(name, m.text()));
  page.on('pageerror', (e) => console.log(name, e.message));
  await page.goto(`http://${host}.localhost:${port}${path}`);
  await page.locator('#email').fill(email);
  await page.locator('#password').fill('password123');
  await page.locator('.sign-in button[type=submit]').click();
  await page.locator('main#main').waitFor();
  await page.waitForTimeout(1500);
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (over > 0) console.log(name, 'overflows by', over);
  await page.screenshot({ path: `/tmp/evw/${name}.png`, fullPage: true });
  await context.close();
}
await browser.close();
