import { randomUUID } from 'node:crypto';
import { clientFor } from '../../support/http.ts';
import { join, untilStatus, type Guest } from '../../support/people.ts';
import { beginAt, patch } from '../../support/tus.ts';
import { alternate, figureOf, ratioOf, settle, timed } from '../measure.ts';
import type { Line, Ratio } from '../report.ts';
import { photosOf } from './photos.ts';
import { besidePlain, type Venue } from './platform.ts';

export interface ThroughputSize {
  rounds: number;
  /** rounds before those that count */
  warmUp: number;
  bytes: number;
}

const MEGA = 1_000_000;

/** One file by tus, in one PATCH, until it is a recorded photo. @returns its id */
async function sendByTus(venue: Venue, slug: string, guest: Guest, photo: Uint8Array): Promise<string> {
  const address = await beginAt(venue.client, slug, guest, { length: photo.length });
  const answer = await patch(venue.client, address, guest, 0, photo, { prefer: 'return=representation' });
  if (answer.status !== 200) throw new Error(`The upload ended with ${answer.status}: ${answer.text}`);
  return answer.json.photo.id as string;
}

/** A large file by tus, read back and recorded, against a body that is streamed into the same kind of store. */
export const benchThroughput = (venue: Venue, size: ThroughputSize): Promise<{ ratios: Ratio[]; lines: Line[] }> =>
  besidePlain(async (plainPort) => {
    const plain = clientFor(plainPort, `localhost:${plainPort}`);
    const nextPhoto = await photosOf(size.bytes);
    const slug = await venue.event();
    const guest = await join(venue.client, slug);
    const lanes = [
      async () => {
        const photo = nextPhoto();
        let id = '';
        const took = await timed(async () => {
          id = await sendByTus(venue, slug, guest, photo);
        });
        // Its renditions are not to be made while the other side is measured.
        await untilStatus(venue.client, slug, guest, id, 'approved');
        await settle();
        return took;
      },
      async () => {
        const photo = nextPhoto();
        const took = await timed(async () => {
          const answer = await plain(`/${randomUUID()}`, { method: 'PUT', body: photo });
          if (answer.status !== 201) throw new Error(`The plain PUT ended with ${answer.status}.`);
        });
        await settle();
        return took;
      },
    ];
    await alternate(size.warmUp, lanes);
    const [ours = [], theirs = []] = await alternate(size.rounds, lanes);
    const rate = (took: number[]) => figureOf(took.map((ms) => size.bytes / MEGA / (ms / 1000)));
    return {
      ratios: [
        {
          name: `throughput of one file of ${Math.round(size.bytes / MEGA)} MB by tus`,
          reference: 'a plain streamed PUT into the same kind of store',
          figure: ratioOf(theirs, ours),
          target: { is: 'at least', value: 0.7 },
        },
      ],
      lines: [
        { name: 'by tus, until it is recorded', unit: 'MB/s', figure: rate(ours) },
        { name: 'plain PUT', unit: 'MB/s', figure: rate(theirs) },
      ],
    };
  });
