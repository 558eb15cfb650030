import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { Role } from '../../../contract/auth.ts';
import { listen, signIn } from '../../support/people.ts';
import { cookiesOf, makeTeam, PASSWORD } from '../../support/team.ts';
import { setup } from '../setup.ts';

const { at, acme, event, ownerUrl, port } = setup();

/** A team of its own, everybody signed in. */
async function team(...roles: Role[]) {
  const { slug, members } = await makeTeam(ownerUrl, roles);
  const client = at(slug);
  const people = await Promise.all(
    members.map(async (member) => ({ ...member, ...(await signIn(client, member.email, PASSWORD)) })),
  );
  const change = (by: (typeof people)[number], whom: { id: string }, body: Record<string, unknown>) =>
    client(`/api/v1/members/${whom.id}`, { method: 'PATCH', headers: by.headers, body });
  const remove = (by: (typeof people)[number], whom: { id: string }) =>
    client(`/api/v1/members/${whom.id}`, { method: 'DELETE', headers: by.headers });
  return { slug, client, people: people as [(typeof people)[number], ...typeof people], change, remove };
}
const codeOf = (answer: { status: number; json: { code: string } }) => [answer.status, answer.json.code];

describe('the team', () => {
  it('is shown to everybody in it, page by page, and to nobody else', async () => {
    const { client, people } = await team('owner', 'admin', 'member', 'viewer');
    const seen: unknown[] = [];
    let cursor = '';
    do {
      const page = await client(`/api/v1/members?limit=3${cursor}`, { headers: people[3]!.headers });
      seen.push(...page.json.items);
      cursor = page.json.nextCursor ? `&cursor=${page.json.nextCursor}` : '';
    } while (cursor);
    expect(seen).toHaveLength(4);
    for (const { id, email, name, role } of people) {
      expect(seen).toContainEqual({ id, email, name, role, status: 'active', joinedAt: expect.any(String) });
    }
    const stranger = await signIn(acme, 'admin@acme.com');
    expect((await client('/api/v1/members', { headers: stranger.headers })).status).toBe(401);
  });

  it('changes by owners and admins, who do not touch owners nor make any', async () => {
    const { people, change, remove } = await team('owner', 'admin', 'member', 'viewer');
    const [owner, admin, member, viewer] = people as unknown as [never, never, never, never] & typeof people;
    const answer = await change(admin, member, { role: 'admin' });
    expect(answer.json.member).toMatchObject({ role: 'admin', status: 'active' });
    expect((await change(admin, member, { role: 'member', status: 'suspended' })).json.member).toMatchObject({
      role: 'member',
      status: 'suspended',
    });
    for (const refused of [
      await change(admin, owner, { role: 'viewer' }),
      await change(admin, owner, { status: 'suspended' }),
      await remove(admin, owner),
      await change(admin, viewer, { role: 'owner' }),
      await change(admin, admin, { role: 'owner' }),
      await change(admin, admin, { status: 'suspended' }),
      await change(viewer, viewer, { role: 'owner' }),
      await remove(viewer, member),
    ]) {
      expect(codeOf(refused)).toEqual([403, 'access.denied']);
    }
    expect((await change(owner, viewer, { role: 'owner' })).json.member.role).toBe('owner');
  });

  it.each([
    ['nothing', {}],
    ['a role there is not', { role: 'king' }],
    ['a status that only an invitation has', { status: 'invited' }],
    ['fields nobody knows', { role: 'viewer', email: 'x@example.com' }],
  ])('refuses %s', async (_name, body) => {
    const { people, change } = await team('owner', 'member');
    expect(codeOf(await change(people[0], people[1]!, body))).toEqual([400, 'request.invalid']);
  });

  it('does not know people of other accounts', async () => {
    const { people, change, remove } = await team('owner');
    const foreign = await signIn(acme, 'viewer@acme.com');
    for (const id of [foreign.answer.json.user.id, randomUUID()]) {
      expect(codeOf(await change(people[0], { id }, { role: 'viewer' }))).toEqual([404, 'member.not_found']);
      expect(codeOf(await remove(people[0], { id }))).toEqual([404, 'member.not_found']);
    }
    expect((await acme('/api/v1/auth/me', { headers: foreign.headers })).json.role).toBe('viewer');
  });

  it('keeps its last owner, however many demote each other at once', async () => {
    const { client, people, change, remove } = await team('owner', 'owner', 'owner', 'viewer');
    const owners = people.slice(0, 3);
    const answers = await Promise.all(
      owners.flatMap((by) =>
        owners.map((whom, place) =>
          place === 2 ? remove(by, whom) : change(by, whom, place === 1 ? { status: 'suspended' } : { role: 'viewer' }),
        ),
      ),
    );
    for (const answer of answers) expect(answer.status).toBeLessThan(500);
    const list = await client('/api/v1/members', { headers: people[3]!.headers });
    const left = list.json.items.filter(
      (one: { role: string; status: string }) => one.role === 'owner' && one.status === 'active',
    );
    expect(left).toHaveLength(1);
    const last = owners.find((one) => one.id === left[0].id)!;
    expect(codeOf(await change(last, last, { role: 'admin' }))).toEqual([409, 'member.last_owner']);
    expect(codeOf(await remove(last, last))).toEqual([409, 'member.last_owner']);
  });

  it('takes rights away with the next request, and sockets and refreshing with them', async () => {
    const { slug, client, people, change } = await team('owner', 'member');
    const [owner, member] = people as [(typeof people)[0], (typeof people)[0]];
    const party = await event({}, slug);
    const socket = await listen(client, port, party.slug, member.headers);
    await socket.next((frame) => frame.type === 'hello');
    await change(owner, member, { role: 'viewer' });
    expect(await socket.closed).toBe(4401);
    const bulk = await client('/api/v1/photos/bulk', {
      method: 'POST',
      headers: member.headers,
      body: { ids: [randomUUID()], status: 'approved' },
    });
    expect(codeOf(bulk)).toEqual([403, 'access.denied']);
    expect((await client('/api/v1/events', { headers: member.headers })).status).toBe(200);

    await change(owner, member, { status: 'suspended' });
    expect((await client('/api/v1/events', { headers: member.headers })).status).toBe(401);
    const cookie = cookiesOf(member.answer);
    const refresh = () =>
      client('/api/v1/auth/refresh', { method: 'POST', headers: { cookie, origin: client.origin } });
    expect((await refresh()).status).toBe(401);

    await change(owner, member, { status: 'active', role: 'member' });
    expect((await client('/api/v1/events', { headers: member.headers })).status).toBe(200);
    expect((await refresh()).json.role).toBe('member');
  });

  it('takes somebody out for good, with their sign-ins', async () => {
    const { client, people, remove } = await team('owner', 'member');
    const [owner, member] = people as [(typeof people)[0], (typeof people)[0]];
    expect((await remove(owner, member)).status).toBe(204);
    expect(codeOf(await remove(owner, member))).toEqual([404, 'member.not_found']);
    expect((await client('/api/v1/events', { headers: member.headers })).status).toBe(401);
    const again = await client('/api/v1/auth/login', {
      method: 'POST',
      body: { email: member.email, password: PASSWORD },
    });
    expect(codeOf(again)).toEqual([401, 'auth.invalid_credentials']);
  });
});
