import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { asOperator } from '../../support/database.ts';
import { signIn } from '../../support/people.ts';
import { pair } from '../../support/screens.ts';
import { makeTeam, PASSWORD } from '../../support/team.ts';
import { setup } from '../setup.ts';

const { acme, techstart, at, ownerUrl } = setup();

const admin = await signIn(acme, 'manager@acme.com');
const member = await signIn(acme, 'operator@acme.com');
const viewer = await signIn(acme, 'viewer@acme.com');
const foreign = await signIn(techstart, 'admin@techstart.com');
const codeOf = (answer: { status: number; json: { code: string } }) => [answer.status, answer.json.code];
const create = (body: unknown, headers = member.headers) => acme('/api/v1/sites', { method: 'POST', headers, body });
const change = (id: string, body: unknown, headers = member.headers) =>
  acme(`/api/v1/sites/${id}`, { method: 'PATCH', headers, body });
const makeSite = async (over: Record<string, unknown> = {}): Promise<string> =>
  (await create({ name: 'Town hall', timeZone: 'Europe/Berlin', ...over })).json.site.id;
const enter = (body: unknown, headers = member.headers) => acme('/api/v1/devices', { method: 'POST', headers, body });
const serial = () => `SN-${randomUUID().slice(0, 8)}`;

describe('sites', () => {
  it('have a place and a clock, and say what stands there and who looks after it', async () => {
    const made = await create({
      name: '  Kongresshalle ‮',
      address: 'Am Ring 1',
      latitude: 49.45,
      longitude: 11.08,
      timeZone: 'Europe/Berlin',
    });
    expect(made.status).toBe(201);
    const { site } = made.json;
    expect(site).toMatchObject({
      name: 'Kongresshalle',
      address: 'Am Ring 1',
      latitude: 49.45,
      longitude: 11.08,
      timeZone: 'Europe/Berlin',
      devices: 0,
      members: 0,
      mine: false,
    });
    await enter({ kind: 'printer', name: 'Printer', siteId: site.id });
    await pair(acme, member.headers, 'launch-party', { siteId: site.id });
    const read = await acme(`/api/v1/sites/${site.id}`, { headers: viewer.headers });
    expect(read.json.site).toMatchObject({ devices: 2 });
    const changed = await change(site.id, { address: null, latitude: null, longitude: null });
    expect(changed.json.site).toMatchObject({ name: 'Kongresshalle', address: null, latitude: null, devices: 2 });
  });

  it('of the seed are there, with their people', async () => {
    const { items } = (await acme('/api/v1/sites?limit=200', { headers: member.headers })).json;
    const [headquarters] = items.filter((one: { name: string }) => one.name === 'Headquarters');
    expect(headquarters).toMatchObject({ timeZone: 'Europe/Madrid', members: 2, mine: true });
    const list = await acme(`/api/v1/sites/${headquarters.id}/members`, { headers: viewer.headers });
    expect(list.json.items).toMatchObject([
      { email: 'manager@acme.com', assignedBy: 'Anna Acme' },
      { email: 'operator@acme.com', assignedBy: 'Anna Acme' },
    ]);
    const theirs = (await techstart('/api/v1/sites', { headers: foreign.headers })).json.items;
    expect(theirs.map((one: { name: string }) => one.name)).toEqual(['Office']);
  });

  it('are listed a page at a time, each once', async () => {
    await makeSite();
    const all = (await acme('/api/v1/sites?limit=200', { headers: viewer.headers })).json.items;
    const seen: string[] = [];
    let cursor = '';
    do {
      const page = (await acme(`/api/v1/sites?limit=2${cursor}`, { headers: viewer.headers })).json;
      seen.push(...page.items.map((one: { id: string }) => one.id));
      cursor = page.nextCursor ? `&cursor=${page.nextCursor}` : '';
    } while (cursor);
    expect(seen).toEqual(all.map((one: { id: string }) => one.id));
  });

  it.each([
    ['no name', { name: '' }],
    ['a name too long', { name: 'x'.repeat(121) }],
    ['a name nobody can see', { name: '\u200b\u202e' }],
    ['an address too long', { address: 'x'.repeat(301) }],
    ['a latitude beyond the pole', { latitude: 90.1, longitude: 0 }],
    ['a longitude beyond the world', { latitude: 0, longitude: -180.5 }],
    ['half a place', { latitude: 10 }],
    ['a place that is no number', { latitude: '10', longitude: '10' }],
    ['a zone nobody knows', { timeZone: 'Europe/Atlantis' }],
    ['an offset instead of a zone', { timeZone: '+02:00' }],
    ['no zone', { timeZone: undefined }],
    ['a field nobody knows', { owner: 'me' }],
  ])('refuse %s', async (_name, over) => {
    expect(codeOf(await create({ name: 'Hall', timeZone: 'Europe/Berlin', ...over }))).toEqual([
      400,
      'request.invalid',
    ]);
  });

  it.each([[{}], [{ latitude: 5 }], [{ latitude: null, longitude: 5 }], [{ timeZone: 'Mars' }], [{ name: null }]])(
    'refuse the change %j',
    async (body) => {
      expect(codeOf(await change(await makeSite(), body))).toEqual([400, 'request.invalid']);
    },
  );

  it('are read by viewers, written by members, deleted and assigned by admins, and unknown to other tenants', async () => {
    const id = await makeSite();
    const remove = (headers: Record<string, string>) => acme(`/api/v1/sites/${id}`, { method: 'DELETE', headers });
    expect(codeOf(await create({ name: 'Mine', timeZone: 'UTC' }, viewer.headers))).toEqual([403, 'access.denied']);
    expect(codeOf(await change(id, { name: 'Mine' }, viewer.headers))).toEqual([403, 'access.denied']);
    expect(codeOf(await remove(member.headers))).toEqual([403, 'access.denied']);
    const theirs = await techstart(`/api/v1/sites/${id}`, { method: 'DELETE', headers: foreign.headers });
    expect(codeOf(theirs)).toEqual([404, 'site.not_found']);
    expect((await remove(admin.headers)).status).toBe(204);
    expect(codeOf(await remove(admin.headers))).toEqual([404, 'site.not_found']);
    expect(codeOf(await change(id, { name: 'x' }))).toEqual([404, 'site.not_found']);
  });

  it('that are deleted leave their devices without one', async () => {
    const siteId = await makeSite();
    const { device } = (await enter({ kind: 'beacon', name: 'Beacon', siteId })).json;
    await acme(`/api/v1/sites/${siteId}`, { method: 'DELETE', headers: admin.headers });
    const list = (await acme('/api/v1/devices?kind=beacon', { headers: viewer.headers })).json.items;
    expect(list.find((one: { id: string }) => one.id === device.id)).toMatchObject({ siteId: null });
  });
});

describe('looking after a site', () => {
  const path = (site: string, user: string) => `/api/v1/sites/${site}/members/${user}`;

  it('is given and taken by admins, and ends with the membership', async () => {
    const { slug, members } = await makeTeam(ownerUrl, ['owner', 'viewer']);
    const client = at(slug);
    const [owner, other] = members;
    if (!owner || !other) throw new Error('a team of two was made');
    const { headers } = await signIn(client, owner.email, PASSWORD);
    const made = await client('/api/v1/sites', { method: 'POST', headers, body: { name: 'Hall', timeZone: 'UTC' } });
    const siteId: string = made.json.site.id;
    const looksAfter = async () =>
      (await client(`/api/v1/sites/${siteId}/members`, { headers })).json.items.map((one: { id: string }) => one.id);
    for (let n = 0; n < 2; n++) {
      expect((await client(path(siteId, other.id), { method: 'PUT', headers })).status).toBe(204);
    }
    expect(await looksAfter()).toEqual([other.id]);
    await client(`/api/v1/members/${other.id}`, { method: 'DELETE', headers });
    expect(await looksAfter()).toEqual([]);
    const kept = await asOperator(ownerUrl, (db) =>
      db.query('select 1 from user_site_assignments where user_id = $1', [other.id]),
    );
    expect(kept.rowCount).toBe(0);
    await client(path(siteId, owner.id), { method: 'PUT', headers });
    for (let n = 0; n < 2; n++) {
      expect((await client(path(siteId, owner.id), { method: 'DELETE', headers })).status).toBe(204);
    }
    expect(await looksAfter()).toEqual([]);
  });

  it('is for people of the team, at sites that are there', async () => {
    const siteId = await makeSite();
    const put = (site: string, user: string, headers = admin.headers) =>
      acme(path(site, user), { method: 'PUT', headers });
    const stranger = foreign.answer.json.user.id;
    expect(codeOf(await put(siteId, stranger))).toEqual([404, 'member.not_found']);
    expect(codeOf(await put(siteId, randomUUID()))).toEqual([404, 'member.not_found']);
    expect(codeOf(await put(randomUUID(), member.answer.json.user.id))).toEqual([404, 'site.not_found']);
    expect(codeOf(await put(siteId, member.answer.json.user.id, member.headers))).toEqual([403, 'access.denied']);
  });
});

describe('devices', () => {
  it('are entered, changed and taken out of the list', async () => {
    const serialNumber = serial();
    const made = await enter({ kind: 'camera', name: 'Door camera', serialNumber });
    expect(made.status).toBe(201);
    expect(made.json.device).toMatchObject({ kind: 'camera', serialNumber, status: 'offline', siteId: null });
    const { id } = made.json.device;
    const siteId = await makeSite();
    const changed = await acme(`/api/v1/devices/${id}`, {
      method: 'PATCH',
      headers: member.headers,
      body: { status: 'maintenance', siteId },
    });
    expect(changed.json.device).toMatchObject({ name: 'Door camera', status: 'maintenance', siteId });
    const there = (await acme(`/api/v1/devices?site=${siteId}`, { headers: viewer.headers })).json.items;
    expect(there.map((one: { id: string }) => one.id)).toEqual([id]);
    const remove = () => acme(`/api/v1/devices/${id}`, { method: 'DELETE', headers: member.headers });
    expect((await remove()).status).toBe(204);
    expect(codeOf(await remove())).toEqual([404, 'device.not_found']);
  });

  it('have a serial number of their own, screens too', async () => {
    const serialNumber = serial();
    await enter({ kind: 'meter', name: 'Meter', serialNumber });
    expect(codeOf(await enter({ kind: 'sensor', name: 'Sensor', serialNumber }))).toEqual([409, 'device.serial_taken']);
    const screen = await pair(acme, member.headers, 'launch-party');
    const patch = (body: unknown) =>
      acme(`/api/v1/screens/${screen.id}`, { method: 'PATCH', headers: member.headers, body });
    expect(codeOf(await patch({ serialNumber }))).toEqual([409, 'device.serial_taken']);
    const own = serial();
    expect((await patch({ serialNumber: own })).json.screen.serialNumber).toBe(own);
  });

  it('that are screens stand in the list, and are paired and changed elsewhere', async () => {
    expect(codeOf(await enter({ kind: 'screen', name: 'Screen' }))).toEqual([400, 'request.invalid']);
    const screen = await pair(acme, member.headers, 'launch-party');
    const list = (await acme('/api/v1/devices?kind=screen&limit=200', { headers: viewer.headers })).json.items;
    expect(list.map((one: { id: string }) => one.id)).toContain(screen.id);
    const answer = await acme(`/api/v1/devices/${screen.id}`, { method: 'DELETE', headers: member.headers });
    expect(codeOf(answer)).toEqual([404, 'device.not_found']);
  });

  it.each([
    ['a kind that is none', { kind: 'toaster' }],
    ['a status that is none', { status: 'asleep' }],
    ['an endless serial number', { serialNumber: 'x'.repeat(121) }],
    ['a field nobody knows', { credentialHash: 'x' }],
    ['no name', { name: ' ' }],
  ])('refuse %s', async (_name, over) => {
    expect(codeOf(await enter({ kind: 'camera', name: 'Camera', ...over }))).toEqual([400, 'request.invalid']);
  });

  it('are entered by members, at sites that are there', async () => {
    const body = { kind: 'camera', name: 'Camera' };
    expect(codeOf(await enter(body, viewer.headers))).toEqual([403, 'access.denied']);
    expect(codeOf(await enter({ ...body, siteId: randomUUID() }))).toEqual([404, 'site.not_found']);
  });
});
