import type { GalleryBoot } from '../../contract/boot.ts';
import type * as words from '../../contract/messages/en/gallery.ts';
import { sayIn } from '../../contract/messages/say.ts';
import { readBoot } from '../shared/boot.ts';
import { readWords } from '../shared/words.ts';

const { locale } = readBoot<GalleryBoot>();
const own = readWords<Partial<typeof words>>();

/** What the guest's pages say, in the language of this page. */
export const t = sayIn<typeof words.guest>(locale, own.guest || ({} as typeof words.guest));
export const sayCode = sayIn<typeof words.codes>(locale, own.codes || ({} as typeof words.codes));
export const sayFailure = sayIn<typeof words.failures>(locale, own.failures || ({} as typeof words.failures));
