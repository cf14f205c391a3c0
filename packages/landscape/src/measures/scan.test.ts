import {expect, it} from 'vitest';
import {quadraticBowl} from '../analytic/quadratic-bowl.ts';
import {scanOf} from './scan.ts';

it('refuses a scan that goes nowhere, or without end', async () => {
  const bowl = quadraticBowl([1, 2]);
  const subject = {name: 'a bowl', objective: bowl, anchor: bowl.minimum, examples: null, notes: []};
  for (const maximum of [Number.NaN, Infinity, 0, -1]) {
    await expect(scanOf(subject, {maximum, points: 3, seed: 1})).rejects.toThrow(
      `landscape.scanOf: expected a finite maximum > 0, got ${maximum}`,
    );
  }
});
