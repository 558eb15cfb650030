import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { asOperator } from '../../support/database.ts';
import { encodeJpeg } from '../../support/image-encoders.ts';
import { busy } from '../../support/images.ts';
import { freshPhoto, join, untilStatus } from '../../support/people.ts';
import { begin, beginAt, patch, receipt, TUS } from '../../support/tus.ts';
import { setup } from '../setup.ts';

const { acme, event, ownerUrl } = setup();

describe('a guest', () => {
  it('has twenty uploads under way, however many are begun at once, and room again when one has ended', async () => {
    const { slug } = await event();
    const guest = await join(acme, slug);
    const answers = await Promise.all(Array.from({ length: 26 }, () => begin(acme, slug, guest, { length: 1000 })));
    const begun = answers.filter(({ status }) => status === 201);
    const refused = answers.filter(({ status }) => status === 429);
    expect([begun.length, refused.length]).toEqual([20, 6]);
    for (const answer of refused) {
      expect(answer.json.code).toBe('upload.too_many');
      expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    }
    const open = await asOperator(ownerUrl, (client) =>
      client.query('select count(*)::int as n from upload_intents where guest_id = $1', [guest.id]),
    );
    expect(open.rows[0].n).toBe(20);
    expect((await begin(acme, slug, await join(acme, slug), { length: 1000 })).status).toBe(201);
    await acme(String(begun[0]?.headers['location']), { method: 'DELETE', headers: { ...TUS, ...guest.headers } });
    expect((await begin(acme, slug, guest, { length: 1000 })).status).toBe(201);
  });

  it('who is blocked begins nothing, and nobody does at an event that is closed', async () => {
    const { slug, id } = await event();
    const guest = await join(acme, slug);
    const photo = await freshPhoto();
    const address = await beginAt(acme, slug, guest, { length: photo.length });
    await asOperator(ownerUrl, (client) => client.query(`update events set status = 'closed' where id = $1`, [id]));
    const late = await begin(acme, slug, guest, { length: 1000 });
    expect([late.status, late.json.code]).toEqual([403, 'event.uploads_closed']);
    expect((await patch(acme, address, guest, 0, photo)).status).toBe(204);
    await asOperator(ownerUrl, (client) =>
      client.query('update guests set blocked_at = now() where id = $1', [guest.id]),
    );
    const blocked = await begin(acme, slug, guest, { length: 1000 });
    expect([blocked.status, blocked.json.code]).toEqual([403, 'guest.blocked']);
  });
});

describe('a preview in front of a file that is not decoded here', () => {
  it('shows the photo at once', async () => {
    const { slug } = await event({ moderation: 'after' });
    const guest = await join(acme, slug);
    // 1200 × 800
    const heic = readFileSync(new URL('../../support/samples/photo.heic', import.meta.url));
    const preview = await encodeJpeg(busy(600, 400, Date.now()));
    const address = await beginAt(acme, slug, guest, {
      length: preview.length + heic.length,
      metadata: { filetype: 'image/heic', previewbytes: String(preview.length) },
    });
    const answer = await patch(acme, address, guest, 0, Buffer.concat([preview, heic]), {
      prefer: 'return=representation',
    });
    expect(answer.json.photo, answer.text).toMatchObject({ preview: 'stored', status: 'processing' });
    await untilStatus(acme, slug, guest, answer.json.photo.id, 'approved');
    expect((await receipt(acme, address, guest)).json.photo.renditions.length).toBeGreaterThan(0);
  });
});
