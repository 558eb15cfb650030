import fc from 'fast-check';
import { describe, expect, inject, it } from 'vitest';
import { openVenue, type Happening } from '../../src/test/pipeline/support/venue/venue.ts';
import { isEvicting } from './test-support/room-harness.ts';

const isSoak = inject('soak');

const who = fc.nat({ max: 7 });
const n = fc.integer({ min: 1, max: 8 });
const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('join'), who }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('leave'), who }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('cut'), who }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('cut all', 'room closes all') }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('settle') }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('evict'),
      how: fc.constantFrom('hibernate', 'close'),
      relay: fc.nat({ max: 3 }),
    }),
  },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('approve'), n }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('remove'), n }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('flood'), count: fc.constantFrom(30, 200, 600) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('hold'), held: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('spotlight'), n: fc.nat({ max: 8 }) }) },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('announce'), n, text: fc.constantFrom('', 'Cake!', 'Taxi') }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('react'), who, n, emoji: fc.nat({ max: 1 }) }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('deliver'), waits: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('redeliver'), back: fc.nat({ max: 12 }) }) },
) as fc.Arbitrary<Happening>;

async function check(crowded: boolean, happenings: Happening[]): Promise<void> {
  const venue = await openVenue({ crowded });
  try {
    for (const what of happenings) await venue.happen(what);
    const { truth, shown, faults, unfinished } = await venue.end();
    expect(faults).toEqual([]);
    for (const page of shown) expect(page).toEqual(truth);
    expect(unfinished).toEqual([]);
  } finally {
    venue.close();
  }
}

describe('whatever happens at a venue', () => {
  it.each([
    { where: 'the room', crowded: false },
    { where: 'the room and its relays', crowded: true },
  ])(
    'no page misses a frame or gets one twice, and all show the same in the end, at $where',
    { timeout: isSoak || isEvicting ? 3_600_000 : 90_000 },
    async ({ crowded }) => {
      const runs = isSoak ? { numRuns: 150 } : { numRuns: isEvicting ? 4 : 8, seed: 5 };
      const happenings = fc.array(happening, { minLength: 10, maxLength: isSoak ? 60 : 40, size: 'max' });
      await fc.assert(
        fc.asyncProperty(happenings, (days) => check(crowded, days)),
        { ...runs, interruptAfterTimeLimit: 3_000_000, endOnFailure: true },
      );
    },
  );

  it(
    'killing every socket fifty times in the middle of it all loses nothing',
    { timeout: isEvicting ? 900_000 : 90_000 },
    async () => {
      const venue = await openVenue({ crowded: true });
      for (const seat of [0, 1, 2, 3, 4, 5, 6, 7]) await venue.happen({ do: 'join', who: seat });
      for (let kill = 0; kill < 50; kill += 1) {
        await venue.happen({ do: 'wait for all' });
        for (let one = 0; one < 6; one += 1) await venue.happen({ do: 'approve', n: 1 + ((kill * 6 + one) % 200) });
        await venue.happen({ do: 'deliver', waits: kill % 3 !== 0 });
        await venue.happen({ do: kill % 2 === 0 ? 'cut all' : 'room closes all' });
      }
      const { truth, shown, faults } = await venue.end();
      expect(faults).toEqual([]);
      expect(truth.photos).toHaveLength(200);
      for (const page of shown) expect(page).toEqual(truth);
      venue.close();
    },
  );
});
