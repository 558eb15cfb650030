import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Guest } from '../../support/people.ts';
import { metadataOf, TUS } from '../../support/tus.ts';
import type { Heard, Line } from './bad-line.ts';

/** How one upload went. */
export interface Sent {
  photoId: string;
  sha256: string;
  /** bytes that had left and were not there when it was asked */
  again: number;
  asks: number;
}

interface Receipt {
  upload: { status: 'receiving' | 'finishing' | 'done' | 'refused'; offset: number };
  photo: { id: string } | null;
  problem: { code: string } | null;
}

const PIECES = [64 * 1024, 700_000, 3_000_000, Number.POSITIVE_INFINITY];
const MOST_ASKS = 400;
const FINISHING_MS = 250;
const isPassing = (status: number) => [408, 409, 423, 429].includes(status) || status >= 500;

/**
 * Sends one file as a phone at a venue does: asks where it was, goes on from there, believes nothing but an answer
 * that it has heard, and stops only with the receipt.
 */
export async function sendStubbornly(
  line: Line,
  at: { event: string; guest: Guest; key: string; random: () => number },
  bytes: Uint8Array,
): Promise<Sent> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const common = { ...TUS, ...at.guest.headers };
  let address: string | null = null;
  let asks = 0;
  let again = 0;
  let reached = 0;

  async function ask(...request: Parameters<Line['ask']>): Promise<Heard | null> {
    asks += 1;
    if (asks > MOST_ASKS) throw new Error(`An upload of ${bytes.length} bytes had no end after ${asks} requests`);
    const heard = await line.ask(...request);
    if (heard === null || isPassing(heard.status)) {
      const wait = Number(heard?.headers['retry-after'] ?? 0) * 1000;
      await sleep(Math.min(wait, 5_000) + 20 + at.random() * 200);
      return heard?.status === 409 ? heard : null;
    }
    if (heard.status >= 400 && heard.status !== 404 && heard.status !== 410) {
      throw new Error(`${request[0]} was refused: ${heard.status} ${heard.text}`);
    }
    return heard;
  }

  const create = async (): Promise<string | null> => {
    const metadata = metadataOf({ filename: 'IMG_0001.JPG', filetype: 'image/jpeg', sha256 });
    const heard = await ask('POST', `/api/v1/events/${at.event}/uploads`, {
      ...common,
      'upload-length': String(bytes.length),
      'upload-metadata': metadata,
      'idempotency-key': at.key,
    });
    return heard?.status === 201 ? String(heard.headers['location']) : null;
  };

  /** null: nothing was heard */
  const offsetOf = async (path: string): Promise<number | 'gone' | null> => {
    const heard = await ask('HEAD', path, common);
    if (!heard) return null;
    return heard.status === 200 ? Number(heard.headers['upload-offset']) : 'gone';
  };

  for (;;) {
    address ??= await create();
    if (address === null) continue;
    const offset: number | 'gone' | null = await offsetOf(address);
    if (offset === 'gone') {
      address = null;
      continue;
    }
    if (offset === null) continue;
    again += Math.max(0, reached - offset);
    reached = offset;
    if (offset < bytes.length) {
      const piece = PIECES[Math.floor(at.random() * PIECES.length)] ?? 0;
      const body = bytes.subarray(offset, Math.min(bytes.length, offset + piece));
      const heard = await ask(
        'PATCH',
        address,
        { ...common, 'content-type': 'application/offset+octet-stream', 'upload-offset': String(offset) },
        body,
      );
      // What had left when the line broke should be there; what was heard of is.
      reached = heard?.status === 204 ? offset + body.length : offset + Math.min(line.left(), body.length);
      if (reached < bytes.length) continue;
    }
    const told: Heard | null = await ask('GET', address, at.guest.headers);
    if (!told || told.status !== 200) continue;
    const { upload, photo, problem } = JSON.parse(told.text) as Receipt;
    if (problem) throw new Error(`A good photo was refused: ${problem.code}`);
    if (upload.status === 'done' && photo) return { photoId: photo.id, sha256, again, asks };
    // All of it is there, and is being made a photo.
    await sleep(FINISHING_MS);
  }
}
