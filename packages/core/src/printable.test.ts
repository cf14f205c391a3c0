import * as fc from 'fast-check';
import {expect, it} from 'vitest';
import {printable} from './printable.ts';

it('writes out what steers a terminal, breaks lines, turns letters around or is half a character', () => {
  expect(printable('a\u001b[31mb\nc\u009b\u202ed\ud800e\u2028f\u007f', 40)).toBe(
    'a\\u001b[31mb\\u000ac\\u009b\\u202ed\\ud800e\\u2028f\\u007f',
  );
  expect(printable('θ = ½, 数字 🙂', 40)).toBe('θ = ½, 数字 🙂');
});

it('shows the beginning of what is long, and says so', () => {
  expect(printable('abcdef', 6)).toBe('abcdef');
  expect(printable('abcdefg', 6)).toBe('abcdef…');
  // A character in two halves, cut between them.
  expect(printable('ab🙂', 3)).toBe('ab\\ud83d…');
});

it('leaves nothing unprintable of any text', () => {
  fc.assert(
    fc.property(fc.string({unit: 'binary'}), fc.nat(30), (text, longest) => {
      expect(printable(text, longest)).toMatch(/^[^\p{Cc}\p{Bidi_Control}\p{Surrogate}\u2028\u2029]*$/u);
    }),
  );
});
