import type { Theme } from '../contract/tenants.ts';
import { faceProperties } from '../contract/theme/faces.ts';
import { derivePalettes, paletteProperties } from '../contract/theme/palette.ts';

/** What a style sheet is made of: nothing that a tenant typed but a colour that was parsed, and two words of ours. */
type Look = Pick<Theme, 'accent' | 'temperature' | 'displayFace'>;

const declarations = (properties: [name: string, value: string][]) =>
  properties.map(([name, value]) => `${name}:${value}`).join(';');

/** The style sheet of one look, served at `/theme.css`. */
export function themeCss(look: Look): string {
  const { light, dark } = derivePalettes(look);
  return (
    `:root{${declarations([...paletteProperties(light, 'light'), ...faceProperties(look.displayFace)])}}\n` +
    `@media (prefers-color-scheme:dark){:root{${declarations(paletteProperties(dark, 'dark'))}}}\n`
  );
}

/** Address of that sheet. It says all that the sheet is made of, so that a copy that was kept is never out of date. */
export const themeUrl = ({ accent, temperature, displayFace }: Look): string =>
  `/theme.css?accent=${accent.slice(1)}&temperature=${temperature}&face=${displayFace}`;
