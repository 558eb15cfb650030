import { describe, expect, it, onTestFinished } from 'vitest';
import { asOperator } from '../../support/database.ts';
import { signIn } from '../../support/people.ts';
import { pair, plugIn, type Television } from '../../support/screens.ts';
import { setup } from '../setup.ts';

const { acme, event, ownerUrl, port } = setup();

const staff = await signIn(acme, 'operator@acme.com');
const spread = { mode: 'spread', name: 'Hall' } as const;
const patch = async (screen: Television, body: unknown) => {
  const answer = await acme(`/api/v1/screens/${screen.id}`, { method: 'PATCH', headers: staff.headers, body });
  expect(answer.status, answer.text).toBe(200);
};
const placeOf = async (screen: Television) =>
  (await acme('/api/v1/screens/me', { headers: screen.headers })).json.place as { index: number; count: number } | null;
const commandsOf = async (screen: Television): Promise<{ command: string }[]> =>
  (await acme('/api/v1/screens/me/commands', { headers: screen.headers })).json.items;

/** A screen of a group, with its socket; `told` waits until it has been told to look again, so many times in all. */
async function hang(slug: string, group: object | null) {
  const screen = await pair(acme, staff.headers, slug, { layout: { group } });
  const socket = await plugIn(acme, port, screen, slug);
  onTestFinished(() => socket.close());
  await socket.next((one) => one.type === 'hello');
  const refreshes = () => socket.frames.filter((one) => one.type === 'screen.command' && one.command === 'refresh');
  return {
    ...screen,
    refreshes,
    told: (times: number) => socket.next(() => refreshes().length >= times),
  };
}

describe('screens that share the photos of an event', () => {
  it('hear of each that comes, changes sides, moves away or is revoked, and of nothing else', async () => {
    const [{ slug }, other] = [await event(), await event({ name: 'Next door' })];
    const first = await hang(slug, spread);
    const alone = await hang(slug, null);
    const elsewhere = await hang(other.slug, spread);

    const second = await hang(slug, spread);
    await first.told(1);
    expect((await placeOf(first))?.count).toBe(2);
    expect((await commandsOf(first)).map(({ command }) => command)).toEqual(['refresh']);

    // What does not change who is there is nobody else's business.
    await patch(second, { layout: { seconds: 20 }, name: 'Links' });
    await patch(second, { layout: { group: { mode: 'mirror', name: 'Hall' } } });
    await first.told(2);
    expect(first.refreshes()).toHaveLength(2);
    expect(await placeOf(first)).toEqual({ index: 0, count: 1 });

    await patch(second, { layout: { group: spread } });
    await first.told(3);
    await patch(second, { event: other.slug });
    await first.told(4);
    await elsewhere.told(1);
    expect([await placeOf(first), (await placeOf(elsewhere))?.count]).toEqual([{ index: 0, count: 1 }, 2]);

    await acme(`/api/v1/screens/${second.id}`, { method: 'DELETE', headers: staff.headers });
    await elsewhere.told(2);
    expect((await placeOf(elsewhere))?.count).toBe(1);
    expect(first.refreshes()).toHaveLength(4);
    expect(alone.refreshes()).toEqual([]);

    const made = await acme('/api/v1/screens/links', {
      method: 'POST',
      headers: staff.headers,
      body: { name: 'Tablet', event: slug, layout: { group: spread } },
    });
    const [, token] = made.json.url.split('#link=');
    const body = { token, installation: crypto.randomUUID() };
    expect((await acme('/api/v1/screens/links/redeem', { method: 'POST', body })).status).toBe(200);
    await first.told(5);
    expect((await placeOf(first))?.count).toBe(2);
  });

  it('may all be moved at once, by whomever', async () => {
    const { slug } = await event();
    const screens: Television[] = [];
    for (let n = 0; n < 4; n++)
      screens.push(await pair(acme, staff.headers, slug, { layout: { group: { ...spread, name: `Hall ${n % 2}` } } }));
    await Promise.all(
      screens.map((screen, n) => patch(screen, { layout: { group: { ...spread, name: `Hall ${(n + 1) % 2}` } } })),
    );
    const places = await Promise.all(screens.map(placeOf));
    expect(places.map((place) => place?.count)).toEqual([2, 2, 2, 2]);
    expect(new Set(places.filter((_, n) => n % 2).map((place) => place?.index)).size).toBe(2);
    const kept = await asOperator(ownerUrl, (client) =>
      client.query('select max(jsonb_array_length(commands)) as most from devices where id = any($1)', [
        screens.map(({ id }) => id),
      ]),
    );
    expect(kept.rows[0].most).toBeLessThanOrEqual(20);
  });
});
