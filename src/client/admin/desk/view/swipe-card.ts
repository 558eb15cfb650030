/** As far as a finger has to go, in pixels, or as fast, in pixels a millisecond. */
const FAR_PX = 96;
const FAST = 0.5;
const SLOP_PX = 10;

export interface SwipeOptions {
  /** whether the photo may be sent that way now */
  may: (to: 'start' | 'end') => boolean;
  /** how far the photo is on its way, from -1 (start) to 1 (end) */
  onMove: (share: number) => void;
  onDecide: (to: 'start' | 'end') => void;
  onUp: () => void;
  isRtl: boolean;
}

/** A photo that follows the finger to either side, goes on when let go far or fast enough, and else comes back. */
export function followFinger(element: HTMLElement, options: () => SwipeOptions): () => void {
  let start: { x: number; y: number; at: number } | null = null;
  let way: 'unknown' | 'across' | 'along' = 'unknown';

  const place = (dx: number) => {
    const { onMove, isRtl } = options();
    const card = element.firstElementChild as HTMLElement | null;
    if (card) {
      card.style.transition = 'none';
      card.style.transform = `translateX(${dx}px) rotate(${dx / 40}deg)`;
    }
    onMove(Math.max(-1, Math.min(1, ((isRtl ? -1 : 1) * dx) / FAR_PX)));
  };
  const letGo = () => {
    const card = element.firstElementChild as HTMLElement | null;
    if (card) {
      card.style.transition = '';
      card.style.transform = '';
    }
    options().onMove(0);
    start = null;
    way = 'unknown';
  };
  const begin = (event: TouchEvent) => {
    const touch = event.touches[0];
    if (event.touches.length !== 1 || !touch) return letGo();
    start = { x: touch.clientX, y: touch.clientY, at: event.timeStamp };
    way = 'unknown';
  };
  const move = (event: TouchEvent) => {
    const touch = event.touches[0];
    if (!start || !touch) return;
    const dx = touch.clientX - start.x;
    const dy = touch.clientY - start.y;
    if (way === 'unknown' && Math.max(Math.abs(dx), Math.abs(dy)) > SLOP_PX) {
      way = Math.abs(dx) > Math.abs(dy) ? 'across' : 'along';
    }
    if (way !== 'across') return;
    event.preventDefault();
    place(dx);
  };
  const end = (event: TouchEvent) => {
    const touch = event.changedTouches[0];
    if (!start || !touch) return letGo();
    const dx = touch.clientX - start.x;
    const dy = touch.clientY - start.y;
    const speed = Math.abs(dx) / Math.max(1, event.timeStamp - start.at);
    const { may, onDecide, onUp, isRtl } = options();
    const to = dx > 0 === isRtl ? 'start' : 'end';
    const isMeant = way === 'across' && (Math.abs(dx) > FAR_PX || (speed > FAST && Math.abs(dx) > FAR_PX / 2));
    const isUp = way === 'along' && dy < -FAR_PX / 2;
    if (isMeant && may(to)) {
      flyOut(element, dx > 0 ? 1 : -1);
      letGo();
      onDecide(to);
    } else {
      letGo();
      if (isUp) onUp();
    }
  };
  element.addEventListener('touchstart', begin, { passive: true });
  element.addEventListener('touchmove', move, { passive: false });
  element.addEventListener('touchend', end);
  element.addEventListener('touchcancel', letGo);
  return () => {
    element.removeEventListener('touchstart', begin);
    element.removeEventListener('touchmove', move);
    element.removeEventListener('touchend', end);
    element.removeEventListener('touchcancel', letGo);
  };
}

/** A copy of the photo leaves to one side (fades, for those who want no movement) while the next one is there already. */
export function flyOut(element: HTMLElement, side: 1 | -1): void {
  const card = element.firstElementChild as HTMLElement | null;
  if (!card) return;
  const ghost = card.cloneNode(true) as HTMLElement;
  ghost.setAttribute('aria-hidden', 'true');
  ghost.className = 'card card-ghost';
  for (const image of Array.from(ghost.querySelectorAll('[data-photo]'))) image.removeAttribute('data-photo');
  element.appendChild(ghost);
  // The place it starts from has to be drawn once before it can move from there.
  void ghost.offsetWidth;
  ghost.style.transition = '';
  ghost.classList.add(side > 0 ? 'card-out-right' : 'card-out-left');
  setTimeout(() => ghost.remove(), 300);
}
