import { render } from 'preact';
import './gallery.css';
import type { GalleryBoot } from '../../contract/boot.ts';
import type { EventState } from '../../contract/events.ts';
import type { Photo } from '../../contract/photos.ts';
import type { ReportReason } from '../../contract/reports.ts';
import { readTableCode, TABLE_PARAMETER } from '../../contract/table-codes.ts';
import { call, eventPath, type Refusal } from '../shared/api.ts';
import { byId, readBoot } from '../shared/boot.ts';
import { connectEvent } from '../shared/event-live.ts';
import type { LiveConnection, LiveState } from '../shared/live-connection.ts';
import type { LiveFrame, Position } from '../shared/live-frames.ts';
import { showToast } from '../shared/toast.ts';
import { AddSheet, ProgressLine, UploadRows } from './add-sheet.tsx';
import { refreshAlbums } from './albums.ts';
import { drawEvent } from './event-view.ts';
import { takeGrid } from './grid.ts';
import { t } from './words.ts';
import { installLightbox } from './lightbox.ts';
import { openOutbox } from './outbox.ts';
import { trackOwnPhotos } from './own-photos.ts';
import { ReportSheet } from './report-sheet.tsx';
import { OwnRow, Sheet } from './sheets.tsx';
import { progressOf } from './upload-rules.ts';

/** All of a party hear of a change in the same moment, and must not all ask in it. */
const ASK_WITHIN_MS = 3_000;
const ASK_TRIES = 5;
const RELOADED = 'momentique-reloaded';
const RELOAD_EVERY_MS = 30_000;

const boot = readBoot<GalleryBoot>();
const { event, locale } = boot;

/** Of the card that was scanned. The page is the same for everybody, so it stands in the address only. */
const tableCode = readTableCode(new URLSearchParams(location.search).get(TABLE_PARAMETER));
let isSeated = tableCode === undefined;

let sheet: 'none' | 'add' | 'mine' = 'none';
let reporting: { id: string; picture: { src: string; alt: string } } | null = null;
let canUpload = boot.canUpload;
let shows = boot.shows;
let position: Position = boot.position;
let connection: LiveConnection | null = null;
let asking: ReturnType<typeof setTimeout> | undefined;

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

/* ---- live ---- */

function onFrame(frame: LiveFrame): void {
  if (frame.type === 'hello' && own.session() === 'joined') void own.refresh();
  if (frame.type === 'photo.approved' && boot.live && shows) grid.add(frame.photo);
  if (frame.type === 'photo.removed') grid.remove(frame.id);
  if (frame.type === 'event.changed') changed(frame.event);
  if (frame.type === 'photo.status') own.setStatus(frame.id, frame.status);
}

/** Follows the event at once where photos have to go, and asks at a moment of its own what there is now. */
function changed(state: EventState): void {
  applyState(state);
  clearTimeout(asking);
  if (state.shows) asking = setTimeout(() => void askAgain(0), 300 + Math.random() * ASK_WITHIN_MS);
}

function applyState(state: EventState): void {
  if (!state.shows) {
    lightbox.close();
    reporting = null;
    grid.reconcile([], true);
    const albums = byId('albums');
    if (albums) albums.hidden = true;
  }
  shows = state.shows;
  if (state.uploads && !canUpload) showToast(t('uploadsOpened'));
  canUpload = state.uploads;
  drawEvent(state);
  draw();
}

/** What this page shows, as the server has it: the newest photos, or those of its album. */
const listPath = eventPath(event.id, `/photos?limit=200${boot.album ? `&album=${boot.album}` : ''}`);

interface Snapshot {
  items: Photo[];
  nextCursor: string | null;
  epoch: string;
  seq: number;
  event: EventState;
}

/** Asks until the answer is not older than what the socket has said, so that nothing taken down comes back. */
async function askAgain(tries: number): Promise<void> {
  // What stood on an older page is not in the list; the server knows.
  if (boot.older) return location.reload();
  const answer = await call<Snapshot>(listPath);
  const at = connection && connection.position();
  const isStale = answer.ok && at && at.epoch === answer.data.epoch && at.seq > answer.data.seq;
  if (tries < ASK_TRIES && (isStale || (!answer.ok && answer.status !== 404))) {
    asking = setTimeout(() => void askAgain(tries + 1), 500 * (tries + 1));
    return;
  }
  if (answer.ok) take(answer.data);
  else if (boot.album && answer.code === 'album.not_found') return location.reload();
  void refreshAlbums(event.id, boot.album);
}

/** @returns whether the page shows older photos, of which the snapshot says nothing */
function take(snapshot: Snapshot): boolean {
  applyState(snapshot.event);
  if (!snapshot.event.shows) return false;
  return boot.older || grid.reconcile(snapshot.items, snapshot.nextCursor === null);
}

function onState(state: LiveState): void {
  // The page may not be read as it is any more, or is too old for the room: the server says what there is instead.
  if (state === 'refused' && mayReload()) return location.reload();
  const line = byId('state');
  if (!line) return;
  line.textContent = t('offline');
  // Every attempt passes through 'connecting': the line must not blink with each.
  if (state !== 'connecting') line.hidden = state !== 'offline';
}

/** Not again and again, should page and room disagree. */
function mayReload(): boolean {
  try {
    const before = Number(sessionStorage.getItem(RELOADED));
    if (Date.now() - before < RELOAD_EVERY_MS) return false;
    sessionStorage.setItem(RELOADED, String(Date.now()));
    return true;
  } catch {
    return false;
  }
}

async function onReset(snapshotUrl: string): Promise<Position> {
  const answer = await call<Snapshot>(boot.album ? listPath : snapshotUrl);
  if (!answer.ok) throw answer;
  // Of those, the server alone knows which were taken down while nobody listened.
  if (take(answer.data) && mayReload()) location.reload();
  return { epoch: answer.data.epoch, seq: answer.data.seq };
}

/** Opened again after joining: a socket keeps the role its ticket gave it. */
function connect(): void {
  if (connection) {
    position = connection.position() || position;
    connection.close();
  }
  connection = connectEvent(event.id, { since: position, onFrame, onState, onReset });
}

/* ---- joining and sheets ---- */

async function join(name: string, pin: string): Promise<Refusal | null> {
  const body: Record<string, string> = {};
  if (name.trim()) body['name'] = name.trim();
  if (pin.trim()) body['pin'] = pin.trim();
  if (tableCode) body['tableCode'] = tableCode;
  const answer = await call(eventPath(event.id, '/session'), { method: 'POST', body });
  if (!answer.ok) return answer;
  isSeated = true;
  own.joined();
  outbox.resume();
  connect();
  return null;
}

/** A report needs somebody to come from: a guest who has not joined does so on the way, without being asked for a name. */
async function report(id: string, reason: ReportReason, note: string): Promise<Refusal | null> {
  const path = eventPath(event.id, `/photos/${id}/reports`);
  const body = note ? { reason, note } : { reason };
  let answer = await call(path, { method: 'POST', body });
  // Not joined at all, or another event of this host only.
  if (!answer.ok && (answer.status === 401 || answer.code === 'access.denied')) {
    const refusal = await join('', '');
    if (refusal) return refusal;
    answer = await call(path, { method: 'POST', body });
  }
  return answer.ok ? null : answer;
}

function endReport(): void {
  reporting = null;
  draw();
}

/** Tells the server which card somebody has scanned who had joined before. */
function takeSeat(): void {
  if (isSeated || own.session() !== 'joined') return;
  isSeated = true;
  void call(eventPath(event.id, '/session'), { method: 'POST', body: { tableCode } }).then((answer) => {
    isSeated = answer.ok;
  });
}

function open(which: 'add' | 'mine'): void {
  sheet = which;
  draw();
  if (own.session() === 'unknown') void own.refresh().then(takeSeat);
  else takeSeat();
}

function close(): void {
  sheet = 'none';
  draw();
}

function remove(id: string): void {
  const back = own.deleteSoon(id);
  showToast(t('deleted'), { label: t('undo'), run: back });
}

function Rows() {
  const sent = new Map<string, { name: string; preview: string | null }>();
  // Whose picture is still on its way stands among the uploads.
  const following = new Set<string>();
  for (const upload of outbox.uploads()) {
    if (upload.photoId !== null && upload.state.kind !== 'sent') following.add(upload.photoId);
    if (upload.state.kind === 'sent') {
      sent.set(upload.state.photoId, { name: upload.name, preview: outbox.preview(upload.key) });
    }
  }
  return (
    <ul class="files" id="files">
      <UploadRows outbox={outbox} />
      {own
        .list()
        .filter((photo) => !following.has(photo.id))
        .map((photo) => {
          const { name = null, preview = null } = sent.get(photo.id) || {};
          return (
            <OwnRow key={photo.id} photo={photo} name={name} preview={preview} onDelete={() => remove(photo.id)} />
          );
        })}
    </ul>
  );
}

function MineSheet() {
  const isEmpty = own.list().length === 0 && outbox.uploads().length === 0;
  return (
    <Sheet title={t('mine')} onClose={close}>
      {own.failed() && <p class="notice notice-bad">{t('loadFailed')}</p>}
      {isEmpty && own.session() === 'unknown' && !own.failed() && <div class="skeleton" style={{ height: '64px' }} />}
      {isEmpty && own.session() !== 'unknown' && (
        <div class="empty">
          <h2>{t('nothingSent')}</h2>
          <p class="quiet">{t('nothingSentHint')}</p>
        </div>
      )}
      <Rows />
      {canUpload && (
        <button type="button" class="button button-wide" onClick={() => open('add')}>
          {t('add')}
        </button>
      )}
    </Sheet>
  );
}

function Front() {
  if (reporting) {
    const { id, picture } = reporting;
    return (
      <ReportSheet key={id} picture={picture} send={(reason, note) => report(id, reason, note)} onClose={endReport} />
    );
  }
  if (sheet === 'mine') return <MineSheet key="mine" />;
  if (sheet === 'none') return null;
  return (
    <AddSheet
      key="add"
      outbox={outbox}
      formats={boot.formats}
      canUpload={canUpload}
      session={own.session()}
      isFailed={own.failed()}
      needsPin={boot.needsPin}
      join={join}
      onClose={close}
    >
      <Rows />
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
connect();
