import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Answer, Refusal } from '../../../shared/api.ts';
import { openDecisionQueue, type Outcome } from './decision-queue.ts';
import type { DeskPhoto } from './desk-photo.ts';
import { idOf, numbers, photoOf } from './test-support/photos.ts';

type Reply = (path: string, body: { ids?: string[]; status: string; from: string }) => Partial<Answer<unknown>>;

const refusal = (status: number, code: string | null = null, more: object = {}): Refusal =>
  ({ ok: false, status, code, problem: code ? { code, ...more } : null, retryAfterSeconds: null }) as Refusal;

/** A server that answers as `reply` says, and a storage that outlives the queue. */
function setup(first: Reply, kept = new Map<string, string>()) {
  let reply = first;
  const calls: { path: string; body: { ids?: string[]; status: string; from: string } }[] = [];
  const settled: [number, Outcome['kind']][] = [];
  const queue = openDecisionQueue({
    session: {
      authed: <T>(path: string, options: { body?: unknown } = {}) => {
        const body = options.body as { status: string; from: string };
        calls.push({ path, body });
        return Promise.resolve({ status: 200, ...reply(path, body) } as Answer<T>);
      },
    },
    storageKey: 'k',
    storage: {
      getItem: (key) => kept.get(key) ?? null,
      setItem: (key, value) => void kept.set(key, value),
      removeItem: (key) => void kept.delete(key),
    },
    onSettled: ({ id }, outcome) => settled.push([numbers([id])[0] as number, outcome.kind]),
    onChange: () => {},
  });
  const decide = (
    ns: number[],
    to: 'approved' | 'rejected' | 'pending' = 'approved',
    from: 'pending' | 'approved' = 'pending',
  ) => queue.add(ns.map((n) => ({ id: idOf(n), from, to })));
  return {
    queue,
    calls,
    settled,
    kept,
    decide,
    answer: (next: Reply) => {
      reply = next;
    },
    all: () => vi.runAllTimersAsync(),
  };
}
const accepts: Reply = (path, body) =>
  body.ids
    ? { ok: true, data: { results: body.ids.map((id) => ({ id, ok: true })) } }
    : { ok: true, data: { photo: { ...photoOf(0), id: path.split('/').pop(), status: body.status } as DeskPhoto } };
const isCut: Reply = () => refusal(0);
const range = (count: number) => Array.from({ length: count }, (_, n) => n + 1);

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('window', new EventTarget());
  vi.stubGlobal('document', Object.assign(new EventTarget(), { visibilityState: 'visible' }));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('the queue of decisions', () => {
  it('sends each with what the person saw, and keeps nothing once they are there', async () => {
    const { decide, calls, settled, kept, queue, all } = setup(accepts);
    decide([1]);
    decide([2], 'rejected');
    expect(kept.size).toBe(1);
    await all();
    expect(calls.map(({ body }) => body)).toEqual([
      { status: 'approved', from: 'pending' },
      { status: 'rejected', from: 'pending' },
    ]);
    expect(settled).toEqual([
      [1, 'done'],
      [2, 'done'],
    ]);
    expect(kept.size).toBe(0);
    expect(queue.size()).toBe(0);
  });

  it('sends many in one request', async () => {
    const { decide, calls, settled, all } = setup(accepts);
    decide(range(300));
    await all();
    expect(calls.map(({ path }) => path)).toEqual(['/api/v1/photos/bulk']);
    expect(settled).toHaveLength(300);
  });

  it('keeps decisions while the network is cut, and sends them when it is back', async () => {
    const { decide, settled, queue, answer, all } = setup(isCut);
    decide([1]);
    await vi.advanceTimersByTimeAsync(0);
    decide([2]);
    expect(queue.size()).toBe(2);
    expect(queue.failure()?.status).toBe(0);
    expect(settled).toEqual([]);
    answer(accepts);
    queue.wake();
    await all();
    expect(settled.map(([n]) => n)).toEqual([1, 2]);
    expect(queue.failure()).toBeNull();
  });

  it('sends after a reload what the page before could not', async () => {
    const before = setup(isCut);
    before.decide([1, 2]);
    await vi.advanceTimersByTimeAsync(0);
    before.queue.close();
    const after = setup(accepts, before.kept);
    await after.all();
    expect(after.settled.map(([n]) => n).sort()).toEqual([1, 2]);
    expect(after.kept.size).toBe(0);
  });

  it.each([401, 429, 500, 503])('tries again after %i', async (status) => {
    const { decide, settled, queue, answer, all } = setup(() => refusal(status));
    decide([1]);
    await vi.advanceTimersByTimeAsync(0);
    expect(queue.size()).toBe(1);
    answer(accepts);
    await all();
    expect(settled).toEqual([[1, 'done']]);
  });

  it('does not overwrite what another person has decided', async () => {
    const { decide, settled, calls, all } = setup(() =>
      refusal(409, 'photo.changed', { photo: photoOf(1, 'rejected') }),
    );
    decide([1]);
    await all();
    expect(settled).toEqual([[1, 'changed']]);
    expect(calls).toHaveLength(1);
  });

  it('is content when another person has decided the same', async () => {
    const { decide, settled, all } = setup(() => refusal(409, 'photo.changed', { photo: photoOf(1, 'approved') }));
    decide([1]);
    await all();
    expect(settled).toEqual([[1, 'done']]);
  });

  it('looks at each photo of many that was changed by another person', async () => {
    const { decide, settled, all } = setup((path, body) =>
      path.endsWith('bulk')
        ? {
            ok: true,
            data: {
              results: (body.ids || []).map((id, place) =>
                place === 0 ? { id, ok: false, code: 'photo.changed' } : { id, ok: place > 1, code: 'photo.not_found' },
              ),
            },
          }
        : { ok: true, data: { photo: photoOf(1, 'rejected') } },
    );
    decide(range(9));
    await all();
    expect(settled.slice(0, 3)).toEqual([
      [1, 'changed'],
      [2, 'gone'],
      [3, 'done'],
    ]);
  });

  it('sends the second of two decisions where the first was lost on its way', async () => {
    const { decide, settled, answer, calls, queue, all } = setup(isCut);
    decide([1]);
    decide([1], 'rejected', 'approved');
    await vi.advanceTimersByTimeAsync(0);
    answer((path, body) =>
      body.from === 'approved' ? refusal(409, 'photo.changed', { photo: photoOf(1) }) : accepts(path, body),
    );
    queue.wake();
    await all();
    expect(calls.at(-1)?.body).toEqual({ status: 'rejected', from: 'pending' });
    expect(settled).toEqual([[1, 'done']]);
  });

  it.each([
    [404, 'photo.not_found', 'gone'],
    [403, 'access.denied', 'refused'],
    [409, 'photo.not_ready', 'refused'],
  ])('gives up at %i %s', async (status, code, kind) => {
    const { decide, settled, kept, all } = setup(() => refusal(status, code));
    decide([1]);
    await all();
    expect(settled).toEqual([[1, kind]]);
    expect(kept.size).toBe(0);
  });
});
