import { render } from 'preact';
import type { GalleryBoot } from '../../contract/boot.ts';
import type { LiveFrame } from '../shared/live-frames.ts';
import type { Refusal } from '../shared/api.ts';
import { byId } from '../shared/boot.ts';
import { showToast } from '../shared/toast.ts';
import { ProgressLine } from './add-sheet.tsx';
import { Front, type What } from './front.tsx';
import { trackConsent } from './mine/consent-state.ts';
import { gatherNews } from './mine/news.ts';
import { loadMine } from './mine/open.tsx';
import { trackOwnPhotos } from './mine/own-photos.ts';
import { openOutboxLater } from './outbox/later.ts';
import { isFailed, progressOf } from './outbox/rules/queue-rules.ts';
import { openSession } from './session.ts';
import { t } from './words.ts';

/** What the page of photos is asked by what a guest does in it. */
export interface Page {
  boot: GalleryBoot;
  /** of the card that was scanned; the page is the same for everybody, so it stands in the address only */
  tableCode: string | undefined;
  canUpload(): boolean;
  /** guests see nobody's photos until their reveal */
  isHidden(): boolean;
  /** opens the live connection anew, as whoever this device is now */
  connect(): void;
}

export interface Guest {
  open(what: What): void;
  onFrame(frame: LiveFrame): void;
  /** The event is another now. `isDeveloped`: all may see what nobody could. */
  onEvent(shows: boolean, isDeveloped: boolean): void;
}

/** Everything that a guest does beside looking: joining, sending, telling the host, and what is theirs. */
export function openGuest({ boot, tableCode, canUpload, isHidden, connect }: Page): Guest {
  const { event, locale } = boot;
  let what: What | null = null;
  let wasSending = false;
  let unsay = (): void => undefined;

  const own = trackOwnPhotos(event.id, draw, () => showToast(t('deleteFailed')));
  const consent = trackConsent(event.id, boot.consent, (isAgreed) => {
    if (isAgreed) outbox.wishAll('retry');
    draw();
  });
  const outbox = openOutboxLater({
    event: event.id,
    formats: boot.formats,
    onChange: draw,
    consentVersion() {
      const version = consent.agreed();
      return version === null ? null : String(version);
    },
    photoOf: (id) => own.find(id),
    onSent: (photo) => own.put(photo),
    onSentElsewhere: () => void own.refresh(),
    onRefused: askConsent,
    onHeld() {
      own.ended();
      open({ kind: 'add' });
    },
  });
  const session = openSession(event.id, tableCode, joined);
  const tell = gatherNews(({ kind, count }) => say(t(kind === 'shown' ? 'newsShown' : 'newsPublished', { count })));

  /** Good news; whoever is being asked something finds it in the list afterwards. */
  function say(text: string): void {
    if (!document.querySelector('.overlay-dialog')) unsay = showToast(text);
  }

  /** The words to agree to are others than this page has shown: what was refused goes on when they are agreed to. */
  function askConsent(refusal: Refusal): void {
    const asked = refusal.problem && refusal.problem.consent;
    if (refusal.code !== 'consent.required' || !asked) return;
    consent.renew(asked);
    if (!what) open({ kind: 'add' });
  }

  function joined(): void {
    own.joined();
    outbox.resume();
    connect();
  }

  function changed(isSomebody: boolean): void {
    if (isSomebody) {
      joined();
      return void own.refresh();
    }
    outbox.clear();
    own.forget();
    // The room has let go of whoever this was.
    connect();
  }

  function open(next: What): void {
    what = next;
    // What is opened says it as well, and is not to be covered.
    unsay();
    draw();
    if (next.kind === 'report') return;
    const takeSeat = () => next.kind !== 'arrival' && own.session() === 'joined' && session.takeSeat();
    if (own.session() === 'unknown') void own.refresh().then(takeSeat);
    else takeSeat();
  }

  const openMine = () => open({ kind: 'mine' });

  function close(): void {
    what = null;
    draw();
  }

  function remove(id: string): void {
    const back = own.deleteSoon(id);
    showToast(t('deleted'), { label: t('undo'), run: back });
  }

  /** What became of a batch, said once: whoever has closed the sheet would take silence for success. */
  function sayDone(): void {
    const count = outbox.uploads().filter(isFailed).length;
    if (count === 0) say(t('progressDone'));
    else if (!what) showToast(t('notSent', { count }), { label: t('seeWhy'), run: openMine });
  }

  function draw(): void {
    const app = byId('app');
    const line = byId('bar-line');
    const front = { what, boot, own, outbox, session, consent, open, close, onDelete: remove, onChanged: changed };
    if (app) render(<Front {...front} canUpload={canUpload()} isHidden={isHidden()} />, app);
    const { open: count, paused, fraction } = progressOf(outbox.uploads());
    if (wasSending && count === 0 && outbox.uploads().length > 0) sayDone();
    wasSending = count > 0;
    if (!line) return;
    const isPaused = paused === count;
    render(
      count > 0 ? <ProgressLine open={count} isPaused={isPaused} fraction={fraction} onOpen={openMine} /> : null,
      line,
    );
  }

  const mine = byId('bar-mine');
  // Under way while the finger is still down.
  if (mine) mine.addEventListener('pointerdown', () => void loadMine(locale).catch(() => undefined));

  return {
    open,
    onEvent(shows, isDeveloped) {
      if (!shows && what && what.kind === 'report') what = null;
      if (isDeveloped && own.session() === 'joined') void own.refresh();
      draw();
    },
    onFrame(frame) {
      if (frame.type === 'hello' && own.session() === 'joined') void own.refresh();
      if (frame.type === 'photo.shown') {
        own.setShown(frame.id, frame.at);
        tell({ kind: 'shown', photoId: frame.id });
      }
      if (frame.type !== 'photo.status') return;
      const isNews = frame.status === 'approved' && event.moderation === 'before' && !isHidden();
      if (isNews && !own.isPublished(frame.id)) tell({ kind: 'published', photoId: frame.id });
      own.setStatus(frame.id, frame.status);
    },
  };
}
