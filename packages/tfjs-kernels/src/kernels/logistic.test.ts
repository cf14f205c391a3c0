import * as tf from '@tensorflow/tfjs-core';
import {describe, expect, it} from 'vitest';
import {full, sets, startWasm, valuesOn} from '../../test/backends.ts';

const operations = {sigmoid: tf.sigmoid, softplus: tf.softplus};

const exact = {
  sigmoid: (x: number): number => (x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x))),
  softplus: (x: number): number => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
};

/** Every so many of the float32 numbers whose bits lie between those of 2⁻²⁰ and 110, and their negatives. */
function floats(every: number): Float32Array {
  const [low, high] = [new Int32Array(Float32Array.of(2 ** -20).buffer)[0] ?? 0, 110];
  const top = new Int32Array(Float32Array.of(high).buffer)[0] ?? 0;
  const bits = Int32Array.from({length: Math.ceil((top - low) / every)}, (_, i) => low + i * every);
  const positive = new Float32Array(bits.buffer);
  return Float32Array.from(
    {length: 2 * positive.length},
    (_, i) => (i % 2 === 0 ? 1 : -1) * (positive[i >> 1] ?? 0),
  );
}

/** Distance from an exact value in units of the last place of float32, subnormal ones included. */
function unitsOff(actual: number, expected: number): number {
  const unit = 2 ** (Math.max(-126, Math.floor(Math.log2(expected))) - 23);
  return Math.abs(actual - expected) / unit;
}

describe.each(sets)('with %s', (_, options) => {
  it.each(['sigmoid', 'softplus'] as const)(
    'gives %s to 4 units in the last place everywhere, subnormal results to one',
    async (name) => {
      await startWasm(options);
      const inputs = floats(full ? 1009 : 100_003);
      const values = await valuesOn('wasm', () => operations[name](tf.tensor1d(inputs)));
      let [worst, worstTiny] = [0, 0];
      inputs.forEach((x, i) => {
        const expected = exact[name](x);
        const off = unitsOff(values[i] ?? Number.NaN, expected);
        if (expected >= 2 ** -126) worst = Math.max(worst, off);
        else worstTiny = Math.max(worstTiny, off);
      });
      expect(worst).toBeLessThan(4);
      expect(worstTiny).toBeLessThan(1.5);
    },
  );

  it('keeps NaN, infinities and zeros', async () => {
    await startWasm(options);
    const special = tf.keep(tf.tensor1d([Number.NaN, Infinity, -Infinity, 0, -0, 3e38, -3e38]));
    const sigmoid = [...(await valuesOn('wasm', () => tf.sigmoid(special)))];
    const softplus = [...(await valuesOn('wasm', () => tf.softplus(special)))];
    special.dispose();
    const half = Math.fround(Math.LN2);
    expect(sigmoid).toEqual([Number.NaN, 1, 0, 0.5, 0.5, 1, 0]);
    expect(softplus).toEqual([Number.NaN, Infinity, 0, half, half, Math.fround(3e38), 0]);
  });

  it('gives each number the same bits at any place of any length', async () => {
    await startWasm(options);
    const inputs = Float32Array.from({length: 13}, (_unused, i) => 3 * Math.sin(i + 1));
    const whole = await valuesOn('wasm', () => tf.softplus(tf.tensor1d(inputs)));
    for (let i = 0; i < inputs.length; i++) {
      const alone = await valuesOn('wasm', () => tf.softplus(tf.tensor1d(inputs.slice(i, i + 1))));
      expect(alone[0]).toBe(whole[i]);
    }
  });
});
