import type { WallBrand } from '../../../contract/boot.ts';
import { codeSquare, spoken } from '../code.ts';
import { el, fit, leave, line, reveal } from '../dom.ts';
import { logoOf } from '../layouts/words.ts';
import { t } from '../words.ts';
import type { Moment } from './moments-rules.ts';

export interface Place {
  brand: WallBrand;
  eventName: string;
  joinUrl: string;
}

export interface Frame {
  /** where the show runs */
  stage: HTMLElement;
  place(place: Place): void;
  /** Of the picture, what a television cuts off at each edge. */
  overscan(percent: number): void;
  /** A slide of our own instead of photos; null: photos. Null text: our words. */
  hold(slide: { text: string | null } | null): void;
  empty(isEmpty: boolean): void;
  invite(isOn: boolean): void;
  offline(isOffline: boolean): void;
  moment(moment: Moment): void;
  /** Something over everything else, such as a screen's number; null: nothing. */
  over(element: HTMLElement | null): void;
}

const setText = (element: Element | null, text: string): void => {
  if (element) element.textContent = text;
};

/** Everything of a wall that is not a layout: the invitation, the message of the host, what is announced. */
export function openFrame(): Frame {
  const stage = el('div', 'stage');
  stage.id = 'stage';
  const first = el('div', 'first');
  const held = el('div', 'break');
  held.setAttribute('aria-live', 'polite');
  const offline = el('p', 'offline');
  offline.id = 'offline';
  offline.setAttribute('role', 'status');
  offline.textContent = t('offline');
  offline.hidden = true;
  const main = el('main', 'frame', stage, first, held, offline);
  main.id = 'wall';
  document.body.insertBefore(main, document.body.firstChild);

  let here: Place | null = null;
  let announced: { id: string; text: string; element: HTMLElement } | null = null;
  let calling: HTMLElement | null = null;
  let above: HTMLElement | null = null;
  let overscan = 0;

  /** Sizes are in hundredths of the visible height, `--u`; and in `rem`, which are less on an upright screen. */
  function measure(): void {
    const part = 1 - (2 * overscan) / 100;
    const [width, height] = [window.innerWidth * part, window.innerHeight * part];
    const { style } = document.documentElement;
    style.fontSize = `${Math.min(height, width * 1.1) / 100}px`;
    style.setProperty('--u', `${height / 100}px`);
    Array.from(main.querySelectorAll('.call-mission, .announcement-words')).forEach(fit);
  }
  window.addEventListener('resize', measure);
  measure();

  function callFor(photoCall: NonNullable<Moment['photoCall']>): void {
    if (!calling && here) {
      calling = el(
        'div',
        'call',
        el('div', 'call-code', codeSquare(here.joinUrl)),
        el(
          'div',
          'call-words',
          line('call-title', t('photoCall')),
          line('call-mission', photoCall.mission || t('photoCallText')),
          el('p', 'call-seconds'),
          el('div', 'call-bar', el('div', 'call-left')),
          line('call-link', spoken(here.joinUrl)),
        ),
      );
      main.appendChild(calling);
      fit(calling.querySelector('.call-mission'));
      reveal(calling, 'call-shown');
    }
    if (!calling) return;
    setText(calling.querySelector('.call-seconds'), String(photoCall.secondsLeft));
    const left = calling.querySelector<HTMLElement>('.call-left');
    if (left) left.style.transform = `scaleX(${photoCall.secondsLeft / photoCall.seconds})`;
  }

  function announce(announcement: Moment['announcement']): void {
    const isSame =
      announced && announcement && announced.id === announcement.id && announced.text === announcement.text;
    if (isSame || (!announced && !announcement)) return;
    if (announced) leave(announced.element);
    announced = null;
    const words = announcement && line('announcement-words', announcement.text);
    if (!announcement || !words) return;
    const element = el('div', 'announcement', words);
    element.setAttribute('role', 'status');
    main.appendChild(element);
    fit(words);
    reveal(element, 'announcement-shown');
    announced = { ...announcement, element };
  }

  return {
    stage,
    place(next) {
      if (here && JSON.stringify(here) === JSON.stringify(next)) return;
      here = next;
      main.setAttribute('aria-label', t('open', { event: next.eventName }));
      first.textContent = held.textContent = '';
      first.appendChild(el('div', 'first-code', codeSquare(next.joinUrl)));
      first.appendChild(
        el(
          'div',
          'first-words',
          line('first-event', next.eventName),
          line('first-title', t('first')),
          line('first-text', t('firstText')),
          line('first-link', spoken(next.joinUrl)),
        ),
      );
      held.appendChild(el('div', 'break-brand', logoOf(next.brand)));
      held.appendChild(line('break-title', t('heldTitle')) as HTMLElement);
      held.appendChild(line('break-text', t('heldText')) as HTMLElement);
    },
    overscan(percent) {
      overscan = percent;
      const { style } = main;
      style.top = style.right = style.bottom = style.left = `${percent}%`;
      measure();
    },
    hold(slide) {
      document.body.classList.toggle('wall-held', slide !== null);
      if (slide) setText(held.querySelector('.break-title'), slide.text || t('heldTitle'));
    },
    empty: (isEmpty) => void document.body.classList.toggle('wall-empty', isEmpty),
    invite(isOn) {
      document.body.classList.toggle('wall-invites', isOn);
      setText(first.querySelector('.first-title'), isOn ? t('scan') : t('first'));
    },
    offline: (isOffline) => void (offline.hidden = !isOffline),
    moment({ announcement, photoCall }) {
      announce(announcement);
      if (photoCall) return callFor(photoCall);
      leave(calling);
      calling = null;
    },
    over(element) {
      if (above) above.remove();
      above = element;
      if (element) main.appendChild(element);
    },
  };
}
