import { readFile } from 'node:fs/promises';
import path from 'node:path';
import ExifReader from 'exifreader';
import { computeRedactions } from '../../../domain/images/redaction/compute-redactions.ts';
import { packRedactions, unpackRedactions, type Redactions } from '../../../domain/images/redaction/overwrites.ts';
import { root } from '../../support/processes.ts';
import * as located from '../../support/located-files.ts';
import { anyWalk, kindOf } from '../any-file.ts';
import { insist, type Target } from '../target.ts';

const FILMS = ['fast.mp4', 'frag.mp4', 'slow.mp4', 'turned.mov', 'short.webm', 'photo.heic'];

const heicItems = (method: 0 | 1): located.HandmadeItem[] => [
  { id: 1, type: 'hvc1', content: new Uint8Array(50).fill(7), method: 0 },
  { id: 2, type: 'Exif', content: located.exifItem(6), method },
  { id: 3, type: 'mime', content: located.locatedXmp(), method, extents: 2 },
];

/** What is overwritten before anybody else gets an original: in order, inside of the file, and enough for another reader. */
export const redaction: Target = {
  seeds: async () => [
    ...(await Promise.all([
      located.locatedJpeg(),
      located.locatedJpeg(6, {}, true),
      located.locatedPng(),
      located.locatedWebp(),
      located.locatedWebp(3, true),
      located.locatedGif(),
      located.locatedAvif(),
      ...FILMS.map(async (name) => new Uint8Array(await readFile(path.join(root, 'src/test/support/samples', name)))),
    ])),
    located.locatedMp4(),
    located.locatedMp4('isom', true),
    located.locatedWebm(),
    ...([0, 1] as const).map((method) => located.handmadeHeic(heicItems(method))),
  ],
  walk: anyWalk,
  async run(bytes) {
    const kind = kindOf(bytes);
    if (!kind) return 'refused';
    const source = {
      bytes: bytes.length,
      async read(offset: number, length: number) {
        insist(offset >= 0 && length > 0 && offset + length <= bytes.length, 'only what the file has is asked for');
        return bytes.slice(offset, offset + length);
      },
    };
    const plan = await computeRedactions(kind, source);
    const keeping = await computeRedactions(kind, source, true);
    insist((plan === null) === (keeping === null), 'a choice makes no file public, and none private');
    if (!plan || !keeping) return 'refused';
    for (const { redactions } of [plan, keeping]) {
      insist(
        JSON.stringify(unpackRedactions(packRedactions(redactions))) === JSON.stringify(redactions),
        'a plan is kept as it is',
      );
    }
    insist(plan.place !== 'kept' && !hasPlace(apply(bytes, plan)), 'nobody finds a place in a public file');
    insist(keeping.place === 'kept' || !hasPlace(apply(bytes, keeping)), 'a place that is found there is known to be');
    return 'read';
  },
  peakBytes: () => Number.NaN,
  maxBytes: 0,
  maxMs: 500,
};

function apply(bytes: Uint8Array, { redactions, publicBytes }: Redactions): Uint8Array {
  insist(publicBytes >= 0 && publicBytes <= bytes.length, 'a public file is no longer than its original');
  const published = bytes.slice(0, publicBytes);
  let end = 0;
  for (const { offset, length, bytes: written, fill } of redactions) {
    insist(offset >= end && length > 0 && offset + length <= publicBytes, 'overwrites are in order and inside');
    insist((written?.length ?? 0) <= length, 'no more is written than is overwritten');
    published.fill(fill ?? 0, offset, offset + length);
    if (written) published.set(written, offset);
    end = offset + length;
  }
  return published;
}

/** Asks a reader that knows nothing of ours. */
function hasPlace(file: Uint8Array): boolean {
  try {
    const tags = ExifReader.load(file.slice().buffer, { expanded: true });
    return tags.gps !== undefined;
  } catch {
    return false;
  }
}
