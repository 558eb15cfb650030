import '../styles/split.css';
import { codeSquare, spoken } from '../code.ts';
import { el, fit, line } from '../dom.ts';
import { isUpright, ONE, type Layout, type LayoutKind } from './layout.ts';
import { openSlides } from './slides.ts';
import { logoOf, words } from './words.ts';

/** Of a wide screen's width, and of an upright one's height. */
const PICTURE_PARTS = { wide: 0.66, upright: 0.56 };

/** The photo on one side; on the other, in the tenant's colour, a code that is read from far away. */
function make(): Layout {
  let slides: ReturnType<typeof openSlides>;
  let said: ReturnType<typeof words>;
  return {
    mount(host, scene) {
      const { width, height } = scene.size;
      const size = isUpright(scene.size)
        ? { width, height: height * PICTURE_PARTS.upright }
        : { width: width * PICTURE_PARTS.wide, height };
      const pictures = el('div', 'slides');
      const text = el('div', 'words');
      host.appendChild(el('div', 'split-picture', pictures, el('div', 'scrim'), text));
      const hasCode = scene.code() !== null;
      const invitation = hasCode ? el('div', 'split-code', codeSquare(scene.joinUrl)) : null;
      host.appendChild(
        el(
          'aside',
          hasCode ? 'split-panel' : 'split-panel split-panel-plain',
          el('div', 'split-brand', logoOf(scene.brand)),
          line('split-event', scene.eventName),
          invitation,
          hasCode ? line('split-call', scene.callToAction) : null,
          hasCode ? line('split-link', spoken(scene.joinUrl)) : null,
        ),
      );
      fit(host.querySelector('.split-event'));
      slides = openSlides(pictures, size, scene.isCalm ? 0 : scene.seconds * 1_000);
      said = words(text, scene);
    },
    show(photo, picture) {
      slides.show(photo, picture);
      said.show(photo);
    },
    clear(id) {
      if (slides.shown()[0] === id) said.clear();
      slides.clear(id);
    },
    shown: () => slides.shown(),
  };
}

export const split: LayoutKind = { make, begins: ONE, holds: 1, edge: 0.66, leastMs: 3_000 };
