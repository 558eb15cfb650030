import type { PreviewBoot, ScreenBoot, WallBoot } from '../../contract/boot.ts';
import type * as words from '../../contract/messages/en/wall.ts';
import { sayIn } from '../../contract/messages/say.ts';
import { readBoot } from '../shared/boot.ts';
import { readWords } from '../shared/words.ts';

const own = readWords<Partial<typeof words>>();

export const boot = readBoot<WallBoot | ScreenBoot | PreviewBoot>();
/** What walls say, in the language of this page. */
export const t = sayIn<typeof words.wall>(boot.locale, own.wall || ({} as typeof words.wall));
