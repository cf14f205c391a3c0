import {describe, expect, it} from 'vitest';
import {speedRatios} from './speed-ratios.ts';

describe('speedRatios', () => {
  it('says how many targets are met, and leaves out what has no logarithm', () => {
    const spec = speedRatios([
      {name: 'a', peerName: 'peer', ratio: 4, target: 5},
      {name: 'b', peerName: 'peer', ratio: 2, target: 1},
      {name: 'c', peerName: 'peer', ratio: 0, target: null},
    ]);
    expect(spec.description).toContain('2 pieces of work against peer: from 2 to 4 times as fast');
    expect(spec.description).toContain('1 of 2 targets are met. Ratios that are not positive, 1 in all,');
    expect(() => speedRatios([])).toThrow(
      'expected at least one positive ratio, got 0; run the benchmark first',
    );
  });
});
