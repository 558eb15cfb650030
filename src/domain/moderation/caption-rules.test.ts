import { describe, expect, it } from 'vitest';
import { judgeNewWords } from './caption-rules.ts';

const event = { moderation: 'before' as const, trustAfter: null, settings: { holdWords: ['maybe'] } };
const guest = { name: 'Ada', blockedAt: null, trust: 'auto' as const };
const shown = { status: 'approved' as const, caption: 'before' };

describe('new words on a photo', () => {
  it.each([
    { what: 'a published photo whose host looks at everything first', words: 'new', status: 'pending' },
    { what: 'the same words again', words: 'before', status: 'approved' },
    { what: 'no words', words: null, status: 'approved' },
  ])('of $what: $status', ({ words, status }) => {
    expect(judgeNewWords(event, guest, shown, words, 1)).toEqual({ status, flags: [] });
  });
  it('stay published where photos are published first', () => {
    expect(judgeNewWords({ ...event, moderation: 'after' }, guest, shown, 'new', 1).status).toBe('approved');
    expect(judgeNewWords(event, { ...guest, trust: 'always' }, shown, 'new', 1).status).toBe('approved');
    expect(judgeNewWords({ ...event, trustAfter: 2 }, guest, shown, 'new', 2).status).toBe('approved');
  });
  it('on the list wait for a person everywhere', () => {
    expect(judgeNewWords({ ...event, moderation: 'after' }, guest, shown, 'maybe', 1)).toEqual({
      status: 'pending',
      flags: ['words_held'],
    });
  });
  it.each(['processing', 'pending', 'rejected', 'failed'] as const)(
    'leave a photo that is %s where it is',
    (status) => {
      expect(judgeNewWords(event, guest, { status, caption: null }, 'new', 0).status).toBe(status);
    },
  );
});
