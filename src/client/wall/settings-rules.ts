import type { ScreenLayout } from '../../contract/screens.ts';
import { hash, type Place } from './schedule/group-rules.ts';
import type { Favour } from './schedule/schedule-rules.ts';

export const LAYOUTS = ['full', 'mosaic', 'polaroid', 'spotlight', 'split'] as const;
export type LayoutName = (typeof LAYOUTS)[number];

/** How a wall shows its photos; what a paired screen is told (`contract/screens.ts`), and a laptop's address says. */
export interface WallSettings {
  layout: LayoutName | 'rotate';
  rotation: readonly LayoutName[];
  rotateMinutes: number;
  /** a photo stands so long */
  seconds: number;
  qr: 'always' | 'between' | 'off';
  names: boolean;
  captions: boolean;
  /** of the picture that the television cuts off at each edge */
  overscanPercent: number;
  group: { mode: 'mirror' } | { mode: 'spread'; place: Place } | null;
  favour: Favour;
}

export const DEFAULTS: WallSettings = {
  layout: 'full',
  rotation: LAYOUTS,
  rotateMinutes: 5,
  seconds: 8,
  qr: 'always',
  names: true,
  captions: true,
  overscanPercent: 0,
  group: null,
  favour: 'recent',
};

const isOne = <T extends string>(names: readonly T[], name: unknown): name is T =>
  (names as readonly unknown[]).indexOf(name) >= 0;

function within(text: string | null, least: number, most: number, otherwise: number): number {
  const value = text === null || text.trim() === '' ? NaN : Number(text);
  return Number.isFinite(value) ? Math.max(least, Math.min(most, value)) : otherwise;
}

/** `spread:1/3` is the first of three screens; `mirror` shows what the others show. */
function readGroup(text: string | null): WallSettings['group'] {
  if (text === 'mirror') return { mode: 'mirror' };
  const [, own, all] = /^spread:(\d{1,2})\/(\d{1,2})$/.exec(text || '') || [];
  const [index, count] = [Number(own) - 1, Number(all)];
  return index >= 0 && index < count ? { mode: 'spread', place: { index, count } } : null;
}

/** What a wall's address says: `?layout=mosaic&seconds=6`. What cannot be read is as if it were not there. */
export function readSettings(query: URLSearchParams): WallSettings {
  const layout = query.get('layout');
  const rotation = (query.get('rotation') || '').split(',').filter((name): name is LayoutName => isOne(LAYOUTS, name));
  const [qr, favour] = [query.get('qr'), query.get('favour')];
  return {
    layout: isOne([...LAYOUTS, 'rotate'] as const, layout) ? layout : DEFAULTS.layout,
    rotation: rotation.length > 0 ? rotation : DEFAULTS.rotation,
    rotateMinutes: within(query.get('rotateMinutes'), 1, 60, DEFAULTS.rotateMinutes),
    seconds: within(query.get('seconds'), 4, 30, DEFAULTS.seconds),
    qr: isOne(['always', 'between', 'off'] as const, qr) ? qr : DEFAULTS.qr,
    names: query.get('names') !== 'off',
    captions: query.get('captions') !== 'off',
    overscanPercent: within(query.get('overscan'), 0, 10, DEFAULTS.overscanPercent),
    group: readGroup(query.get('group')),
    favour: isOne(['fair', 'recent', 'reactions'] as const, favour) ? favour : DEFAULTS.favour,
  };
}

/** What a paired screen is told. `place`: its own among the screens of its group. */
export function fromLayout({ overscan, group, ...rest }: ScreenLayout, place: Place | null): WallSettings {
  const mode = group && group.mode;
  const own = mode === 'mirror' ? { mode } : mode === 'spread' && place ? { mode, place } : null;
  return { ...rest, overscanPercent: overscan, group: own };
}

/** Which layout is on now: by the server's clock, so that screens that rotate do so together. */
export function layoutAt({ layout, rotation, rotateMinutes }: WallSettings, now: number): LayoutName {
  if (layout !== 'rotate') return layout;
  return rotation[Math.floor(now / (rotateMinutes * 60_000)) % rotation.length] || 'full';
}

/** A number in [0, 1) that is always the same for a photo: its tilt, the way its picture drifts. */
export const chanceOf = (id: string, salt: string): number => hash(id + salt) / 0x1_0000_0000;
