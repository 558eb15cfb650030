import { beforeEach, expect, it } from 'vitest';
import type { Transcoder } from '../../domain/ports.ts';
import { receivePhoto } from '../../domain/intake/uploads.ts';
import { concatBytes, encodePng, quarters } from '../support/images.ts';
import { emptyDatabase } from './support/database.ts';
import { drain } from './support/deliveries.ts';
import { keysUnder, photoRows } from './support/end-state.ts';
import { makePlace, openContext, openVenueEnv, uploadOf } from './support/venue.ts';

beforeEach(emptyDatabase);

const uint32 = (value: number): number[] => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
const box = (type: string, ...parts: (Uint8Array | readonly number[])[]): Uint8Array => {
  const body = concatBytes(...parts);
  return concatBytes(uint32(body.length + 8), new TextEncoder().encode(type), body);
};

/** All that is looked at of a HEIC photo of 1200 × 800. */
const heicHeader = (): Uint8Array =>
  concatBytes(
    box('ftyp', new TextEncoder().encode('heic'), uint32(0), new TextEncoder().encode('mif1heic')),
    box(
      'meta',
      [0, 0, 0, 0],
      box('pitm', [0, 0, 0, 0, 0, 7]),
      box(
        'iprp',
        box('ipco', box('ispe', [0, 0, 0, 0], uint32(1200), uint32(800))),
        box('ipma', [0, 0, 0, 0], uint32(1), [0, 7, 1, 0x81]),
      ),
    ),
    box('mdat', new Uint8Array(50)),
  );

/** A photo of 1200 × 800, without a preview by whoever sent it. */
async function sendHeic(toJpeg: Transcoder['toJpeg']) {
  const { env, jobs, services } = openVenueEnv();
  const place = await makePlace();
  services.ports.transcoder = { reads: (type) => type === 'image/heic', toJpeg };
  const { context, settled } = await openContext(services, place);
  const { photo } = await receivePhoto(context, uploadOf(place, heicHeader(), { contentType: 'image/heic' }));
  await settled();
  await drain(env, jobs);
  const [row] = await photoRows(place);
  return { row, keys: await keysUnder(place), prefix: `t/${place.tenantId}/e/${place.eventId}/${photo.id}/` };
}

const streamOf = (bytes: Uint8Array) =>
  new Response(bytes as Uint8Array<ArrayBuffer>).body as ReadableStream<Uint8Array>;

it('a photo that no browser made a picture of appears with the one that the service makes', async () => {
  const jpeg = await encodePng(quarters(600, 400));
  const { row, keys, prefix } = await sendHeic(async () => streamOf(jpeg));
  expect(row).toMatchObject({ status: 'approved', renditions: [320, 960] });
  expect(keys).toEqual(['original', 'preview', 'r/320.webp', 'r/960.webp'].map((name) => prefix + name));
});

it('a service that is away for a moment is asked again', async () => {
  const jpeg = await encodePng(quarters(600, 400));
  let asked = 0;
  const { row } = await sendHeic(async () => {
    asked += 1;
    if (asked === 1) throw new Error('the service is away');
    return streamOf(jpeg);
  });
  expect([asked, row?.status]).toEqual([2, 'approved']);
});

it.each([
  ['cannot read it', async () => null],
  ['answers with another picture', async () => streamOf(await encodePng(quarters(400, 400)))],
  ['answers with what is no picture', async () => streamOf(new TextEncoder().encode('<html>'.repeat(100)))],
])(
  'a service that %s leaves the photo without a preview, and nothing of it but the original',
  async (_name, toJpeg) => {
    const { row, keys, prefix } = await sendHeic(toJpeg);
    expect(row?.status).toBe('failed');
    expect(keys).toEqual([`${prefix}original`]);
  },
);
