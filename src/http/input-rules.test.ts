import * as z from 'zod';
import { expect, it } from 'vitest';
import { toWords } from './input-rules.ts';

const site = z.strictObject({
  name: z.string().min(2).max(9),
  latitude: z.number().min(-90).max(90),
  tags: z.array(z.string()).max(1),
  kind: z.enum(['screen', 'kiosk']),
  zone: z.string().refine((zone) => zone === 'UTC', 'must be a time zone'),
});
const right = { name: 'Foyer', latitude: 1, tags: [], kind: 'screen', zone: 'UTC' };

it.each([
  [{ name: undefined }, 'is missing'],
  [{ name: 7 }, 'must be of type string'],
  [{ name: 'a' }, 'must have 2 characters at least'],
  [{ name: 'a'.repeat(10) }, 'must have 9 characters at most'],
  [{ latitude: 91 }, 'must be 90 at most'],
  [{ latitude: -91 }, 'must be -90 at least'],
  [{ tags: ['a', 'b'] }, 'must have 1 entries at most'],
  [{ kind: 'toaster' }, 'must be one of screen, kiosk'],
  [{ colour: 'red' }, 'must not have colour'],
  [{ zone: 'Mars' }, 'must be a time zone'],
])('%j %s', (wrong, words) => {
  const { error } = site.safeParse({ ...right, ...wrong }, { error: toWords });
  expect(error?.issues.map(({ message }) => message)).toEqual([words]);
});
