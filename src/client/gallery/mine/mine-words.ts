import type { mine as words } from '../../../contract/messages/en/mine.ts';
import { sayIn } from '../../../contract/messages/say.ts';
import type { Locale } from '../../../contract/messages/shape.ts';

export type MineWords = { readonly [K in keyof typeof words]: unknown };

let say = sayIn<typeof words>('en', {} as MineWords);

export function setWords(locale: Locale, mine: MineWords): void {
  say = sayIn<typeof words>(locale, mine);
}

/** What the view of own photos says, in the language of this page. */
export const m: typeof say = (key, params) => say(key, params);
