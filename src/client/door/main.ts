import '../gallery/gallery.css';
import type { DoorBoot } from '../../contract/boot.ts';
import { arrivalHash, readArrival } from '../gallery/mine/move/arrival-rules.ts';
import { byId, readBoot } from '../shared/boot.ts';

const boot = readBoot<DoorBoot>();
const form = byId<HTMLFormElement>('door');
const plainAction = form ? form.action : '';

/**
 * A link from another device, at an event with a PIN: it lets in, as its guest was. Where the PIN has changed since, it
 * goes along with the form, because a redirect keeps what follows `#` in the address that led to it.
 */
function readLink(): void {
  const arriving = readArrival(location.hash);
  if (!arriving || !form) return;
  const keep = () => {
    form.action = plainAction + arrivalHash(arriving);
    const notice = byId('pin-link');
    if (notice) notice.hidden = false;
  };
  const drop = () => {
    form.action = plainAction;
    const notice = byId('pin-link');
    if (notice) notice.hidden = true;
    history.replaceState(history.state, '', location.pathname + location.search);
  };
  // A wrong PIN was typed for it already.
  if (byId('pin-error')) return keep();
  import('./arriving.tsx').then(({ showArrival }) => showArrival({ boot, arriving, keep, drop }), keep);
}
window.addEventListener('hashchange', readLink);
readLink();
