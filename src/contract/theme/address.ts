import type { DisplayFace } from './faces.ts';
import type { Colours } from './palette.ts';

/** What a look's style sheet is made of: nothing that a tenant typed but a colour that was parsed, and two words of ours. */
export interface Look extends Colours {
  displayFace: DisplayFace;
}

/** Address of that sheet. It says all that the sheet is made of, so that a copy that was kept is never out of date. */
export const themeUrl = ({ accent, temperature, displayFace }: Look): string =>
  `/theme.css?accent=${accent.slice(1)}&temperature=${temperature}&face=${displayFace}`;
