import { randomUUID } from 'node:crypto';
import { clientFor, type Answer } from '../../support/http.ts';
import { join, untilStatus, type Guest } from '../../support/people.ts';
import { begin, beginAt, patch } from '../../support/tus.ts';
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

type Send = (venue: Venue, slug: string, guest: Guest, photo: Uint8Array) => Promise<Answer>;

const WANTS_RECEIPT = { prefer: 'return=representation' };
/** creation-with-upload: as many requests as the plain PUT */
const inOneRequest: Send = (venue, slug, guest, photo) =>
  begin(venue.client, slug, guest, { length: photo.length, body: photo, headers: WANTS_RECEIPT });
/** creation, then one PATCH: what clients do that know nothing of it */
const inTwoRequests: Send = async (venue, slug, guest, photo) => {
  const address = await beginAt(venue.client, slug, guest, { length: photo.length });
  return patch(venue.client, address, guest, 0, photo, WANTS_RECEIPT);
};

/** A large file by tus, read back and recorded, against a body that is streamed into the same kind of store. */
export const benchThroughput = (venue: Venue, size: ThroughputSize): Promise<{ ratios: Ratio[]; lines: Line[] }> =>
  besidePlain(async (plainPort) => {
    const plain = clientFor(plainPort, `localhost:${plainPort}`);
    const nextPhoto = await photosOf(size.bytes);
    const slug = await venue.event();
    const guest = await join(venue.client, slug);
    const byTus = (send: Send) => async () => {
      const photo = nextPhoto();
      let id = '';
      const took = await timed(async () => {
        const answer = await send(venue, slug, guest, photo);
        if (answer.status >= 300) throw new Error(`The upload ended with ${answer.status}: ${answer.text}`);
        id = answer.json.photo.id as string;
      });
      // Its renditions are not to be made while the other side is measured.
      await untilStatus(venue.client, slug, guest, id, 'approved');
      await settle();
      return took;
    };
    const lanes = [
      byTus(inOneRequest),
      byTus(inTwoRequests),
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
    const [one = [], two = [], theirs = []] = await alternate(size.rounds, lanes);
    const rate = (took: number[]) => figureOf(took.map((ms) => size.bytes / MEGA / (ms / 1000)));
    const ratio = (how: string, ours: number[]): Ratio => ({
      name: `throughput of one file of ${Math.round(size.bytes / MEGA)} MB by tus, ${how}`,
      reference: 'a plain streamed PUT into the same kind of store',
      figure: ratioOf(theirs, ours),
      target: { is: 'at least', value: 0.7 },
    });
    return {
      ratios: [ratio('in one request', one), ratio('creation and PATCH', two)],
      lines: [
        { name: 'by tus in one request, until it is recorded', unit: 'MB/s', figure: rate(one) },
        { name: 'by tus, creation and PATCH, until it is recorded', unit: 'MB/s', figure: rate(two) },
        { name: 'plain PUT', unit: 'MB/s', figure: rate(theirs) },
      ],
    };
  });
