import { describe, expect, it } from 'vitest';
import { firstDecision } from './first-decision-rules.ts';

type Event = Parameters<typeof firstDecision>[0];
type Guest = NonNullable<Parameters<typeof firstDecision>[1]>;
const event = (over: Partial<Event> = {}): Event => ({ moderation: 'before', trustAfter: null, settings: {}, ...over });
const guest = (over: Partial<Guest> = {}): Guest => ({ name: 'Ada', blockedAt: null, trust: 'auto', ...over });
const after = event({ moderation: 'after' });
const words = { holdWords: ['maybe'], blockWords: ['never'] };

describe('a photo that is ready', () => {
  it('waits for a person, by default', () =>
    expect(firstDecision(event(), guest(), null, 100)).toEqual({ status: 'pending', flags: [] }));

  it('is published first where the event says so', () =>
    expect(firstDecision(after, guest(), 'hello', 0)).toEqual({ status: 'approved', reason: 'after', flags: [] }));

  it.each([
    [2, 'pending'],
    [3, 'approved'],
    [4, 'approved'],
  ])('of a guest with %i published photos, where three are enough, is %s', (approved, status) =>
    expect(firstDecision(event({ trustAfter: 3 }), guest(), null, approved).status).toBe(status),
  );

  it('of a trusted guest is published at once, and says why', () =>
    expect(firstDecision(event(), guest({ trust: 'always' }), null, 0)).toMatchObject({ reason: 'trusted' }));

  it('of a guest who is never trusted waits, whatever the event says', () => {
    expect(firstDecision(event({ trustAfter: 1 }), guest({ trust: 'never' }), null, 50).status).toBe('pending');
    expect(firstDecision(after, guest({ trust: 'never' }), null, 50).status).toBe('pending');
  });

  it('of a blocked guest is rejected, even a trusted one', () => {
    const blocked = guest({ blockedAt: new Date(), trust: 'always' });
    expect(firstDecision(after, blocked, null, 9)).toEqual({ status: 'rejected', reason: 'guest_blocked', flags: [] });
  });

  it.each([
    ['maybe', 'Ada', ['words_held']],
    ['never', 'Ada', ['words_hidden']],
    ['fine', 'Never', ['words_hidden']],
  ])('waits for its words, however trusted: “%s” by %s', (caption, name, flags) =>
    expect(
      firstDecision(event({ moderation: 'after', settings: words }), guest({ trust: 'always', name }), caption, 9),
    ).toEqual({ status: 'pending', flags }),
  );

  it.each([null, 'text', [], { holdWords: 'maybe' }, { blockWords: [1] }])(
    'waits where the word lists cannot be read: %j',
    (settings) => {
      const broken = event({ moderation: 'after', settings: settings as Event['settings'] });
      expect(firstDecision(broken, guest({ trust: 'always' }), null, 9).status).toBe('pending');
    },
  );

  it('waits where a setting is none that is known, and where its guest is gone', () => {
    const odd = event({ moderation: 'sometimes' as Event['moderation'] });
    expect(firstDecision(odd, guest(), null, 9).status).toBe('pending');
    expect(firstDecision(after, undefined, null, 9).status).toBe('pending');
  });
});
