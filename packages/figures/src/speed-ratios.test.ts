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

  it('sets many rows in two columns on one axis, not higher than a screen', () => {
    const rows = Array.from({length: 37}, (_, i) => ({
      name: `work ${i}`,
      peerName: 'peer',
      ratio: i + 1,
      target: 2,
    }));
    const spec = speedRatios(rows) as unknown as {
      concat: {height: number; layer: {data: {values: {row: string}[]}; encoding: {x: {scale: unknown}}}[]}[];
    };
    expect(spec.concat.map(({layer}) => layer[2]?.data.values.length)).toEqual([19, 18]);
    expect(spec.concat[0]?.height).toBeLessThan(720);
    expect(spec.concat[0]?.layer[2]?.encoding.x).toEqual(spec.concat[1]?.layer[2]?.encoding.x);
    expect(speedRatios(rows.slice(0, 12))).not.toHaveProperty('concat');
  });
});
