import '../styles/split.css';
import { codeSquare, spoken } from '../code.ts';
import { el, line } from '../dom.ts';
import type { Layout, LayoutKind } from './layout.ts';
import { openSlides } from './slides.ts';
import { logoOf, words } from './words.ts';

/** Of a wide screen; a tall one gives this part of its height. */
const PICTURE_PART = 0.66;

/** The photo on one side; on the other, in the tenant's colour, a code that is read from far away. */
function make(): Layout {
  let slides: ReturnType<typeof openSlides>;
  let said: ReturnType<typeof words>;
  return {
    mount(host, scene) {
      const { width, height } = scene.size;
      const size = width >= height ? { width: width * PICTURE_PART, height } : { width, height: height * PICTURE_PART };
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

export const split: LayoutKind = { make, begins: 1, holds: 1, edge: 0.66, leastMs: 3_000 };
