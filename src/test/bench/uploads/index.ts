import { versionOf, workerdVersion, type BenchResult } from '../report.ts';
import { benchPhone, type PhoneSize } from './phone.ts';
import { atVenue } from './platform.ts';
import { benchThroughput, type ThroughputSize } from './throughput.ts';

const FULL = {
  throughput: { rounds: 9, warmUp: 2, bytes: 20_000_000 },
  phone: { rounds: 3, photos: 50, bytes: 4_000_000, linkBytes: 5_000_000 },
};

/** What sending costs: the resumable way against the plain one, and a phone's link against itself. */
export const benchUploads = (size: { throughput: ThroughputSize; phone: PhoneSize } = FULL): Promise<BenchResult> =>
  atVenue(async (venue) => {
    const throughput = await benchThroughput(venue, size.throughput);
    const phone = await benchPhone(venue, size.phone);
    return {
      name: 'uploads',
      input: [
        `${size.throughput.rounds} rounds of one file, each of random bytes around a small picture, alternating`,
        `${size.phone.rounds} rounds of ${size.phone.photos} photos from Chromium, 40 ms of latency`,
      ],
      ratios: [...throughput.ratios, ...phone.ratios],
      lines: [...throughput.lines, ...phone.lines],
      versions: { workerd: workerdVersion(), 'playwright-core': versionOf('playwright-core') },
    };
  });
