import type { WallBrand } from '../../../contract/boot.ts';
import { codeCard } from '../code.ts';
import type { LayoutKind, Scene, Size } from '../layouts/layout.ts';
import type { WallSettings } from '../settings-rules.ts';

/** What a wall is told of itself. */
export interface Facts {
  settings: WallSettings;
  brand: WallBrand;
  eventName: string;
  joinUrl: string;
  callToAction: string;
}

const sizeOf = (stage: HTMLElement): Size => ({ width: stage.clientWidth, height: stage.clientHeight });

/** How many pixels of this device the longest edge of a photo may have in a layout. */
export function edgeOf(stage: HTMLElement, kind: LayoutKind): number {
  const { width, height } = sizeOf(stage);
  return Math.max(width, height) * kind.edge * Math.min(2, window.devicePixelRatio || 1);
}

/** What a layout is given that comes on now. */
export function sceneOf(stage: HTMLElement, { settings, brand, eventName, joinUrl, callToAction }: Facts): Scene {
  return {
    size: sizeOf(stage),
    seconds: settings.seconds,
    names: settings.names,
    captions: settings.captions,
    isCalm: matchMedia('(prefers-reduced-motion: reduce)').matches,
    isMirrored: document.documentElement.dir === 'rtl',
    eventName,
    brand,
    joinUrl,
    callToAction,
    code: () => (settings.qr === 'always' ? codeCard(joinUrl, callToAction) : null),
  };
}
