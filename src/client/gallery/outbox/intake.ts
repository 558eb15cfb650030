import type { BootFormat } from '../../../contract/boot.ts';
import type { Book } from './book.ts';
import { isChosenTwice, replacedBy } from './rules/queue-rules.ts';
import { newUpload, type Upload } from './rules/upload-rules.ts';
import { sendsFast } from './settings.ts';
import { randomKey } from './work.ts';

/** A browser goes to the disk for the size of each file that was chosen, and each gets a row: fifty at once are felt. */
const TAKE_AT_ONCE = 4;
const TAKE_EVERY_MS = 40;

export interface IntakeOptions {
  event: string;
  tab: string;
  formats: readonly BootFormat[];
  consentVersion: () => string | null;
  book: Book;
  /** where the files are found while this page has them, by the keys of their uploads */
  files: Map<string, File>;
  /** it is chosen again */
  onReplaced: (key: string) => void;
  /** some are in the book now */
  onTaken: () => void;
}

/** Takes files into the book, in the order of choosing and a few at a time, so that the page stays quick. */
export function openIntake({ book, files, onReplaced, onTaken, consentVersion, ...common }: IntakeOptions) {
  let chosen: File[] = [];
  let taking: ReturnType<typeof setTimeout> | undefined;
  let order = 0;

  function take(): void {
    taking = undefined;
    // Nobody waits for a page that is not seen, and its timers are slow.
    const some = document.hidden ? chosen : chosen.slice(0, TAKE_AT_ONCE);
    chosen = chosen.slice(some.length);
    book.add(some.map(enter));
    if (chosen.length > 0) taking = setTimeout(take, TAKE_EVERY_MS);
    setTimeout(onTaken);
  }

  function enter(file: File): Upload {
    const key = randomKey();
    order = Math.max(order + 0.001, Date.now());
    // Each of these is asked of the disk whenever it is read.
    const { name, size, type, lastModified } = file;
    const facts = { name, size, type, lastModified };
    const upload = newUpload(facts, { ...common, key, order, isFast: sendsFast(), consent: consentVersion() });
    const replaced = replacedBy(book.list(), facts);
    if (replaced) onReplaced(replaced.key);
    if (isChosenTwice(book.list(), facts)) return { ...upload, state: { kind: 'duplicate', of: 'chosen' } };
    if (upload.state.kind === 'queued') files.set(key, file);
    return upload;
  }

  return {
    add(more: File[]) {
      chosen = chosen.concat(more);
      taking ??= setTimeout(take);
    },
    isTaking: () => chosen.length > 0,
    clear() {
      chosen = [];
    },
  };
}
