import { beforeEach, expect, it } from 'vitest';
import type { Transcoder } from '../../domain/ports.ts';
import { receivePhoto } from '../../domain/intake/uploads.ts';
import { encodePng, quarters } from '../support/images.ts';
import { emptyDatabase } from './support/database.ts';
import { drain } from './support/deliveries.ts';
import { keysUnder, photoRows } from './support/end-state.ts';
import { heicHeader } from './support/heic.ts';
import { makePlace, openContext, openVenueEnv, uploadOf } from './support/venue.ts';

beforeEach(emptyDatabase);

/** A photo of 1200 × 800, without a preview by whoever sent it. */
async function sendHeic(toJpeg: Transcoder['toJpeg']) {
  const { env, jobs, services } = openVenueEnv();
  const place = await makePlace();
  services.ports.transcoder = { reads: (type) => type === 'image/heic', toJpeg };
  const { context, settled } = await openContext(services, place);
  const { photo } = await receivePhoto(context, uploadOf(place, heicHeader(1200, 800), { contentType: 'image/heic' }));
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
