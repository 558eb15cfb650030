import { describe, expect, it } from 'vitest';
import { claimOf, freeFrom, readClaims } from './claim-rules.ts';

const ADA = { id: 'ada', name: 'Ada' };
const BEN = { id: 'ben', name: 'Ben' };
const setup = () =>
  readClaims(
    {
      items: [
        { photoId: 'p1', by: ADA },
        { photoId: 'p2', by: BEN },
        { photoId: 'p3', by: BEN },
      ],
      moderators: [ADA, BEN, BEN],
    },
    'ada',
  );

describe('claims', () => {
  it('of others are kept from me, mine are not, and everybody is there once', () => {
    const { held, others } = setup();
    expect(Array.from(held.keys())).toEqual(['p2', 'p3']);
    expect(others).toEqual([BEN]);
  });

  it('lead past what others hold, and back when nothing follows', () => {
    const { held } = setup();
    expect(freeFrom(['p1', 'p2', 'p3', 'p4'], 1, held)).toBe('p4');
    expect(freeFrom(['p1', 'p2', 'p3'], 1, held)).toBe('p1');
    expect(freeFrom(['p2', 'p3'], 0, held)).toBeNull();
    expect(freeFrom([], 0, held)).toBeNull();
  });

  it('are for the photo in hand and the next free ones, four at most', () => {
    const { held } = setup();
    expect(claimOf(['p1', 'p2', 'p3', 'p4', 'p5', 'p6', 'p7'], 0, 'p1', held)).toEqual(['p1', 'p4', 'p5', 'p6']);
    expect(claimOf(['p2', 'p4'], 0, 'p2', held)).toEqual(['p4']);
    expect(claimOf([], 0, null, held)).toEqual([]);
  });
});
