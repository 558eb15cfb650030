import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { HUES, NEUTRALS } from '../../contract/theme/palette.ts';

/* What stands in until a tenant's own sheet is there has to be what that sheet would say. */
describe('the tokens of the style sheets', () => {
  const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');
  const [light = '', dark = ''] = css.split('@media (prefers-color-scheme: dark)');
  const blocks = { light, dark };
  const pairs = (['light', 'dark'] as const).flatMap((mode) =>
    Object.entries(NEUTRALS[mode]).map(([name, [l, c]]) => [mode, name, l, c] as const),
  );

  it.each(pairs)('in the %s mode have the same %s', (mode, name, l, c) => {
    const property = `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
    const found = new RegExp(`${property}: oklch\\(([\\d.]+) ([\\d.]+) ([\\d.]+)\\)`).exec(blocks[mode]);
    expect(found?.slice(1, 3).map(Number)).toEqual([l, c]);
    if (c > 0) expect(Number(found?.[3])).toBe(HUES.neutral.hue);
  });
});
