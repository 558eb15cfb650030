import { describe, expect, it } from 'vitest';
import { themeSchema } from '../contract/tenants.ts';
import { themeUrl } from '../contract/theme/address.ts';
import { DISPLAY_FACES } from '../contract/theme/faces.ts';
import { TEMPERATURES } from '../contract/theme/palette.ts';
import { themeCss } from './theme.ts';

describe('a theme’s style sheet', () => {
  it('has colours of both modes and a face', () => {
    const css = themeCss(themeSchema.parse({ accent: '#e11d48', displayFace: 'serif' }));
    expect(css.match(/--accent:#[0-9a-f]{6};/g)).toHaveLength(2);
    expect(css).toContain("--display:'Momentique Serif'");
  });

  it('cannot be made to say anything else', () => {
    const stored = { accent: '#fff}body{display:none', temperature: 'hot;x', displayFace: "'Evil'", logo: 7 };
    const css = themeCss(themeSchema.parse(stored));
    expect(css).toBe(themeCss(themeSchema.parse({})));
    expect(css.match(/[{}]/g)).toHaveLength(6);
  });

  it('has an address of its own for every look', () => {
    const urls = ['#7a3cff', '#e11d48'].flatMap((accent) =>
      TEMPERATURES.flatMap((temperature) =>
        DISPLAY_FACES.map((displayFace) => themeUrl({ accent, temperature, displayFace })),
      ),
    );
    expect(new Set(urls).size).toBe(2 * TEMPERATURES.length * DISPLAY_FACES.length);
    for (const url of urls) expect(url).toMatch(/^\/theme\.css\?accent=[0-9a-f]{6}&temperature=[a-z]+&face=[a-z]+$/);
  });
});
