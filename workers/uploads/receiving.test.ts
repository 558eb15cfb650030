import { env } from 'cloudflare:workers';
import { beforeEach, describe, expect, inject, it } from 'vitest';
import { emptyDatabase, operator } from '../../src/test/pipeline/support/database.ts';
import { bucket, makePlace } from '../../src/test/pipeline/support/venue.ts';
import {
  bodyOf,
  carryOn,
  codeOf,
  expectNothing,
  longPhoto,
  newUpload,
  sha256Of,
  stateOf,
} from '../../src/test/pipeline/support/upload-object.ts';
import { hooks } from './test-support/main.ts';

const MEBI = 1_048_576;
const IS_SOAK: boolean = inject('soak' as never);
const LARGE_BYTES = IS_SOAK ? 1_000_000_000 : 42_000_000;

/** So many parts of 5 MiB lie between two looks at the memory. */
const TRACE_PARTS = 20;

/** The process that all of this runs in, as the system sees it; null where that does not say. */
async function memoryOf(method: 'GET' | 'POST'): Promise<{ now: number; peak: number } | null> {
  const { MEMORY } = env as unknown as { MEMORY: Fetcher };
  return (await MEMORY.fetch('http://memory/', { method })).json();
}

/** Bytes of a movie with nothing behind its end, from `from` on; made while it is read. */
function movieOf(length: number, from: number, to = length): ReadableStream<Uint8Array> {
  const movie = Uint8Array.from(atob(inject('movie' as never)), (char) => char.charCodeAt(0));
  const start = new Uint8Array(movie.length + 16);
  start.set(movie);
  const box = new DataView(start.buffer, movie.length);
  // `free`, its length in 64 bits.
  box.setUint32(0, 1);
  box.setUint32(4, 0x66726565);
  box.setBigUint64(8, BigInt(length - movie.length));
  let at = from;
  return new ReadableStream({
    pull(controller) {
      if (at >= to) return controller.close();
      const chunk = new Uint8Array(Math.min(262_144, to - at));
      if (at < start.length) chunk.set(start.subarray(at, at + chunk.length));
      at += chunk.length;
      controller.enqueue(chunk);
    },
  });
}

beforeEach(async () => {
  await emptyDatabase();
  hooks.onStep = () => undefined;
  hooks.aheadMs = 0;
});

/** `sha1` or `sha256` of bytes, as `Upload-Checksum` has it. */
async function checksumOf(name: 'sha1' | 'sha256', bytes: Uint8Array): Promise<string> {
  const algorithm = { sha1: 'SHA-1', sha256: 'SHA-256' }[name];
  const digest = new Uint8Array(await crypto.subtle.digest(algorithm, bytes as Uint8Array<ArrayBuffer>));
  return `${name} ${btoa(String.fromCharCode(...digest))}`;
}

describe('an upload', () => {
  it('that is cut at random bytes arrives whole, and at most 1 MiB comes twice for a cut', async () => {
    const photo = await longPhoto(13 * MEBI + 77);
    const upload = await newUpload({ length: photo.length });
    for (let cuts = 0; cuts < 12; cuts += 1) {
      const { offset } = stateOf(await upload.look());
      const cutAt = 1 + Math.floor(Math.random() * 1_100_000);
      const chunk = 1_000 + cuts * 9973;
      await upload.append(offset, bodyOf(photo.subarray(offset), { cutAt, chunk })).catch(() => undefined);
      const arrived = stateOf(await upload.look()).offset - offset;
      // What was still on its way when the connection went is lost with it.
      expect(arrived).toBeLessThanOrEqual(cutAt);
      expect(arrived).toBeGreaterThanOrEqual(cutAt - MEBI);
    }
    await upload.sendRest(photo);
    expect(await upload.stored()).toBe(await sha256Of(photo));
    expect(await upload.photos()).toMatchObject([{ id: upload.facts.uploadId, sha256: await sha256Of(photo) }]);
  });

  it('goes to the store in parts of one length while it comes, and what the store has is not kept here', async () => {
    const photo = await longPhoto(22 * MEBI);
    const upload = await newUpload({ length: photo.length });
    await upload.append(0, bodyOf(photo.subarray(0, 21 * MEBI)));
    await expect
      .poll(() =>
        upload.inside((_one, { storage }) => ({
          parts: storage.sql.exec('select number from parts').toArray().length,
          kept: storage.sql.exec<{ bytes: number }>('select sum(length(bytes)) as bytes from pieces').one().bytes,
        })),
      )
      .toEqual({ parts: 4, kept: MEBI });
    await upload.sendRest(photo);
    expect(await upload.stored()).toBe(await sha256Of(photo));
    // R2 itself refuses parts that are not equal; it names how many there were.
    expect((await bucket.head(upload.key))?.etag).toMatch(/-5$/);
  });

  it(`of ${LARGE_BYTES / 1e6} MB holds 8 MiB at most, also where the store is slow`, async () => {
    const before = await memoryOf('POST');
    const upload = await newUpload({ length: LARGE_BYTES });
    let parts = 0;
    const trace: number[] = [];
    hooks.onStep = async (name) => {
      if (!name.startsWith('part ')) return;
      parts += 1;
      if (parts < 8) await scheduler.wait(20);
      if (IS_SOAK && parts % TRACE_PARTS === 0) trace.push((await memoryOf('GET'))?.now ?? 0);
    };
    // Twice, so that not all of it is seen in one life and it has to be read back.
    await upload.append(0, movieOf(LARGE_BYTES, 0, 17 * MEBI));
    const first = await upload.inside((one) => one.held.report());
    // Of these three none is under way any more when it is killed, so that each is stored once.
    const noted = () => upload.inside((_one, { storage }) => storage.sql.exec('select number from parts').toArray());
    await expect.poll(async () => (await noted()).length).toBe(3);
    await upload.inside((_one, state) => state.abort('so that it wakes up anew')).catch(() => undefined);
    const { offset } = stateOf(await upload.look());
    expect(stateOf(await upload.append(offset, movieOf(LARGE_BYTES, offset))).status).toBe('done');
    expect(parts).toBe(Math.ceil(LARGE_BYTES / (5 * MEBI)));
    for (const peak of [first, await upload.inside((one) => one.held.report())]) {
      expect(peak.bytes, JSON.stringify(peak)).toBeLessThanOrEqual(8 * MEBI);
      expect(peak.bytes, JSON.stringify(peak)).toBeGreaterThan(MEBI);
    }
    expect(await upload.photos()).toMatchObject([{ bytes: LARGE_BYTES }]);
    // Of the whole process: this test, which makes the bytes, the object, the store and the garbage of all of them.
    const after = await memoryOf('GET');
    if (!before || !after) return;
    const inMib = (bytes: number) => Math.round(bytes / MEBI);
    console.log(
      `${LARGE_BYTES / 1e6} MB: the runtime had ${inMib(before.now)} MiB before, ${trace.map(inMib).join(', ')} meanwhile, ` +
        `at most ${inMib(after.peak)}, ${inMib(after.now)} at the end`,
    );
    if (!IS_SOAK) return;
    // While it comes, the same whether much of it is here or little. Reading it back leaves what the local store, which
    // lives in this process too, throws away: less than the file, and none of it is held.
    expect(Math.max(...trace) - before.now).toBeLessThan(256 * MEBI);
    expect((trace.at(-1) ?? 0) - (trace[0] ?? 0)).toBeLessThan(64 * MEBI);
    expect(after.peak - before.now).toBeLessThan(0.75 * LARGE_BYTES);
  });

  it('in very many short pieces arrives whole', async () => {
    const photo = await longPhoto(5_000);
    const upload = await newUpload({ length: photo.length });
    for (let at = 0; at < photo.length; at += 37) {
      await upload.append(at, bodyOf(photo.subarray(at, at + 37)));
    }
    expect(stateOf(await upload.look()).status).toBe('done');
    expect(await upload.stored()).toBe(await sha256Of(photo));
  });

  it('is carried on by whoever asks last: a transfer that hangs is ended, and its bytes count', async () => {
    const photo = await longPhoto(3 * MEBI);
    const upload = await newUpload({ length: photo.length });
    let release = () => {};
    const hangs = new Promise<void>((resolve) => (release = resolve));
    const stuck = upload.append(0, bodyOf(photo, { cutAt: 1_400_000, hangs }));
    await expect
      .poll(() => upload.inside((_one, { storage }) => storage.kv.get<{ offset: number }>('progress')?.offset))
      .toBe(MEBI);
    const { offset } = stateOf(await upload.look());
    expect(offset).toBeGreaterThanOrEqual(MEBI);
    expect(stateOf(await stuck)).toMatchObject({ offset });
    release();
    expect(codeOf(await upload.append(0, bodyOf(photo)))).toBe('upload.offset_mismatch');
    await upload.sendRest(photo);
    expect(await upload.stored()).toBe(await sha256Of(photo));
  });

  it('takes no more than was announced', async () => {
    const photo = await longPhoto(100_000);
    const upload = await newUpload({ length: photo.length });
    const longer = new Uint8Array([...photo, 1, 2, 3]);
    expect(codeOf(await upload.append(0, bodyOf(longer), { length: longer.length }))).toBe('request.too_large');
    expect(stateOf(await upload.look()).offset).toBe(0);
    expect(codeOf(await upload.append(0, bodyOf(longer)))).toBe('request.too_large');
    const { offset, status } = stateOf(await upload.look());
    expect([status, offset < photo.length]).toEqual(['receiving', true]);
    await upload.sendRest(photo);
    expect(await upload.stored()).toBe(await sha256Of(photo));
  });

  it('of a gigabyte that is no photo is refused with its first bytes, and leaves nothing but the reason', async () => {
    const upload = await newUpload({ length: 1_000_000_000 });
    const text = new TextEncoder().encode('Dear diary, '.repeat(9_000));
    expect(codeOf(await upload.append(0, bodyOf(text)))).toBe('photo.unsupported_type');
    expect(codeOf(await upload.look())).toBe('photo.unsupported_type');
    expect(codeOf(await upload.append(0, bodyOf(text)))).toBe('photo.unsupported_type');
    expect(stateOf(await upload.peek())).toMatchObject({
      status: 'refused',
      problem: { code: 'photo.unsupported_type' },
    });
    expect([await upload.keys(), await upload.notes()]).toEqual([[], []]);
  });
});

describe('a checked transfer', () => {
  it.each(['sha1', 'sha256'] as const)(
    'with %s counts when its digest is right, and not at all when it is not',
    async (name) => {
      const photo = await longPhoto(7 * MEBI);
      const upload = await newUpload({ length: photo.length });
      const first = photo.subarray(0, 6 * MEBI);
      const wrong = await checksumOf(name, photo);
      expect(codeOf(await upload.append(0, bodyOf(first), { checksum: wrong }))).toBe('upload.checksum_mismatch');
      expect(stateOf(await upload.look()).offset).toBe(0);
      const right = await checksumOf(name, first);
      await upload.append(0, bodyOf(first, { cutAt: 2_000_000 }), { checksum: right }).catch(() => undefined);
      expect(stateOf(await upload.look()).offset).toBe(0);
      await upload.append(0, bodyOf(first), { checksum: right });
      expect(stateOf(await upload.look()).offset).toBe(first.length);
      await upload.sendRest(photo);
      expect(await upload.stored()).toBe(await sha256Of(photo));
    },
  );

  it('that was damaged is not taken for what it looks like', async () => {
    const photo = await longPhoto(50_000);
    const upload = await newUpload({ length: photo.length });
    const checksum = await checksumOf('sha256', photo);
    const damaged = bodyOf(photo.map((byte) => byte ^ 1));
    expect(codeOf(await upload.append(0, damaged, { checksum }))).toBe('upload.checksum_mismatch');
    expect(stateOf(await upload.append(0, bodyOf(photo), { checksum })).status).toBe('done');
  });

  it.each(['md5 AAAA', 'sha1', 'sha1 !!', 'sha256 AAAA', '', 'sha1 AAAAAAAAAAAAAAAAAAAAAAAAAAA= x'])(
    'by %j is refused',
    async (checksum) => {
      const upload = await newUpload({ length: 1_000 });
      const answer = await upload.append(0, bodyOf(new Uint8Array(10)), { checksum });
      expect(codeOf(answer)).toBe('upload.checksum_unsupported');
    },
  );
});

describe('an upload that ends', () => {
  it('by its sender leaves nothing, also while bytes come', async () => {
    const photo = await longPhoto(8 * MEBI);
    const upload = await newUpload({ length: photo.length });
    let release = () => {};
    const hangs = new Promise<void>((resolve) => (release = resolve));
    const stuck = upload.append(0, bodyOf(photo, { cutAt: 7_000_000, hangs })).catch(() => undefined);
    await expect
      .poll(() => upload.inside((_one, { storage }) => storage.kv.get<{ partsId: string }>('progress')?.partsId))
      .toBeTruthy();
    expect(codeOf(await upload.cancel())).toBeNull();
    release();
    await stuck;
    await expectNothing(upload);
    expect(codeOf(await upload.cancel())).toBe('upload.not_found');
  });

  it('by time leaves nothing, a day after its last byte and not before', async () => {
    const photo = await longPhoto(6 * MEBI);
    const upload = await newUpload({ length: photo.length });
    hooks.aheadMs = 20 * 3_600_000;
    await upload.append(0, bodyOf(photo.subarray(0, 5_500_000)));
    hooks.aheadMs = 25 * 3_600_000;
    await upload.ring();
    expect(stateOf(await upload.look()).offset).toBe(5_500_000);
    const [note] = await operator<{ hours: number }>(
      `select extract(epoch from expires_at - now()) / 3600 as hours from upload_intents where tenant_id = $1`,
      [upload.facts.tenantId],
    );
    expect(Number(note?.hours)).toBeGreaterThan(44);
    hooks.aheadMs = 45 * 3_600_000;
    expect(codeOf(await upload.look())).toBe('upload.gone');
    await upload.ring();
    await expectNothing(upload);
  });

  it('well is known for a day, and the photo for longer', async () => {
    const photo = await longPhoto(100_000);
    const upload = await newUpload({ length: photo.length });
    await upload.sendRest(photo);
    hooks.aheadMs = 23 * 3_600_000;
    await upload.ring();
    expect(stateOf(await upload.peek()).status).toBe('done');
    hooks.aheadMs = 25 * 3_600_000;
    await upload.ring();
    expect(codeOf(await upload.look())).toBe('upload.not_found');
    expect(await upload.photos()).toHaveLength(1);
    expect(await upload.keys()).toEqual(['original']);
  });

  it('is finished by its alarm when the database was away', async () => {
    const photo = await longPhoto(6 * MEBI);
    const upload = await newUpload({ length: photo.length });
    const { env } = hooks as { env: { DATABASE_URL: string } };
    const { DATABASE_URL } = env;
    hooks.env = { ...env, DATABASE_URL: DATABASE_URL.replace(/\/[^/]*$/, '/nowhere') };
    await upload.inside((_one, state) => state.abort('so that it opens the other one')).catch(() => undefined);
    const last = await upload.append(0, bodyOf(photo)).catch(() => upload.append(0, bodyOf(photo)));
    expect(stateOf(last)).toMatchObject({ status: 'finishing', offset: photo.length });
    hooks.env = env;
    await upload.inside((_one, state) => state.abort('and this one again')).catch(() => undefined);
    await carryOn(upload);
    expect(stateOf(await upload.look()).status).toBe('done');
    expect(await upload.stored()).toBe(await sha256Of(photo));
  });
});

describe('the guest of an upload', () => {
  it('is the only one who finds it', async () => {
    const upload = await newUpload({ length: 1_000 });
    const { eventId, guestId } = upload.facts;
    const other = crypto.randomUUID();
    const strangers = [
      { event: eventId, guests: [] },
      { event: eventId, guests: [{ eventId, guestId: other }] },
      { event: eventId, guests: [{ eventId: other, guestId }] },
      { event: other, guests: [{ eventId, guestId }] },
      { event: 'another-party', guests: [{ eventId, guestId }] },
    ];
    for (const stranger of strangers) expect(codeOf(await upload.look(stranger))).toBe('upload.not_found');
    expect(
      codeOf(
        await upload.look({
          event: 'a-party',
          guests: [
            { eventId: other, guestId: other },
            { eventId, guestId },
          ],
        }),
      ),
    ).toBeNull();
  });

  it('who was blocked meanwhile does not get through, and nothing stays', async () => {
    const photo = await longPhoto(6 * MEBI);
    const upload = await newUpload({ length: photo.length });
    await upload.append(0, bodyOf(photo.subarray(0, MEBI)));
    await operator('update guests set blocked_at = now() where tenant_id = $1', [upload.facts.tenantId]);
    expect(codeOf(await upload.append(MEBI, bodyOf(photo.subarray(MEBI))))).toBe('guest.blocked');
    expect([await upload.keys(), await upload.notes(), await upload.photos()]).toEqual([[], [], []]);
  });

  it('may finish what was begun before the event closed, and nothing of an event that is gone', async () => {
    const photo = await longPhoto(100_000);
    const upload = await newUpload({ length: photo.length });
    await operator(`update events set status = 'closed' where tenant_id = $1`, [upload.facts.tenantId]);
    await upload.sendRest(photo);
    expect(stateOf(await upload.look()).status).toBe('done');
    const late = await newUpload({ length: photo.length }, upload.place);
    await operator('update events set deleted_at = now() where tenant_id = $1', [upload.facts.tenantId]);
    expect(codeOf(await late.append(0, bodyOf(await longPhoto(100_000))))).toBe('event.not_found');
    expect([await late.keys(), await late.notes()]).toEqual([[], []]);
  });

  it('who sends the same photo twice has it once', async () => {
    const photo = await longPhoto(100_000);
    const place = await makePlace();
    const first = await newUpload({ length: photo.length }, place);
    await first.sendRest(photo);
    const second = await newUpload({ length: photo.length }, place);
    await second.sendRest(photo);
    expect(stateOf(await second.look())).toMatchObject({ status: 'done', photoId: first.facts.uploadId });
    expect([await second.keys(), await second.notes()]).toEqual([[], []]);
    expect(await second.photos()).toHaveLength(1);
  });
});
