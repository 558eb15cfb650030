import type { PreviewBoot } from '../../contract/boot.ts';
import { PREVIEW_READY, PREVIEW_SHOWS, type PreviewScene } from '../../contract/preview.ts';
import { fromLayout } from './settings-rules.ts';
import { NO_STAGE } from './stage/moments-rules.ts';
import { openWall } from './stage/wall.ts';

/** Alone of its group: where the others are is not known here. */
const ALONE = { index: 0, count: 1 };

/** A look is all in the address of its sheet. */
function dress(accent: string | null, own: string): void {
  const sheet = document.querySelector<HTMLLinkElement>('link[href^="/theme.css"]');
  if (!sheet) return;
  const href = accent ? own.replace(/accent=[0-9a-f]+/i, `accent=${accent.slice(1)}`) : own;
  if (sheet.getAttribute('href') !== href) sheet.setAttribute('href', href);
}

/** The wall as a screen would show it, before it does. No request leaves this page but those for pictures. */
export function startPreview({ brand }: PreviewBoot): void {
  const wall = openWall({ now: () => Date.now(), isAtHand: () => true, onShown: () => undefined });
  const sheet = document.querySelector('link[href^="/theme.css"]');
  const own = (sheet && sheet.getAttribute('href')) || '';
  const state = {
    held: false,
    heldMessage: null,
    uploads: true,
    shows: true,
    status: 'live' as const,
    stage: NO_STAGE,
  };
  window.addEventListener(
    'message',
    ({ data, origin, source }: MessageEvent<{ type: string; scene: PreviewScene }>) => {
      if (origin !== location.origin || source !== window.parent || !data || data.type !== PREVIEW_SHOWS) return;
      const { accent, eventName, joinUrl, layout, photos } = data.scene;
      dress(accent, own);
      wall.configure({ brand, eventName, joinUrl }, fromLayout(layout, ALONE));
      wall.show.keepOnly(new Set(photos.map(({ id }) => id)));
      wall.show.add(photos);
      wall.tell(state);
    },
  );
  window.parent.postMessage({ type: PREVIEW_READY }, location.origin);
}
