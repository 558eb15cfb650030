import './gallery.css';
import type { GalleryBoot } from '../../contract/boot.ts';
import { readTableCode, TABLE_PARAMETER } from '../../contract/table-codes.ts';
import { byId, readBoot } from '../shared/boot.ts';
import { showToast } from '../shared/toast.ts';
import type { What } from './front.tsx';
import { takeGrid } from './grid.ts';
import type { Guest } from './guest.tsx';
import { keepPlainForm } from './in-app.ts';
import { installLightbox } from './lightbox.ts';
import { followEvent } from './live.ts';
import { readArrival } from './mine/move/arrival-rules.ts';
import { t } from './words.ts';

const boot = readBoot<GalleryBoot>();
const { event } = boot;

const plainForm = byId('add');
const isPlain = keepPlainForm(plainForm);
if (plainForm) plainForm.hidden = !isPlain;
const held = byId('held');

let canUpload = boot.canUpload;
let isHidden = !boot.shows && !(held && !held.hidden);
let guest: Guest | null = null;
let coming: Promise<Guest> | null = null;

const lightbox = installLightbox(event.timeZone, boot.locale, boot.downloads, (id, picture) =>
  open({ kind: 'report', id, picture }),
);
const live = followEvent(boot, {
  grid: takeGrid(event.name, (id) => lightbox.drop(id)),
  onEvent(state) {
    if (!state.shows) lightbox.close();
    if (state.uploads && !canUpload) showToast(t('uploadsOpened'));
    canUpload = state.uploads;
    // The films of all guests, at the same moment.
    const isDeveloped = isHidden && state.shows && Boolean(boot.camera);
    if (isDeveloped) {
      document.body.classList.add('developing');
      showToast(t('filmDeveloped'));
    }
    isHidden = !state.shows && !state.held;
    if (guest) guest.onEvent(state.shows, isDeveloped);
  },
  onFrame: (frame) => guest && guest.onFrame(frame),
});

/** Looking at photos comes first; what else a guest does follows, and is asked for again where it did not come. */
function loadGuest(): Promise<Guest> {
  if (!coming) {
    const tableCode = readTableCode(new URLSearchParams(location.search).get(TABLE_PARAMETER));
    const page = { boot, tableCode, canUpload: () => canUpload, isHidden: () => isHidden, connect: live.connect };
    coming = import('./guest.tsx').then(({ openGuest }) => (guest = openGuest(page)));
    coming.catch(() => (coming = null));
  }
  return coming;
}

function open(what: What): void {
  if (what.kind === 'add' && isPlain) return plainForm?.scrollIntoView();
  loadGuest().then(
    ({ open: show }) => show(what),
    () => {
      showToast(t('cannotLoad'));
      // What needs no script of ours still gets photos to the host.
      if (what.kind === 'add' && plainForm) plainForm.hidden = false;
    },
  );
}

const mine = byId('bar-mine');
if (mine) {
  mine.hidden = false;
  mine.addEventListener('click', () => open({ kind: 'mine' }));
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
loadGuest().catch(() => undefined);
