import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { asOperator } from '../../support/database.ts';
import { freshPhoto, join, send, signIn, untilStatus } from '../../support/people.ts';
import { makeTeam, PASSWORD } from '../../support/team.ts';
import { begin } from '../../support/tus.ts';
import { setup } from '../setup.ts';

const { at, event, ownerUrl } = setup();
const TOMORROW = new Date(Date.now() + 86_400_000);

async function account(over: Record<string, unknown> = {}, limits: Record<string, number> = {}) {
  const { slug, members } = await makeTeam(ownerUrl, ['owner']);
  const client = at(slug);
  const { headers } = await signIn(client, members[0]!.email, PASSWORD);
  await asOperator(ownerUrl, (operator) =>
    operator.query(`update tenants set settings = jsonb_build_object('limits', $2::jsonb) where slug = $1`, [
      slug,
      JSON.stringify(limits),
    ]),
  );
  const party = await event(over, slug);
  const guest = await join(client, party.slug);
  const create = (
    length: number,
    more: { metadata?: Record<string, string>; body?: Uint8Array; key?: string; headers?: Record<string, string> } = {},
  ) =>
    begin(client, party.slug, guest, {
      length,
      metadata: { filetype: 'image/jpeg', ...more.metadata },
      headers: { prefer: 'return=representation', 'idempotency-key': more.key ?? randomUUID(), ...more.headers },
      ...(more.body ? { body: more.body } : {}),
    });
  const write = (texts: Record<string, string>) =>
    client('/api/v1/tenant/consent', { method: 'POST', headers, body: { texts } });
  return { client, headers, party, guest, create, write };
}

describe('a resumable upload', () => {
  it('needs the consent that is asked for, and keeps its version', async () => {
    const { client, headers, create, write } = await account();
    await write({ en: 'Words', fr: 'Mots' });
    const bytes = await freshPhoto();
    const asked = await create(bytes.length, { body: bytes, headers: { 'accept-language': 'fr' } });
    expect([asked.status, asked.json.code, asked.json.consent.text]).toEqual([409, 'consent.required', 'Mots']);
    const sent = await create(bytes.length, { body: bytes, metadata: { consent: '1' } });
    expect(sent.status, sent.text).toBe(201);
    const seen = await client(`/api/v1/photos/${sent.json.photo.id}`, { headers });
    expect(seen.json.photo.consentVersion).toBe(1);
  });

  it('takes a shot when it begins, is begun again without taking another, and what is left is told', async () => {
    const { client, party, guest, create } = await account({
      reveal_at: TOMORROW,
      settings: { camera: { shots: 2 } },
      moderation: 'after',
    });
    const bytes = await freshPhoto();
    const key = randomUUID();
    expect((await create(9000, { key })).status).toBe(201);
    const done = await create(bytes.length, { body: bytes });
    expect(done.json.photo).toMatchObject({ renditions: [], original: null });
    await untilStatus(client, party.slug, guest, done.json.photo.id, 'approved');
    expect((await client(done.headers['location'] as string, { headers: guest.headers })).json.photo).toMatchObject({
      status: 'approved',
      renditions: [],
      thumbhash: null,
    });
    expect((await create(9000)).json.code).toBe('guest.no_shots_left');
    expect((await send(client, party.slug, guest, bytes)).json.code).toBe('guest.no_shots_left');
    expect((await create(9000, { key })).status).toBe(201);
    expect((await client(`/api/v1/events/${party.slug}/me`, { headers: guest.headers })).json.camera).toEqual({
      shots: 2,
      left: 1,
      revealsAt: TOMORROW.toISOString(),
    });
  });

  it('keeps room for its bytes while it is under way, and gives it back when it ends', async () => {
    const { client, guest, create } = await account({}, { bytes: 1_000_000 });
    const open = await create(900_000);
    expect((await create(100_001)).json).toMatchObject({ code: 'quota.exceeded', quota: { used: 900_000 } });
    const ended = await client(open.headers['location'] as string, {
      method: 'DELETE',
      headers: { ...guest.headers, 'tus-resumable': '1.0.0' },
    });
    expect(ended.status).toBe(204);
    expect((await create(100_001)).status).toBe(201);
  });
});
