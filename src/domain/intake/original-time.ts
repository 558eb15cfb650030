import type { PhotoType } from '../../contract/photos.ts';
import type { Residency } from '../../contract/tenants.ts';
import { readWrittenTime } from '../images/redaction/boxes/written-time.ts';
import { drive } from '../images/redaction/drive.ts';
import { openBlocks } from '../images/redaction/windows.ts';
import { takenAt } from '../images/taken-at-rules.ts';
import type { Originals } from '../ports.ts';

const IN_BOXES: readonly PhotoType[] = ['image/heic', 'image/avif', 'video/mp4', 'video/quicktime'];

/**
 * When an original that is not decoded was taken: its preview, a picture by a browser, has lost that. Read in a few
 * ranges of at most 64 KB.
 * @param timeZone IANA zone of the event, for times without an offset
 * @returns null where it does not say, or cannot be read just now: nothing hangs on it
 */
export async function originalTime(
  originals: Originals,
  residency: Residency | null,
  original: { key: string; bytes: number; type: PhotoType },
  { timeZone, now }: { timeZone: string; now: Date },
): Promise<Date | null> {
  if (!IN_BOXES.includes(original.type)) return null;
  const window = openBlocks({
    bytes: original.bytes,
    async read(offset, length) {
      const object = await originals.get(residency, original.key, { offset, length });
      if (!object) throw new Error('The original is gone');
      return new Uint8Array(await new Response(object.body).arrayBuffer());
    },
  });
  try {
    const time = await drive(readWrittenTime(original.bytes), window, original.bytes, (found) => found);
    return time && takenAt(time, timeZone, now);
  } catch {
    return null;
  } finally {
    await window.close();
  }
}
