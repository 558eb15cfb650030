import type { WallPhoto } from '../../../contract/boot.ts';
import { isUpright, type LayoutKind } from '../layouts/layout.ts';
import { newSchedule, type Pick, type Schedule } from '../schedule/schedule-rules.ts';
import type { WallSettings } from '../settings-rules.ts';
import { choice } from './choice-rules.ts';
import { openPictures } from './pictures.ts';
import { edgeOf } from './scene.ts';

/** So many photos may fail before a layout begins with fewer. */
const SPARE = 3;

export interface Ready {
  pick: Pick;
  picture: HTMLImageElement;
}

interface Wanted {
  settings: WallSettings;
  kind: LayoutKind;
  /** milliseconds, by the server's clock */
  at: number;
}

/** The photos of a show, decoded: which one is next, and its picture. */
export interface Supply {
  readonly schedule: Schedule;
  /** @param avoid what is on screen already */
  next(wanted: Wanted, avoid: readonly string[]): Pick | null;
  /** Rejects where it cannot be had; it is passed over then, until `retry`. */
  load(photo: WallPhoto, kind: LayoutKind): Promise<HTMLImageElement>;
  /** Decodes the next photo while the one before is seen. */
  prepare(wanted: Wanted, avoid: readonly string[]): void;
  /** What a layout begins with: `only` this photo, or as many as it wants and there are. */
  opening(wanted: Wanted, only: WallPhoto | null): Promise<Ready[]>;
  /** Lets go of what was decoded ahead; of this photo only, if one is named. */
  forget(id?: string): void;
  /** What could not be loaded may be tried again. */
  retry(): void;
}

/** @param isAtHand false for files that cannot be had now */
export function openSupply(stage: HTMLElement, isAtHand: (url: string) => boolean): Supply {
  const schedule = newSchedule();
  /** could not be loaded lately */
  const unreachable = new Set<string>();
  const pictures = openPictures(isAtHand);

  function pickFor({ settings, kind, at }: Wanted, avoid: ReadonlySet<string>, back: number): Pick | null {
    const may = ({ id, sizes }: WallPhoto) =>
      !avoid.has(id) && !unreachable.has(id) && sizes.some(({ url }) => isAtHand(url));
    return choice(schedule, settings, { kind, at, back, may });
  }

  async function load(photo: WallPhoto, kind: LayoutKind): Promise<HTMLImageElement> {
    try {
      return await pictures.load(photo, edgeOf(stage, kind));
    } catch (error) {
      unreachable.add(photo.id);
      throw error;
    }
  }

  const next = (wanted: Wanted, avoid: readonly string[]) => pickFor(wanted, new Set(avoid), 0);

  return {
    schedule,
    next,
    load,
    prepare(wanted, avoid) {
      const pick = next(wanted, avoid);
      if (pick) pictures.prepare(pick.photo, edgeOf(stage, wanted.kind));
    },
    async opening(wanted, only) {
      const { kind } = wanted;
      const size = { width: stage.clientWidth, height: stage.clientHeight };
      const count = only ? 1 : kind.begins[isUpright(size) ? 'upright' : 'wide'];
      const taken = new Set<string>();
      const ready: Ready[] = [];
      for (let tries = 0; ready.length < count && tries < count + SPARE; tries++) {
        const pick = only ? { photo: only, isExtra: true } : pickFor(wanted, taken, count - 1 - ready.length);
        if (!pick) continue;
        taken.add(pick.photo.id);
        const picture = await load(pick.photo, kind).catch(() => null);
        if (picture) ready.push({ pick, picture });
      }
      // Some may have been taken down meanwhile.
      return ready.filter(({ pick }) => schedule.entries.has(pick.photo.id));
    },
    forget: pictures.forget,
    retry: () => unreachable.clear(),
  };
}
