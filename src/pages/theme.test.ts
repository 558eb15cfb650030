import { describe, expect, it } from 'vitest';
import { contrast, deriveAccents, themeCss, themeUrl } from './theme.ts';

const ACCENTS = [
  '#7a3cff',
  '#ffffff',
  '#000000',
  '#ffff00',
  '#808080',
  '#e11d48',
  '#00ff88',
  '#010101',
  '#757575',
  '#f5e9d3',
];
/** the darkest light surface and the lightest dark one that text stands on */
const SURFACES = { light: '#eff0f5', dark: '#232228' };

describe('a tenant’s accent', () => {
  it('measures contrast as WCAG does', () => {
    expect(contrast('#ffffff', '#000000')).toBeCloseTo(21, 5);
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
  });

  it.each(ACCENTS)('%s gives readable text and visible lines in both modes', (accent) => {
    const derived = deriveAccents({ accent, logo: null });
    for (const mode of ['light', 'dark'] as const) {
      const { accent: fill, onAccent, accentText, accentLine } = derived[mode];
      expect(contrast(fill, onAccent)).toBeGreaterThanOrEqual(4.5);
      expect(contrast(accentText, SURFACES[mode])).toBeGreaterThanOrEqual(4.5);
      expect(contrast(accentLine, SURFACES[mode])).toBeGreaterThanOrEqual(3);
    }
  });

  it('cannot smuggle anything into the style sheet', () => {
    const css = themeCss({ accent: '#fff}body{display:none', logo: null });
    expect(css).not.toContain('display');
    expect(css.match(/[{}]/g)).toHaveLength(6);
  });

  it('has an address of its own for every colour', () => {
    const urls = ACCENTS.map((accent) => themeUrl({ accent, logo: null }));
    expect(new Set(urls).size).toBe(ACCENTS.length);
    for (const url of urls) expect(url).toMatch(/^\/theme\.css\?v=[0-9a-f]+$/);
  });
});
