import {describe, expect, it} from 'vitest';
import {speedRatios} from './speed-ratios.ts';

interface Spec {
  readonly height: number;
  readonly layer: readonly {
    readonly data: {readonly values: readonly {readonly name: string; readonly peerName: string}[]};
    readonly encoding: {readonly x: {readonly scale: unknown}};
  }[];
}

describe('speedRatios', () => {
  it('says how each library stands and how many targets are met, and leaves out what has no logarithm', () => {
    const {description} = speedRatios([
      {name: 'a', peerName: 'peer', ratio: 4, target: 5},
      {name: 'b', peerName: 'peer', ratio: 0.5, target: 0.4},
      {name: 'b', peerName: 'other 2.1, one by one', ratio: 2, target: null},
      {name: 'c', peerName: 'peer', ratio: 0, target: null},
    ]);
    expect(description).toContain('2 pieces of work');
    expect(description).toContain('peer: 0.5 to 4 times as fast, faster in 1 of 2;');
    expect(description).toContain('other 2.1: 2 times as fast, faster in 1 of 1.');
    expect(description).toContain('1 of 2 targets are met. Ratios that are not positive, 1 in all,');
    expect(() => speedRatios([])).toThrow(
      'expected at least one positive ratio, got 0; run the benchmark first',
    );
  });

  it('shows each library in the fastest of its ways', () => {
    const spec = speedRatios([
      {name: 'a', peerName: 'peer, one by one', ratio: 4, target: 5},
      {name: 'a', peerName: 'peer, batched', ratio: 1.5, target: null},
      {name: 'a', peerName: 'other', ratio: 9, target: null},
    ]) as unknown as Spec;
    expect(spec.layer[2]?.data.values.map(({peerName}) => peerName)).toEqual(['peer, batched', 'other']);
    expect(spec.layer[1]?.data.values).toEqual([]);
  });

  it('sets many rows in two columns on one axis, not higher than a screen', () => {
    const rows = Array.from({length: 37}, (_, i) => ({
      name: `work ${i}`,
      peerName: 'peer',
      ratio: i + 1,
      target: 2,
    }));
    const spec = speedRatios(rows) as unknown as {concat: readonly Spec[]};
    expect(spec.concat.map(({layer}) => layer[2]?.data.values.length)).toEqual([19, 18]);
    expect(spec.concat[0]?.height).toBeLessThan(720);
    expect(spec.concat[0]?.layer[2]?.encoding.x).toEqual(spec.concat[1]?.layer[2]?.encoding.x);
    expect(speedRatios(rows.slice(0, 12))).not.toHaveProperty('concat');
  });
});
