import { describe, expect, it } from 'vitest';
import { countReceipts, receiptOf, stepsOf, type Fate } from './receipt-rules.ts';

const createdAt = '2026-11-21T18:00:00.000Z';
const shownAt = '2026-11-21T18:30:00.000Z';
const fate = (status: Fate['status'], at: string | null = null) => ({ status, shownAt: at, createdAt });
const waysOf = (photo: ReturnType<typeof fate>, asksFirst = true, shows = true) =>
  stepsOf(photo, asksFirst, shows).map(({ receipt, state }) => `${receipt} ${state}`);

describe('what became of a photo', () => {
  it.each([
    ['processing', 'processing'],
    ['pending', 'waiting'],
    ['approved', 'published'],
    ['rejected', 'rejected'],
    ['failed', 'failed'],
  ] as const)('%s is said as %s', (status, receipt) => {
    expect(receiptOf(fate(status), true)).toBe(receipt);
  });

  it('is not called published while nobody sees it', () => {
    expect(receiptOf(fate('approved'), false)).toBe('kept');
  });

  it('is counted, taken down or not', () => {
    const photos = [fate('approved'), fate('approved', shownAt), fate('pending'), fate('processing'), fate('rejected')];
    expect(countReceipts(photos, true)).toEqual({ out: 2, waiting: 2 });
    expect(countReceipts(photos, false)).toEqual({ out: 1, waiting: 2 });
  });
});

describe('the way of a photo', () => {
  it('leads by the host where the host looks first', () => {
    expect(waysOf(fate('processing'))).toEqual(['sent done', 'processing now', 'waiting next', 'published next']);
    expect(waysOf(fate('pending'))).toEqual(['sent done', 'waiting now', 'published next']);
    expect(waysOf(fate('approved'))).toEqual(['sent done', 'published done']);
  });

  it('has no step of a host who looks afterwards, and still says when one has taken it back', () => {
    expect(waysOf(fate('processing'), false)).toEqual(['sent done', 'processing now', 'published next']);
    expect(waysOf(fate('pending'), false)).toEqual(['sent done', 'waiting now', 'published next']);
  });

  it('ends on the wall, with the time', () => {
    expect(stepsOf(fate('approved', shownAt), true, true).pop()).toEqual({
      receipt: 'shown',
      state: 'done',
      at: shownAt,
    });
  });

  it('ends where it was stopped', () => {
    expect(waysOf(fate('rejected'))).toEqual(['sent done', 'rejected stopped']);
    expect(waysOf(fate('failed'))).toEqual(['sent done', 'failed stopped']);
    // Taken down after it had been on the wall.
    expect(waysOf(fate('rejected', shownAt))).toEqual(['sent done', 'rejected stopped']);
  });

  it('leads to the reveal where photos are collected', () => {
    expect(waysOf(fate('pending'), true, false)).toEqual(['sent done', 'waiting now', 'kept next']);
    expect(waysOf(fate('approved'), true, false)).toEqual(['sent done', 'kept done']);
  });
});
