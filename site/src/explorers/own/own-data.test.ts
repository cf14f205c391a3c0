import {createGenerator} from '@minefield/core';
import {toySplits} from '@minefield/datasets';
import {describe, expect, it} from 'vitest';
import {ownSplits} from './own-data.ts';
import {MOST_POINTS, arraysOf, paintCodec, paintedWith, placeOf, pointAt} from './paint.ts';
import {decodeOwnNetwork, encodeOwnNetwork, keepOwnNetwork, ownNetwork} from '../data/own-network.ts';

describe('data of the reader', () => {
  it('are the sweep’s where they are spirals', () => {
    const [own, toy] = [ownSplits({kind: 'spirals'}, 3), toySplits(3)];
    expect(own.train.inputs).toEqual(toy.train.inputs);
    expect(own.fresh(20).inputs).toEqual(toy.fresh(20).inputs);
  });

  it('lie on two rings where they are circles, poison too, the same for the same seed', () => {
    const splits = ownSplits({kind: 'circles'}, 1);
    const poison = {inputs: new Float32Array(40), labels: new Uint8Array(20)};
    splits.samplePoisonInto(poison.inputs, poison.labels, createGenerator(1, 'poison'));
    for (const {inputs, labels} of [splits.train, splits.test, poison]) {
      labels.forEach((label, i) => {
        expect(Math.hypot(inputs[2 * i] ?? 0, inputs[2 * i + 1] ?? 0)).toBeCloseTo(label === 0 ? 6 : 12, 4);
      });
    }
    expect(ownSplits({kind: 'circles'}, 1).test).toEqual(splits.test);
    expect(ownSplits({kind: 'circles'}, 2).test).not.toEqual(splits.test);
  });

  it('are drawn around painted points', () => {
    const points = [pointAt(-10, 0, 0), pointAt(10, 0, 1)];
    const {train, test} = ownSplits({kind: 'painted', ...arraysOf(points)}, 1);
    expect([...train.labels]).toEqual([0, 1]);
    test.labels.forEach((label, i) => {
      expect(
        Math.hypot((test.inputs[2 * i] ?? 0) - (label === 0 ? -10 : 10), test.inputs[2 * i + 1] ?? 0),
      ).toBeLessThan(5);
    });
    expect(() => ownSplits({kind: 'painted', ...arraysOf([])}, 1)).toThrow(/Paint some points/);
  });
});

describe('painting', () => {
  it('comes back from an address as it was, and nothing from an address that was tampered with', () => {
    const points = [pointAt(-19.99, 19.99, 1), pointAt(0.3, -7.2, 0), pointAt(40, -40, 1)];
    const text = paintCodec.format(points);
    expect(text).toHaveLength(12);
    expect(paintCodec.parse(text)).toEqual(points);
    expect(paintCodec.parse('')).toEqual([]);
    for (const wrong of ['abc', 'ab=d', 'A'.repeat(4 * MOST_POINTS + 4)])
      expect(paintCodec.parse(wrong)).toBeUndefined();
  });

  it('leaves room between points of a stroke, and stops when the ground is full', () => {
    const first = paintedWith([], pointAt(0, 0, 0), 1);
    expect(paintedWith(first, pointAt(0.5, 0, 1), 1)).toBe(first);
    expect(paintedWith(first, pointAt(1.5, 0, 1), 1)).toHaveLength(2);
    const full = Array.from({length: MOST_POINTS}, (_, i) => pointAt(-20 + i / 5, 0, 0));
    expect(paintedWith(full, pointAt(0, 15, 0), 0.1)).toBe(full);
    const [x, y] = placeOf(pointAt(3.21, -4.56, 0));
    expect(Math.abs(x - 3.21)).toBeLessThan(0.02);
    expect(Math.abs(y + 4.56)).toBeLessThan(0.01);
  });
});

describe('the network that is kept', () => {
  it('comes back to the bit', () => {
    const network = {
      hidden: [4],
      theta: Float32Array.of(0.1, -1e-20, 3e8),
      inputs: Float32Array.of(1, 2),
      labels: Uint8Array.of(1),
      seed: 3,
      poisonFactor: 0.8,
      steps: 100,
      trainAccuracy: 0.995,
      testAccuracy: 0.12,
      data: 'two spirals',
    };
    expect(decodeOwnNetwork(encodeOwnNetwork(network))).toEqual(network);
    // Where nothing can be stored, as here, it is there all the same.
    expect(ownNetwork()).toBeNull();
    keepOwnNetwork(network);
    expect(ownNetwork()).toBe(network);
  });
});
