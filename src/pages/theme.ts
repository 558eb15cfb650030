import type { Look } from '../contract/theme/address.ts';
import { faceProperties } from '../contract/theme/faces.ts';
import { derivePalettes, paletteProperties } from '../contract/theme/palette.ts';

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
