import { piecesOf } from './keep/bytes.ts';
import { BEAT_MS, hold, isHeld, LEASE_MS, letGo, showAlive } from './keep/lease.ts';
import { openSignal } from './keep/signal.ts';
import {
  canKeep,
  countChunks,
  dropUpload,
  listUploads,
  putUpload,
  putWish,
  takeWishes,
  type Wish,
} from './keep/store.ts';
import { isOpen } from './rules/queue-rules.ts';
import { afterReopening, isWorthKeeping, type Upload } from './rules/upload-rules.ts';

export interface Book {
  list(): readonly Upload[];
  find(key: string): Upload | undefined;
  add(uploads: Upload[]): void;
  change(key: string, to: (upload: Upload) => Upload): void;
  /** How far it has got; nothing of it is written down. */
  progress(key: string, fraction: number): void;
  drop(key: string): void;
  /** whether this tab is the one to do something about it */
  isMine(upload: Upload): boolean;
  /** Has it done here, or by the tab whose it is. */
  wish(wish: Wish): void;
  /** Asks to be the tab that sends. @returns whether this one is */
  lead(): Promise<boolean>;
  /** whether the device keeps what is chosen; null: not known yet */
  keeps(): boolean | null;
}

export interface BookOptions {
  event: string;
  tab: string;
  onChange: () => void;
  /** this tab may have more to do than before */
  onWork: () => void;
  onWish: (wish: Wish) => void;
  /** another tab sends from now on */
  onDeposed: () => void;
  /** somebody else has sent something: another tab, the service worker, or the last visit at its end */
  onSentElsewhere: (uploads: readonly Upload[]) => void;
}

/**
 * The uploads of one event as this page knows them, in step with the device and its other tabs. Each has one tab that
 * writes it: the one that reads its file, then the one that sends.
 */
export function openBook({ event, tab, onChange, onWork, onWish, onDeposed, onSentElsewhere }: BookOptions): Book {
  const leaseOfEvent = `send-${event}`;
  const leaseOfTab = (one: string) => `tab-${one}`;
  let uploads: Upload[] = [];
  let isKeeping: boolean | null = null;
  let isLeading = false;
  let heldUntil = 0;
  let asking: Promise<boolean> | null = null;
  let beating: ReturnType<typeof setInterval> | undefined;
  /** Others see that somebody is at a file before they see the file; and what is written of one, in its order. */
  let shown: Promise<unknown> = Promise.resolve();

  const isMine = (upload: Upload): boolean => upload.tab === tab || (upload.tab === null && isLeading);
  const find = (key: string): Upload | undefined => uploads.filter((upload) => upload.key === key)[0];
  const tell = openSignal(event, () => void follow(false));

  function set(next: Upload[]): void {
    uploads = next;
    onChange();
  }

  function write(upload: Upload | undefined): void {
    if (!isKeeping || !upload) return;
    shown.then(() => (isWorthKeeping(upload) ? putUpload(upload) : dropUpload(upload.key))).then(tell, () => undefined);
  }

  function change(key: string, to: (upload: Upload) => Upload): void {
    set(uploads.map((upload) => (upload.key === key ? to(upload) : upload)));
    write(find(key));
  }

  /** What others have written. @param isNew nothing that this tab sends is running yet: all of that is read anew */
  async function follow(isNew: boolean): Promise<void> {
    if (!isKeeping) return;
    if (isLeading) for (const wish of await takeWishes().catch(() => [])) onWish(wish);
    const kept = await listUploads(event).catch(() => null);
    if (!kept) return;
    const own = uploads.filter((upload) => (isNew ? upload.tab === tab : isMine(upload)));
    const others = kept.filter(({ key }) => !own.some((upload) => upload.key === key));
    const wasOpen = (key: string) => uploads.some((upload) => upload.key === key && upload.state.kind !== 'sent');
    const sent = others.filter(({ key, state }) => state.kind === 'sent' && wasOpen(key));
    set(own.concat(others).sort((one, other) => one.order - other.order));
    if (sent.length > 0) onSentElsewhere(sent);
    // A tab that sends may end without a word.
    if (uploads.some(isOpen)) watch();
    onWork();
  }

  /** Takes what nobody is at any more: of the tab that led before, and of tabs that were closed while they read files. */
  async function adopt(all: boolean): Promise<void> {
    for (const upload of uploads) {
      if (upload.tab === tab || (upload.tab === null && (!all || !isOpen(upload)))) continue;
      if (upload.tab !== null && (await isHeld(leaseOfTab(upload.tab)).catch(() => true))) continue;
      const there = await countChunks(upload.key).catch(() => 0);
      const found = afterReopening(upload, there, piecesOf(upload));
      if (find(upload.key) === upload) change(upload.key, () => found);
    }
  }

  /** Once at a time: who takes over twice would begin twice what is under way. */
  function lead(): Promise<boolean> {
    // Before what was left is taken over, nothing of it is begun.
    if (asking) return asking;
    if (!isKeeping || (isLeading && heldUntil - Date.now() > LEASE_MS / 2)) return Promise.resolve(isLeading);
    asking = askToLead().finally(() => (asking = null));
    return asking;
  }

  async function askToLead(): Promise<boolean> {
    const was = isLeading;
    const from = Date.now();
    const got = await hold(leaseOfEvent, tab);
    isLeading = got !== null;
    heldUntil = from + LEASE_MS;
    // Who sends has to go on saying so, also where nothing was chosen.
    if (isLeading) watch();
    // Late, as a busy phone is, but nobody else came: what is under way here is still so.
    if (got === 'taken' || (isLeading && !was)) {
      await follow(true);
      await adopt(true);
      onWork();
    }
    if (was && !isLeading) {
      onDeposed();
      await follow(false);
    }
    return isLeading;
  }

  /** Says that this tab is at work while there is any, and looks whether the others still are. */
  async function beat(): Promise<void> {
    const open = uploads.filter(isOpen);
    if (open.some((upload) => upload.tab === tab)) await hold(leaseOfTab(tab), tab);
    if (open.some((upload) => upload.tab !== tab)) await lead();
    if (isLeading) await adopt(false);
    // What another tab has told may have come too early; some browsers have no way of telling.
    if (!isLeading || typeof BroadcastChannel === 'undefined') await follow(false);
    if (open.length > 0 || beating === undefined) return;
    clearInterval(beating);
    beating = undefined;
    // Who does not look whether it still sends for all does not.
    if (isLeading) void letGo(leaseOfEvent, tab);
    isLeading = false;
  }

  function watch(): void {
    if (isKeeping && beating === undefined) beating = setInterval(() => void beat(), BEAT_MS);
  }

  async function open(): Promise<void> {
    isKeeping = await canKeep();
    if (isKeeping) {
      await showAlive(tab);
      const kept = await listUploads(event).catch(() => []);
      const sent = kept.filter(({ state }) => state.kind === 'sent');
      const isNew = ({ key, state }: Upload) => state.kind !== 'sent' && !find(key);
      set(kept.filter(isNew).concat(uploads));
      for (const { key } of sent) dropUpload(key).catch(() => undefined);
      for (const upload of uploads) if (upload.tab === tab) write(upload);
      if (sent.length > 0) onSentElsewhere(sent);
      if (uploads.length > 0) {
        watch();
        await lead();
      }
    }
    onChange();
    onWork();
  }
  void open();

  window.addEventListener('pagehide', () => {
    if (!isKeeping) return;
    if (isLeading) void letGo(leaseOfEvent, tab);
    void letGo(leaseOfTab(tab), tab);
    isLeading = false;
    onDeposed();
  });
  const wake = () => {
    if (document.visibilityState === 'visible' && uploads.some(isOpen)) void beat().then(onWork);
  };
  window.addEventListener('pageshow', wake);
  document.addEventListener('visibilitychange', wake);

  return {
    list: () => uploads,
    find,
    add(more) {
      shown = shown.then(() => hold(leaseOfTab(tab), tab));
      set(uploads.concat(more));
      for (const upload of more) write(upload);
      watch();
    },
    change,
    progress(key, fraction) {
      uploads = uploads.map((upload) =>
        upload.key === key && upload.state.kind === 'sending'
          ? { ...upload, state: { kind: 'sending', fraction } }
          : upload,
      );
      onChange();
    },
    drop(key) {
      set(uploads.filter((upload) => upload.key !== key));
      if (isKeeping) shown.then(() => dropUpload(key)).then(tell, () => undefined);
    },
    isMine,
    wish(wish) {
      const upload = find(wish.key);
      if (!upload) return;
      // What has ended is nobody's: whoever wants something of it does it.
      if (isMine(upload) || !isOpen(upload)) return onWish(wish);
      putWish(wish).then(tell, () => undefined);
    },
    lead,
    keeps: () => isKeeping,
  };
}
