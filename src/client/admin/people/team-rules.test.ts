import { describe, expect, it } from 'vitest';
import { whyNot } from './team-rules.ts';

const person = (id: string, role: 'owner' | 'admin' | 'member' | 'viewer') => ({ id, role, status: 'active' as const });
const [owner, second, admin, member] = [
  person('o', 'owner'),
  person('o2', 'owner'),
  person('a', 'admin'),
  person('m', 'member'),
];
const team = [owner, second, admin, member];

describe('the team page offers what the server would take', () => {
  it.each([
    ['a viewer nothing', { id: 'v', role: 'viewer' }, member, { role: 'admin' }, 'adminsOnly'],
    ['an admin members', { id: 'a', role: 'admin' }, member, { role: 'viewer' }, null],
    ['an admin no owners', { id: 'a', role: 'admin' }, owner, { status: 'suspended' }, 'ownersOnly'],
    ['an admin no new owner', { id: 'a', role: 'admin' }, member, { role: 'owner' }, 'ownersOnly'],
    ['nobody to suspend themselves', { id: 'a', role: 'admin' }, admin, { status: 'suspended' }, 'notYourself'],
    ['the role somebody has', { id: 'o', role: 'owner' }, member, { role: 'member' }, 'hasRole'],
    ['an owner other owners', { id: 'o', role: 'owner' }, second, null, null],
    ['an owner to step down', { id: 'o', role: 'owner' }, owner, { role: 'admin' }, null],
  ] as const)('%s', (_name, viewer, target, change, reason) => {
    expect(whyNot(viewer, target, change, team)).toBe(reason);
  });

  it('never the last owner', () => {
    const suspended = { ...second, status: 'suspended' as const };
    for (const change of [{ role: 'admin' as const }, null]) {
      expect(whyNot({ id: 'o', role: 'owner' }, owner, change, [owner, suspended, member])).toBe('lastOwner');
    }
    expect(whyNot({ id: 'o', role: 'owner' }, suspended, null, [owner, suspended])).toBeNull();
  });
});
