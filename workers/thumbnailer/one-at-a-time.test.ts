import { expect, it } from 'vitest';
import { oneAtATime } from './one-at-a-time.ts';

/** A clock that moves when somebody waits, and then lets the others go on. */
function fakeTurn(speed = 1) {
  let time = 0;
  return {
    now: () => time,
    async wait(ms: number) {
      time += ms * speed;
      await new Promise<void>((resolve) => setTimeout(resolve));
    },
  };
}

it('lets one work at a time, whoever fails', async () => {
  const alone = oneAtATime(fakeTurn());
  let inside = 0;
  let most = 0;
  const work = async (fails: boolean) => {
    inside += 1;
    most = Math.max(most, inside);
    await new Promise((resolve) => setTimeout(resolve, 2));
    inside -= 1;
    if (fails) throw new Error('broken');
  };
  const ended = await Promise.allSettled([false, true, false, true].map((fails) => alone(() => work(fails))));
  expect(most).toBe(1);
  expect(ended.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'rejected']);
});

it('goes on when whoever had the turn never comes back', async () => {
  const alone = oneAtATime(fakeTurn(1_000));
  void alone(() => new Promise(() => undefined));
  expect(await alone(async () => 'done')).toBe('done');
});
