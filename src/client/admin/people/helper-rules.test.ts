import { describe, expect, it } from 'vitest';
import type { Helper } from '../../../contract/helpers.ts';
import { inOrder, isOpen, takesHelpers } from './helper-rules.ts';

const helper = (id: string, state: Helper['state']): Helper => ({
  id,
  label: id,
  state,
  device: null,
  createdAt: '2026-06-20T12:00:00Z',
  expiresAt: '2026-06-21T12:00:00Z',
  redeemedAt: null,
  lastSeenAt: null,
  revokedAt: null,
});

describe('the list of helpers', () => {
  it('has those who help in front, and what is over at the end', () => {
    const list = [helper('a', 'revoked'), helper('b', 'waiting'), helper('c', 'active'), helper('d', 'active')];
    expect(inOrder(list).map(({ id }) => id)).toEqual(['c', 'd', 'b', 'a']);
  });

  it('offers to end what is not over', () => {
    const states: Helper['state'][] = ['waiting', 'active', 'expired', 'left', 'revoked', 'ended'];
    expect(states.filter((state) => isOpen({ state }))).toEqual(['waiting', 'active']);
  });
});

it('is offered until the event is closed', () => {
  const statuses = ['draft', 'live', 'closed', 'archived'] as const;
  expect(statuses.filter((status) => takesHelpers({ status }))).toEqual(['draft', 'live']);
});
