import { render } from 'preact';
import './gallery.css';
import type { GalleryBoot } from '../../contract/boot.ts';
import { readTableCode, TABLE_PARAMETER } from '../../contract/table-codes.ts';
import { byId, readBoot } from '../shared/boot.ts';
import { showToast } from '../shared/toast.ts';
import { AddSheet, ProgressLine } from './add-sheet.tsx';
import { takeGrid } from './grid.ts';
import { installLightbox } from './lightbox.ts';
import { followEvent } from './live.ts';
import { MineSheet, Rows } from './mine/mine-sheet.tsx';
import { trackOwnPhotos } from './mine/own-photos.ts';
import { openOutbox } from './outbox.ts';
import { ReportSheet } from './report-sheet.tsx';
import { openSession } from './session.ts';
import { progressOf } from './upload-rules.ts';
import { t } from './words.ts';

const boot = readBoot<GalleryBoot>();
const { event, locale } = boot;

let sheet: 'none' | 'add' | 'mine' = 'none';
let reporting: { id: string; picture: { src: string; alt: string } } | null = null;
let canUpload = boot.canUpload;

const lightbox = installLightbox(event.timeZone, locale, boot.downloads, (id, picture) => {
  reporting = { id, picture };
  draw();
});
const grid = takeGrid(event.name, (id) => lightbox.drop(id));
const own = trackOwnPhotos(event.id, draw, () => showToast(t('deleteFailed')));
const outbox = openOutbox({
  event: event.id,
  formats: boot.formats,
  onChange: draw,
  onSent: (photo) => own.put(photo),
  onHeld() {
    own.ended();
    open('add');
  },
});
const live = followEvent(boot, {
  grid,
  onEvent(state) {
    if (!state.shows) {
      lightbox.close();
      reporting = null;
    }
    if (state.uploads && !canUpload) showToast(t('uploadsOpened'));
    canUpload = state.uploads;
    draw();
  },
  onFrame(frame) {
    if (frame.type === 'hello' && own.session() === 'joined') void own.refresh();
    if (frame.type === 'photo.status') own.setStatus(frame.id, frame.status);
  },
});
const tableCode = readTableCode(new URLSearchParams(location.search).get(TABLE_PARAMETER));
const session = openSession(event.id, tableCode, () => {
  own.joined();
  outbox.resume();
  live.connect();
});

/* ---- sheets ---- */

function open(which: 'add' | 'mine'): void {
  sheet = which;
  draw();
  if (own.session() === 'unknown') void own.refresh().then(takeSeat);
  else takeSeat();
}

function takeSeat(): void {
  if (own.session() === 'joined') session.takeSeat();
}

function close(): void {
  sheet = 'none';
  draw();
}

function endReport(): void {
  reporting = null;
  draw();
}

function remove(id: string): void {
  const back = own.deleteSoon(id);
  showToast(t('deleted'), { label: t('undo'), run: back });
}

function Front() {
  if (reporting) {
    const { id, picture } = reporting;
    const send: Parameters<typeof ReportSheet>[0]['send'] = (reason, note) => session.report(id, reason, note);
    return <ReportSheet key={id} picture={picture} send={send} onClose={endReport} />;
  }
  if (sheet === 'none') return null;
  if (sheet === 'mine') {
    const add = canUpload ? () => open('add') : null;
    return <MineSheet key="mine" outbox={outbox} own={own} onDelete={remove} onAdd={add} onClose={close} />;
  }
  return (
    <AddSheet
      key="add"
      outbox={outbox}
      formats={boot.formats}
      canUpload={canUpload}
      session={own.session()}
      isFailed={own.failed()}
      needsPin={boot.needsPin}
      join={session.join}
      onClose={close}
    >
      <Rows outbox={outbox} own={own} onDelete={remove} />
    </AddSheet>
  );
}

let wasSending = false;

/** What became of a batch, said once: whoever has closed the sheet would take silence for success. */
function sayDone(): void {
  const count = outbox.uploads().filter(({ state }) => state.kind === 'refused' || state.kind === 'unshowable').length;
  if (count === 0) showToast(t('progressDone'));
  else if (sheet === 'none') showToast(t('notSent', { count }), { label: t('seeWhy'), run: () => open('mine') });
}

function draw(): void {
  const app = byId('app');
  const line = byId('bar-line');
  if (app) render(<Front />, app);
  const progress = progressOf(outbox.uploads());
  if (wasSending && progress.open === 0 && outbox.uploads().length > 0) sayDone();
  wasSending = progress.open > 0;
  if (!line) return;
  render(
    progress.open > 0 ? (
      <ProgressLine open={progress.open} fraction={progress.fraction} onOpen={() => open('mine')} />
    ) : null,
    line,
  );
}

/* ---- the page as the server sent it becomes alive ---- */

const plainForm = byId('add');
if (plainForm) plainForm.hidden = true;
const mine = byId('bar-mine');
if (mine) {
  mine.hidden = false;
  mine.addEventListener('click', () => open('mine'));
}
document.addEventListener('click', (click) => {
  const link = (click.target as Element).closest('a[href="#add"]');
  if (!link || !canUpload) return;
  click.preventDefault();
  open('add');
});
// Whoever tapped before this script was there has followed the link to the plain form, which has just been hidden.
if (location.hash === '#add' && canUpload) {
  history.replaceState(history.state, '', location.pathname + location.search);
  open('add');
}
live.connect();
