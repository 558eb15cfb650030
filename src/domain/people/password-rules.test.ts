import { describe, expect, it } from 'vitest';
import { passwordWeakness } from './password-rules.ts';

const person = { email: 'annabelle.acme@example.com', name: 'Annabelle Acme' };

describe('a password', () => {
  it.each([
    ['correct horse', null],
    ['ten chars!', null],
    ['nine char', 'short'],
    ['🎉🎊🎈🎁🎂🥂🍾🪩💃🕺', null],
    ['🎉🎊🎈🎁🎂🥂🍾🪩💃', 'short'],
    ['ab'.repeat(36), 'repeated'],
    ['abc'.repeat(24), null],
    [`${'abc'.repeat(24)}d`, 'long'],
    ['é'.repeat(20) + 'abcdef'.repeat(5), null],
    ['aé€'.repeat(13), 'long'],
    ['aaaaaaaaaaaa', 'repeated'],
    ['            ', 'repeated'],
    ['Annabelle.Acme@Example.com', 'address'],
    ['annabelle.acme', 'address'],
    [' annabelle acme ', 'address'],
    ['', 'short'],
  ])('%j is judged %s', (password, weakness) => expect(passwordWeakness(password, person)).toBe(weakness));
});
