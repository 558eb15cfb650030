import type { BootFormat } from '../../../contract/boot.ts';
import type { OwnPhoto } from '../../../contract/photos.ts';
import type { Refusal } from '../../shared/api.ts';
import { onPageWake } from '../../shared/page-wake.ts';
import { openBook } from './book.ts';
import { openIntake } from './intake.ts';
import { askForSync, askToKeep, prepareSync } from './keep/sync.ts';
import type { Wish } from './keep/store.ts';
import { isForAll } from './rules/failure-rules.ts';
import { canTryAgain, isOpen, nextToCopy, nextToPrepare, nextToSend, nextWake } from './rules/queue-rules.ts';
import { needsReading, reread, type Upload } from './rules/upload-rules.ts';
import { cancelAtServer } from './send/cancel.ts';
import { isOnWifi, onNetworkChange, sendsFast, setFast } from './settings.ts';
import { openThumbs } from './thumbs.ts';
import { openWork, randomKey } from './work.ts';

export interface Outbox {
  uploads(): readonly Upload[];
  /** Address of a small picture of a file; null while there is none. */
  preview(key: string): string | null;
  /** The row of an upload has come into view. */
  seen(key: string): void;
  add(files: File[]): void;
  wish(wish: Wish): void;
  /** The same for all that is still on its way. */
  wishAll(kind: 'pause' | 'resume' | 'retry' | 'send-original'): void;
  keepLocation(keeps: boolean): void;
  /** whether smaller copies go first */
  isFast(): boolean;
  setFast(isFast: boolean): void;
  /** whether what was chosen outlives this page; null: not known yet */
  keeps(): boolean | null;
  /** the guest has joined (again): what was held goes on */
  resume(): void;
  /** Forgets everything that has not been sent, here and at the server. */
  clear(): void;
}

export interface OutboxOptions {
  event: string;
  formats: readonly BootFormat[];
  /** version of the consent text that the guest has agreed to; null where none is asked for */
  consentVersion: () => string | null;
  /** An own photo; null: there is no such photo any more; undefined: not known. */
  photoOf: (id: string) => OwnPhoto | null | undefined;
  onChange: () => void;
  onSent: (photo: OwnPhoto) => void;
  /** something was sent by another tab or while this page was closed */
  onSentElsewhere: () => void;
  onHeld: () => void;
  /** it was refused, for good or for now */
  onRefused: (refusal: Refusal) => void;
}

const DRAW_EVERY_MS = 40;

/** Sends files in the order of choosing, two at a time, and does not give up; the rules are in `rules/`. */
export function openOutbox(options: OutboxOptions): Outbox {
  const { event, formats } = options;
  const tab = randomKey();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isPumping = false;
  let isAgain = false;
  let drawing: ReturnType<typeof setTimeout> | undefined;

  /** Of many changes in one moment all are drawn at once: there may be fifty rows. */
  function onChange(): void {
    drawing ??= setTimeout(() => {
      drawing = undefined;
      options.onChange();
    }, DRAW_EVERY_MS);
  }

  const book = openBook({
    event,
    tab,
    onChange,
    onWork: () => void pump(),
    onWish: apply,
    onDeposed: () => book.list().forEach(({ key }) => work.halt(key)),
    onSentElsewhere(sent) {
      for (const { key } of sent) work.forget(key);
      options.onSentElsewhere();
    },
  });
  const work = openWork(book, { ...options, event, formats });
  const thumbs = openThumbs(book, work.held);

  const wantsSending = ({ state: { kind } }: Upload): boolean =>
    kind === 'queued' || kind === 'retrying' || (kind === 'copied' && isOnWifi());

  async function pump(): Promise<void> {
    isAgain = isPumping;
    if (isPumping) return;
    isPumping = true;
    clearTimeout(timer);
    // What an earlier visit has left may have to be sent after this one as well.
    if (book.list().some(isOpen)) prepareSync(location.pathname);
    const own = () => book.list().filter(book.isMine);
    // Before the device has said whether it keeps anything, nothing is read.
    const unread = book.keeps() === null ? null : nextToCopy(own());
    if (unread) void run(work.copy(unread));
    if (book.list().some((upload) => upload.tab === null && wantsSending(upload))) await book.lead();
    if (isOnWifi())
      for (const { key, state } of own()) if (state.kind === 'copied') apply({ kind: 'send-original', key });
    const unprepared = nextToPrepare(own());
    if (unprepared) void run(work.prepare(unprepared));
    for (const upload of nextToSend(own(), Date.now())) void run(work.send(upload).then(() => settle(upload.key)));
    const wait = nextWake(own(), Date.now());
    if (wait !== null) timer = setTimeout(() => void pump(), Math.max(50, wait));
    isPumping = false;
    if (isAgain) void pump();
  }

  const run = (step: Promise<void>): Promise<void> => step.then(pump);

  /** What became of one may be so for all, or be something only the guest can change. */
  function settle(key: string): void {
    const upload = book.find(key);
    if (!upload) return;
    if (upload.state.kind === 'held') options.onHeld();
    if (!isForAll(upload)) return;
    const { state } = upload;
    for (const other of book.list()) {
      if (book.isMine(other) && (other.state.kind === 'queued' || other.state.kind === 'retrying')) {
        book.change(other.key, (one) => ({ ...one, state }));
      }
    }
  }

  const queued = (upload: Upload): Upload => ({ ...upload, isPaused: false, attempts: 0, state: { kind: 'queued' } });

  function apply(wish: Wish): void {
    const { key } = wish;
    const upload = book.find(key);
    if (!upload) return;
    if (wish.kind === 'location') book.change(key, (one) => ({ ...one, keepsLocation: wish.keeps }));
    if (wish.kind === 'pause') {
      book.change(key, (one) => ({ ...one, isPaused: true }));
      work.halt(key);
    }
    if (wish.kind === 'resume') book.change(key, (one) => ({ ...one, isPaused: false }));
    if (wish.kind === 'send-anyway' || wish.kind === 'retry') {
      // The words to agree to may be others by now.
      const consent = options.consentVersion();
      const isUnread = needsReading(upload);
      if (isUnread && upload.place) cancelAtServer(upload.place);
      book.change(key, (one) => ({
        ...(isUnread ? reread(one, randomKey()) : queued(one)),
        tab: one.stored === 'kept' ? null : tab,
        consent: consent || one.consent,
      }));
    }
    if (wish.kind === 'send-original' && upload.state.kind === 'copied') book.change(key, queued);
    if (wish.kind === 'remove') {
      work.halt(key);
      work.forget(key);
      thumbs.forget(key);
      if (upload.place && upload.state.kind !== 'sent') cancelAtServer(upload.place);
      book.drop(key);
    }
    void pump();
  }

  const intake = openIntake({
    event,
    tab,
    formats,
    consentVersion: options.consentVersion,
    book,
    files: work.files,
    onReplaced: (key) => apply({ kind: 'remove', key }),
    onTaken: () => void pump(),
  });

  const isRetrying = ({ state }: Upload) => state.kind === 'retrying';
  onPageWake(() => {
    for (const upload of book.list()) {
      if (book.isMine(upload) && isRetrying(upload))
        book.change(upload.key, (one) => ({ ...one, state: { kind: 'queued' } }));
    }
    void pump();
  });
  onNetworkChange(() => void pump());
  const leave = () => {
    if (book.list().some((upload) => isOpen(upload) && upload.stored === 'kept' && !upload.isPaused)) askForSync();
  };
  window.addEventListener('pagehide', leave);
  document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && leave());
  window.addEventListener('beforeunload', (leaving) => {
    // What is kept goes on when the page is opened again.
    if (!intake.isTaking() && !book.list().some((upload) => isOpen(upload) && upload.tab === tab)) return;
    leaving.preventDefault();
    leaving.returnValue = '';
  });

  return {
    uploads: book.list,
    preview: thumbs.address,
    seen: thumbs.make,
    add(files) {
      intake.add(files);
      askToKeep();
    },
    wish: book.wish,
    wishAll(kind) {
      for (const upload of book.list()) {
        const isMeant =
          kind === 'retry'
            ? canTryAgain(upload)
            : kind === 'send-original'
              ? upload.state.kind === 'copied'
              : isOpen(upload);
        if (isMeant) book.wish({ kind, key: upload.key });
      }
    },
    keepLocation(keeps) {
      for (const { key, isLocated, state } of book.list()) {
        if (isLocated && state.kind !== 'sent') book.wish({ kind: 'location', key, keeps });
      }
    },
    isFast: sendsFast,
    setFast(isFast) {
      setFast(isFast);
      onChange();
    },
    keeps: book.keeps,
    resume() {
      for (const upload of book.list()) {
        if (upload.state.kind === 'held' && book.isMine(upload)) book.change(upload.key, queued);
      }
      void pump();
    },
    clear() {
      intake.clear();
      for (const { key } of book.list()) apply({ kind: 'remove', key });
    },
  };
}
