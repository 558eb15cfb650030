import { describe, expect, it } from 'vitest';
import type { Role } from '../../contract/auth.ts';
import { refuseMemberChange, type Standing } from './member-rules.ts';

const person = (id: string, role: Role, status: Standing['status'] = 'active'): Standing => ({ id, role, status });
const owner = person('o', 'owner');
const second = person('o2', 'owner');
const admin = person('a', 'admin');
const member = person('m', 'member');
const viewer = person('v', 'viewer');

describe('a team', () => {
  it.each([
    ['an owner promotes anybody to anything', owner, viewer, { role: 'owner' }, null],
    ['an owner demotes another', owner, second, { role: 'viewer' }, null],
    ['an owner steps down where there is another', owner, owner, { role: 'admin' }, null],
    ['an owner leaves where there is another', owner, owner, null, null],
    ['an admin moves people below owners', admin, member, { role: 'admin' }, null],
    ['an admin suspends a member', admin, member, { status: 'suspended' }, null],
    ['an admin removes another', admin, person('a2', 'admin'), null, null],
    ['an admin steps down', admin, admin, { role: 'viewer' }, null],
    ['an admin does not touch owners', admin, owner, { status: 'suspended' }, 'owners_only'],
    ['an admin does not remove owners', admin, owner, null, 'owners_only'],
    ['an admin makes no owner', admin, member, { role: 'owner' }, 'owners_only'],
    ['nor is one by their own hand', admin, admin, { role: 'owner' }, 'owners_only'],
    ['nobody locks themselves out', admin, admin, { status: 'suspended' }, 'own_status'],
    ['a member changes nobody', member, viewer, { role: 'member' }, 'not_allowed'],
    ['a viewer does not promote themselves', viewer, viewer, { role: 'owner' }, 'not_allowed'],
    ['nobody changes whom there is not', owner, undefined, { role: 'admin' }, 'not_found'],
  ] as const)('%s', (_name, actor, target, change, refusal) => {
    expect(refuseMemberChange(actor, target, change, ['o', 'o2'])).toBe(refusal);
  });

  it('keeps its last active owner', () => {
    for (const change of [{ role: 'admin' as const }, null]) {
      expect(refuseMemberChange(owner, owner, change, ['o'])).toBe('last_owner');
    }
    const suspended = person('o2', 'owner', 'suspended');
    expect(refuseMemberChange(owner, suspended, null, ['o'])).toBeNull();
    expect(refuseMemberChange(owner, suspended, { status: 'active' }, ['o'])).toBeNull();
    expect(refuseMemberChange(owner, second, { status: 'suspended' }, ['o', 'o2'])).toBeNull();
  });
});
