import type { Book } from './book.ts';
import { readFile, type Held } from './keep/bytes.ts';
import { makeThumb } from './keep/picture.ts';

/** Of a file that is not here any more but in the outbox, so much is read for a picture of 112 pixels. */
const READ_MAX_BYTES = 30_000_000;

/** Small pictures of files whose rows are seen: made once, one at a time, and kept with the upload. */
export function openThumbs(book: Book, held: (key: string) => Held) {
  const addresses = new Map<string, string>();
  const asked = new Set<string>();

  function address(key: string): string | null {
    const known = addresses.get(key);
    if (known) return known;
    const upload = book.find(key);
    if (!upload || !upload.thumb) return null;
    const made = URL.createObjectURL(new Blob([upload.thumb], { type: 'image/jpeg' }));
    addresses.set(key, made);
    return made;
  }

  async function make(key: string): Promise<void> {
    const upload = book.find(key);
    if (!upload || upload.thumb || asked.has(key)) return;
    const hasFile = held(key).file !== undefined;
    if (!hasFile && (upload.stored !== 'kept' || upload.isVideo || upload.bytes > READ_MAX_BYTES)) return;
    asked.add(key);
    const file = await readFile(upload, held(key)).catch(() => null);
    const picture = file && (await makeThumb(file, upload.isVideo));
    const thumb = picture && (await new Response(picture).arrayBuffer());
    if (thumb && book.find(key)) book.change(key, (one) => ({ ...one, thumb }));
  }

  return {
    address,
    make: (key: string) => void make(key),
    forget(key: string) {
      const made = addresses.get(key);
      if (made) URL.revokeObjectURL(made);
      addresses.delete(key);
    },
  };
}
