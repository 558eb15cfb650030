import '../styles/full.css';
import { el } from '../dom.ts';
import { ONE, type Layout, type LayoutKind } from './layout.ts';
import { openSlides } from './slides.ts';
import { banner, words } from './words.ts';

/** One photo from edge to edge, drifting slowly; its sender's name, the event, the code. */
function make(): Layout {
  let slides: ReturnType<typeof openSlides>;
  let said: ReturnType<typeof words>;
  return {
    mount(host, scene) {
      const pictures = el('div', 'slides');
      const text = el('div', 'words');
      host.appendChild(pictures);
      host.appendChild(el('div', 'scrim'));
      host.appendChild(banner(scene));
      host.appendChild(text);
      const code = scene.code();
      if (code) host.appendChild(code);
      slides = openSlides(pictures, scene.size, scene.isCalm ? 0 : scene.seconds * 1_000);
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

export const full: LayoutKind = { make, begins: ONE, holds: 1, edge: 1, leastMs: 3_000 };
