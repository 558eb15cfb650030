import { describe, expect, it } from 'vitest';
import { contrast } from './colours.ts';
import { CONTROL_CONTRAST, derivePalettes, TEMPERATURES, TEXT_CONTRAST, type Mode, type Palette } from './palette.ts';

/** The corners, greys and near misses, then a thousand that nobody picked: a small generator, so that each run has the same. */
function accents(): string[] {
  const all = ['#7a3cff', '#ffffff', '#000000', '#ffff00', '#00ffff', '#0000ff', '#808080', '#757575', '#010101'];
  let state = 20261121;
  for (let i = 0; i < 1000; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    all.push(`#${(state >>> 8).toString(16).padStart(6, '0')}`);
  }
  return all;
}

const MODES: Mode[] = ['light', 'dark'];
const SURFACES = ['surface', 'surfaceRaised', 'surfaceSunken', 'accentSoft'] as const;

/** The pair of a palette that stands out least: [contrast, names]. */
function least(palette: Palette, inks: (keyof Palette)[], grounds: readonly (keyof Palette)[]): [number, string] {
  let worst: [number, string] = [21, ''];
  for (const ink of inks) {
    for (const ground of grounds) {
      const value = contrast(palette[ink], palette[ground]);
      if (value < worst[0]) worst = [value, `${ink} ${palette[ink]} on ${ground} ${palette[ground]}`];
    }
  }
  return worst;
}

describe('contrast', () => {
  it('is measured as WCAG does', () => {
    expect(contrast('#ffffff', '#000000')).toBeCloseTo(21, 5);
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
  });
});

describe.each(TEMPERATURES)('a palette of %s neutrals', (temperature) => {
  it('has legible text and visible controls on every surface, in both modes, for any accent', () => {
    const failures: string[] = [];
    for (const accent of accents()) {
      const palettes = derivePalettes({ accent, temperature });
      for (const mode of MODES) {
        const palette = palettes[mode];
        const text = least(palette, ['text', 'textQuiet', 'accentText'], SURFACES);
        const fill = least(palette, ['onAccent'], ['accent']);
        const control = least(palette, ['accentLine', 'lineStrong'], SURFACES);
        if (text[0] < TEXT_CONTRAST) failures.push(`${accent} ${mode}: text ${text.join(' ')}`);
        if (fill[0] < TEXT_CONTRAST) failures.push(`${accent} ${mode}: fill ${fill.join(' ')}`);
        if (control[0] < CONTROL_CONTRAST) failures.push(`${accent} ${mode}: control ${control.join(' ')}`);
      }
    }
    expect(failures).toEqual([]);
  });

  it('has surfaces that can be told apart from each other', () => {
    const { light, dark } = derivePalettes({ accent: '#7a3cff', temperature });
    for (const palette of [light, dark]) {
      expect(new Set(SURFACES.map((name) => palette[name])).size).toBe(SURFACES.length);
    }
  });
});

describe('a palette', () => {
  it('keeps an accent as it is where it is legible', () => {
    expect(derivePalettes({ accent: '#7a3cff', temperature: 'neutral' }).light.accent).toBe('#7a3cff');
  });

  it('takes nothing but a colour', () => {
    const stranger = derivePalettes({ accent: '#fff}body{display:none', temperature: 'neutral' });
    expect(stranger).toEqual(derivePalettes({ accent: '#7a3cff', temperature: 'neutral' }));
  });

  it('is warm or cool as its temperature says', () => {
    const red = (hex: string) => Number.parseInt(hex.slice(1, 3), 16);
    const blue = (hex: string) => Number.parseInt(hex.slice(5, 7), 16);
    const sunken = (temperature: (typeof TEMPERATURES)[number]) =>
      derivePalettes({ accent: '#7a3cff', temperature }).light.surfaceSunken;
    expect(red(sunken('warm'))).toBeGreaterThan(blue(sunken('warm')));
    expect(red(sunken('cool'))).toBeLessThan(blue(sunken('cool')));
  });
});
