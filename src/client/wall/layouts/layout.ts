import type { WallPhoto } from '../../../contract/boot.ts';

export interface Size {
  /** CSS pixels */
  width: number;
  height: number;
}

/** What a layout is given when it comes on. */
export interface Scene {
  size: Size;
  seconds: number;
  names: boolean;
  captions: boolean;
  /** nothing moves, it fades */
  isCalm: boolean;
  isMirrored: boolean;
  eventName: string;
  brand: { name: string; logo: string | null };
  joinUrl: string;
  /** A new card with the code; null where none is wanted. */
  code(): HTMLElement | null;
  callToAction: string;
}

/**
 * One way of showing photos. It gets decoded pictures one by one and lets old ones go by itself; it owns what is
 * inside its host and nothing else.
 */
export interface Layout {
  mount(host: HTMLElement, scene: Scene): void;
  show(photo: WallPhoto, picture: HTMLImageElement): void;
  /** Takes a photo off at once: somebody wanted it gone. */
  clear(id: string): void;
  /** ids on screen, newest last */
  shown(): string[];
}

export const isUpright = ({ width, height }: Size): boolean => height > width;

/** For layouts with one photo at a time. */
export const ONE = { wide: 1, upright: 1 };

export interface LayoutKind {
  make(): Layout;
  /** how many photos it begins with, here and upright, and has at most */
  begins: { wide: number; upright: number };
  holds: number;
  /** the longest edge that a photo has on screen, as a part of the screen's longer edge */
  edge: number;
  /** how long the newest stands at least before a newcomer may come */
  leastMs: number;
}
