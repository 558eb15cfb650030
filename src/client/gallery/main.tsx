import { Fragment, render } from 'preact';
import './gallery.css';
import type { GalleryBoot } from '../../contract/boot.ts';
import type { EventState } from '../../contract/events.ts';
import type { Photo } from '../../contract/photos.ts';
import { readTableCode, TABLE_PARAMETER } from '../../contract/table-codes.ts';
import { call, eventPath, type Refusal } from '../shared/api.ts';
import { byId, readBoot } from '../shared/boot.ts';
import { connectEvent } from '../shared/event-live.ts';
import type { LiveConnection, LiveState } from '../shared/live-connection.ts';
import type { LiveFrame, Position } from '../shared/live-frames.ts';
import { showToast } from '../shared/toast.ts';
import { takeGrid } from './grid.ts';
import { t } from './words.ts';
import { installLightbox } from './lightbox.ts';
import { openOutbox } from './outbox.ts';
import { trackOwnPhotos } from './own-photos.ts';
import { Choose, JoinForm, OwnRow, ProgressLine, Sheet, UploadRow } from './sheets.tsx';
import { progressOf } from './upload-rules.ts';

/** All of a party hear of a change in the same moment, and must not all ask in it. */
const ASK_AFTER_MS = 500;
const ASK_WITHIN_MS = 3_000;

const boot = readBoot<GalleryBoot>();
const { event, locale } = boot;

/** Of the card that was scanned. The page is the same for everybody, so it stands in the address only. */
const tableCode = readTableCode(new URLSearchParams(location.search).get(TABLE_PARAMETER));
let isSeated = tableCode === undefined;

let sheet: 'none' | 'add' | 'mine' = 'none';
let position: Position = boot.position;
let connection: LiveConnection | null = null;
let asking: ReturnType<typeof setTimeout> | undefined;

const lightbox = installLightbox(event.timeZone, locale);
const grid = takeGrid(event.name, (id) => lightbox.drop(id));
const own = trackOwnPhotos(event.id, draw, () => showToast(t('deleteFailed')));
const outbox = openOutbox({
  event: event.id,
  maxBytes: boot.maxUploadBytes,
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
  if (frame.type === 'photo.approved' && boot.live) grid.add(frame.photo);
  if (frame.type === 'photo.removed') grid.remove(frame.id);
  if (frame.type === 'event.changed') changed(frame.event);
  if (frame.type === 'photo.status') own.setStatus(frame.id, frame.status);
}

/** Takes photos down at once where guests are to see none; otherwise asks, at a moment of its own, what there is now. */
function changed(state: EventState): void {
  clearTimeout(asking);
  if (state.shows) {
    asking = setTimeout(
      () => {
        onReset(eventPath(event.id, '/photos?limit=200')).catch(() => changed(state));
      },
      ASK_AFTER_MS + Math.random() * ASK_WITHIN_MS,
    );
  } else grid.reconcile([], true);
  showHeld(state);
}

function showHeld({ held, heldMessage }: EventState): void {
  const box = byId('held');
  const text = byId('held-text');
  const empty = byId('empty');
  if (!box || !text) return;
  box.hidden = !held;
  if (heldMessage) text.textContent = heldMessage;
  if (held && empty) empty.hidden = true;
}

function onState(state: LiveState): void {
  const line = byId('state');
  if (!line) return;
  line.textContent = t('offline');
  // Every attempt passes through 'connecting': the line must not blink with each.
  if (state !== 'connecting') line.hidden = state !== 'offline';
}

async function onReset(snapshotUrl: string): Promise<Position> {
  const answer = await call<{
    items: Photo[];
    nextCursor: string | null;
    epoch: string;
    seq: number;
    event: EventState;
  }>(snapshotUrl);
  if (!answer.ok) throw answer;
  showHeld(answer.data.event);
  if (boot.live) grid.reconcile(answer.data.items, answer.data.nextCursor === null);
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
  const uploads = outbox.uploads().filter((upload) => upload.state.kind !== 'sent');
  const previews = new Map<string, string | null>();
  for (const upload of outbox.uploads()) {
    if (upload.state.kind === 'sent') previews.set(upload.state.photoId, outbox.preview(upload.key));
  }
  return (
    <ul class="files" id="files">
      {uploads.map((upload) => (
        <UploadRow
          key={upload.key}
          upload={upload}
          preview={outbox.preview(upload.key)}
          onRetry={() => outbox.retry(upload.key)}
          onRemove={() => outbox.remove(upload.key)}
        />
      ))}
      {own.list().map((photo) => (
        <OwnRow
          key={photo.id}
          photo={photo}
          preview={previews.get(photo.id) || null}
          onDelete={() => remove(photo.id)}
        />
      ))}
    </ul>
  );
}

function AddSheet() {
  const session = own.session();
  return (
    <Sheet title={t('joinTitle')} onClose={close}>
      {session === 'joined' ? (
        <Fragment>
          <Choose onFiles={(files) => outbox.add(files)} />
          <Rows />
        </Fragment>
      ) : session === 'unknown' && !own.failed() ? (
        <div class="skeleton" style={{ height: '160px' }} />
      ) : (
        <JoinForm needsPin={boot.needsPin} join={join} />
      )}
    </Sheet>
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
      {boot.canUpload && (
        <button type="button" class="button button-wide" onClick={() => open('add')}>
          {t('add')}
        </button>
      )}
    </Sheet>
  );
}

function draw(): void {
  const app = byId('app');
  const line = byId('bar-line');
  if (app) render(sheet === 'add' ? <AddSheet key="add" /> : sheet === 'mine' ? <MineSheet key="mine" /> : null, app);
  const progress = progressOf(outbox.uploads());
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
  if (!link || !boot.canUpload) return;
  click.preventDefault();
  open('add');
});
connect();
