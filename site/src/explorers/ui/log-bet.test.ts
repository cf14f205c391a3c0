import {expect, it} from 'vitest';
import {betOutcome} from './log-bet.tsx';

it('says how a bet has come out', () => {
  expect(betOutcome(1, 1.2)).toBe('You were right.');
  expect(betOutcome(0.1, 3.7)).toBe('37 times what you bet.');
  expect(betOutcome(10, 4)).toBe('2.5 times less than you bet.');
  expect(betOutcome(1e-3, 1e3)).toBe('over 10,000 times what you bet.');
});
