import { render } from 'preact';
import './gallery.css';
import { readTableCode, TABLE_PARAMETER } from '../../contract/table-codes.ts';
import type { Refusal } from '../shared/api.ts';
import { byId, readBoot } from '../shared/boot.ts';
import { showToast } from '../shared/toast.ts';
import { ProgressLine } from './add-sheet.tsx';
import { Front, type What } from './front.tsx';
import { takeGrid } from './grid.ts';
import { keepPlainForm } from './in-app.ts';
import { installLightbox } from './lightbox.ts';
import { followEvent } from './live.ts';
import { trackConsent } from './mine/consent-state.ts';
import type { Consent, MineBoot } from './mine/me.ts';
import { readArrival } from './mine/move/arrival-rules.ts';
import { gatherNews } from './mine/news.ts';
import { loadMine } from './mine/open.tsx';
import { trackOwnPhotos } from './mine/own-photos.ts';
import { openOutboxLater } from './outbox/later.ts';
import { isFailed, progressOf } from './outbox/rules/queue-rules.ts';
import { openSession } from './session.ts';
import { t } from './words.ts';

const boot = readBoot<MineBoot>();
const { event, locale } = boot;

const plainForm = byId('add');
const isPlain = keepPlainForm(plainForm);

let what: What | null = null;
let canUpload = boot.canUpload;
const held = byId('held');
let isHidden = !boot.shows && !(held && !held.hidden);

const lightbox = installLightbox(event.timeZone, locale, boot.downloads, (id, picture) =>
  open({ kind: 'report', id, picture }),
);
const grid = takeGrid(event.name, (id) => lightbox.drop(id));
const own = trackOwnPhotos(event.id, draw, () => showToast(t('deleteFailed')));
const consent = trackConsent(event.id, boot.consent || null, (isAgreed) => {
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
const tell = gatherNews(({ kind, count }) => showToast(t(kind === 'shown' ? 'newsShown' : 'newsPublished', { count })));
const live = followEvent(boot, {
  grid,
  onEvent(state) {
    if (!state.shows) {
      lightbox.close();
      if (what && what.kind === 'report') what = null;
    }
    if (state.uploads && !canUpload) showToast(t('uploadsOpened'));
    canUpload = state.uploads;
    if (isHidden && state.shows && boot.camera) develop();
    isHidden = !state.shows && !state.held;
    draw();
  },
  onFrame(frame) {
    if (frame.type === 'hello' && own.session() === 'joined') void own.refresh();
    if (frame.type === 'photo.status') {
      const isNews = frame.status === 'approved' && event.moderation === 'before' && !isHidden;
      if (isNews && !own.isPublished(frame.id)) tell({ kind: 'published', photoId: frame.id });
      own.setStatus(frame.id, frame.status);
    }
  },
});
const tableCode = readTableCode(new URLSearchParams(location.search).get(TABLE_PARAMETER));
const session = openSession(event.id, tableCode, joined);

/** The words to agree to are others than this page has shown: what was refused goes on when they are agreed to. */
function askConsent(refusal: Refusal): void {
  const asked = refusal.problem && (refusal.problem as { consent?: Consent }).consent;
  if ((refusal.code as string | null) !== 'consent.required' || !asked) return;
  consent.renew(asked);
  if (!what) open({ kind: 'add' });
}

/** The films of all guests, at the same moment. */
function develop(): void {
  document.body.classList.add('developing');
  showToast(t('filmDeveloped'));
  if (own.session() === 'joined') void own.refresh();
}

function joined(): void {
  own.joined();
  outbox.resume();
  live.connect();
}

function changed(isSomebody: boolean): void {
  if (isSomebody) {
    joined();
    return void own.refresh();
  }
  outbox.clear();
  own.forget();
  live.connect();
  close();
}

function open(next: What): void {
  if (next.kind === 'add' && isPlain) return plainForm?.scrollIntoView();
  what = next;
  draw();
  if (next.kind === 'report') return;
  const takeSeat = () => next.kind !== 'arrival' && own.session() === 'joined' && session.takeSeat();
  if (own.session() === 'unknown') void own.refresh().then(takeSeat);
  else takeSeat();
}

function close(): void {
  what = null;
  draw();
}

function remove(id: string): void {
  const back = own.deleteSoon(id);
  showToast(t('deleted'), { label: t('undo'), run: back });
}

let wasSending = false;

/** What became of a batch, said once: whoever has closed the sheet would take silence for success. */
function sayDone(): void {
  const count = outbox.uploads().filter(isFailed).length;
  if (count === 0) showToast(t('progressDone'));
  else if (!what) showToast(t('notSent', { count }), { label: t('seeWhy'), run: openMine });
}

const openMine = () => open({ kind: 'mine' });

function draw(): void {
  const app = byId('app');
  const line = byId('bar-line');
  const front = { what, boot, own, outbox, session, consent, canUpload, isHidden, open, close };
  if (app) render(<Front {...front} onDelete={remove} onChanged={changed} />, app);
  const progress = progressOf(outbox.uploads());
  if (wasSending && progress.open === 0 && outbox.uploads().length > 0) sayDone();
  wasSending = progress.open > 0;
  if (!line) return;
  const { open: count, paused, fraction } = progress;
  render(
    count > 0 ? <ProgressLine open={count} isPaused={paused === count} fraction={fraction} onOpen={openMine} /> : null,
    line,
  );
}

/* ---- the page as the server sent it becomes alive ---- */

if (plainForm) plainForm.hidden = !isPlain;
const mine = byId('bar-mine');
if (mine) {
  mine.hidden = false;
  mine.addEventListener('click', openMine);
  // Under way while the finger is still down.
  mine.addEventListener('pointerdown', () => void loadMine(locale).catch(() => undefined));
}
document.addEventListener('click', (click) => {
  const link = (click.target as Element).closest('a[href="#add"]');
  if (!link || !canUpload || isPlain) return;
  click.preventDefault();
  open({ kind: 'add' });
});

/** What stands behind the `#`: a link from another device, or the tap of somebody before this script was there. */
function readHash(): void {
  const arriving = readArrival(location.hash);
  if (!arriving && !(location.hash === '#add' && canUpload && !isPlain)) return;
  // A link is for one device: it does not stay in an address that may be passed on.
  history.replaceState(history.state, '', location.pathname + location.search);
  open(arriving ? { kind: 'arrival', arriving } : { kind: 'add' });
}
window.addEventListener('hashchange', readHash);
readHash();
live.connect();
