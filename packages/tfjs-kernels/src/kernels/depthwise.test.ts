import * as tf from '@tensorflow/tfjs-core';
// Brings the gradients of TensorFlow.js's operations.
import '@tensorflow/tfjs-layers';
import * as fc from 'fast-check';
import {beforeAll, describe, expect, it} from 'vitest';
import {type Pad, pads} from '../../test/border-cases.ts';
import {largestError, randomValues, runs, sets, startWasm, valuesOn} from '../../test/backends.ts';

interface Layer {
  readonly images: number;
  readonly size: readonly [height: number, width: number];
  readonly filter: readonly [height: number, width: number];
  readonly channels: number;
  readonly multiplier: number;
  readonly strides: [number, number];
  readonly dilations: [number, number];
  readonly pad: Pad;
  readonly seed: number;
}

const taps = fc.integer({min: 1, max: 7});
const step = fc.integer({min: 1, max: 4});
const length = fc.integer({min: 1, max: 14});

const layers: fc.Arbitrary<Layer> = fc
  .record({
    images: fc.integer({min: 1, max: 3}),
    size: fc.tuple(length, length),
    filter: fc.tuple(taps, taps),
    channels: fc.oneof(fc.integer({min: 1, max: 9}), fc.constantFrom(12, 16, 17, 24)),
    multiplier: fc.oneof(fc.constant(1), fc.integer({min: 2, max: 5})),
    strides: fc.tuple(step, step),
    dilations: fc.constant<[number, number]>([1, 1]),
    pad: pads,
    seed: fc.integer({min: 0, max: 1e6}),
  })
  .filter((layer) => geometry(layer).outHeight > 0 && geometry(layer).outWidth > 0);

function shapes({images, size, filter, channels, multiplier}: Layer) {
  const x: [number, number, number, number] = [images, ...size, channels];
  const w: [number, number, number, number] = [...filter, channels, multiplier];
  return {x, w};
}

function geometry(layer: Layer) {
  const {x, w} = shapes(layer);
  const {strides, dilations, pad} = layer;
  return tf.backend_util.computeConv2DInfo(x, w, strides, dilations, pad, undefined, true);
}

function random<R extends tf.Rank>(shape: tf.ShapeMap[R], seed: number): tf.Tensor<R> {
  return tf.tensor(randomValues(tf.util.sizeFromShape(shape), seed), shape);
}

function back(name: string, layer: Layer, inputs: tf.NamedTensorMap, attrs: object): tf.Tensor {
  const {strides, dilations, pad} = layer;
  return tf.engine().runKernel(name, inputs, {strides, dilations, pad, ...attrs} as tf.NamedAttrMap);
}

function backInput(layer: Layer): tf.Tensor {
  const {x, w} = shapes(layer);
  const dy = random(geometry(layer).outShape, layer.seed);
  const filter = random(w, layer.seed + 1);
  return back('DepthwiseConv2dNativeBackpropInput', layer, {dy, filter}, {inputShape: x});
}

function backFilter(layer: Layer): tf.Tensor {
  const {x, w} = shapes(layer);
  const images = random(x, layer.seed + 2);
  const dy = random(geometry(layer).outShape, layer.seed);
  return back('DepthwiseConv2dNativeBackpropFilter', layer, {x: images, dy}, {filterShape: w});
}

/** Sums of at most some hundreds of products of numbers up to 1. */
const TOLERANCE = 5e-5;

const sample: Layer = {
  images: 2,
  size: [7, 6],
  filter: [3, 3],
  channels: 5,
  multiplier: 2,
  strides: [1, 1],
  dilations: [1, 1],
  pad: 'same',
  seed: 3,
};

describe.each(sets)('with %s', (_, options) => {
  beforeAll(() => startWasm(options));

  it.each([
    ['input', backInput],
    ['filter', backFilter],
  ] as const)(
    'takes the gradient by the %s as the CPU backend does, whatever sizes, strides, padding and multipliers',
    async (_title, run) => {
      await fc.assert(
        fc.asyncProperty(layers, async (layer) => {
          const actual = await valuesOn('wasm', () => run(layer));
          const expected = await valuesOn('cpu', () => run(layer));
          expect(largestError(actual, expected)).toBeLessThanOrEqual(TOLERANCE);
        }),
        {numRuns: runs},
      );
    },
  );

  it.each<Partial<Layer>>([
    {},
    {channels: 8, multiplier: 1, strides: [2, 2]},
    {
      channels: 9,
      filter: [4, 5],
      strides: [3, 2],
      pad: [
        [0, 0],
        [2, 0],
        [1, 3],
        [0, 0],
      ],
    },
    // The CPU backend leaves dilations out of gradients.
    {dilations: [2, 2]},
    {channels: 8, multiplier: 1, size: [9, 12], dilations: [3, 2], pad: 'valid'},
    {channels: 1, multiplier: 3, size: [12, 9], dilations: [1, 3], pad: 2},
  ])('takes the slopes that differences of the convolution itself have, for %j', async (change) => {
    const layer = {...sample, ...change};
    const {x, w} = shapes(layer);
    const {strides, dilations, pad, seed} = layer;
    const dy = randomValues(tf.util.sizeFromShape(geometry(layer).outShape), seed);
    // As linear as it is in either, differences over a step of 1 are exact but for rounding.
    const slope = async (of: 'x' | 'w', index: number): Promise<number> => {
      const at = async (shift: number): Promise<number> => {
        const values = {
          x: randomValues(tf.util.sizeFromShape(x), seed + 2),
          w: randomValues(tf.util.sizeFromShape(w), seed + 1),
        };
        values[of][index] = (values[of][index] ?? 0) + shift;
        const out = await valuesOn('cpu', () =>
          tf.depthwiseConv2d(
            tf.tensor4d(values.x, x),
            tf.tensor4d(values.w, w),
            strides,
            pad,
            'NHWC',
            dilations,
          ),
        );
        return out.reduce((sum, value, i) => sum + value * (dy[i] ?? 0), 0);
      };
      return (await at(0.5)) - (await at(-0.5));
    };
    const differences = async (of: 'x' | 'w', count: number, every: number): Promise<[number, number][]> => {
      const found: [number, number][] = [];
      for (let i = 0; i < count; i += every) found.push([i, await slope(of, i)]);
      return found;
    };
    const dx = await valuesOn('wasm', () => backInput(layer));
    const dw = await valuesOn('wasm', () => backFilter(layer));
    for (const [i, value] of await differences('x', dx.length, 7)) expect(dx[i]).toBeCloseTo(value, 4);
    for (const [i, value] of await differences('w', dw.length, 3)) expect(dw[i]).toBeCloseTo(value, 4);
  });

  it('gives an image the same bits alone and in any place of a batch', async () => {
    await fc.assert(
      fc.asyncProperty(layers, async (layer) => {
        const one = {...layer, images: 1};
        const {x, w} = shapes(one);
        const run = (copies: number) => () => {
          const dy = random<tf.Rank.R4>(geometry(one).outShape, layer.seed);
          const slopes = tf.concat(Array.from({length: copies}, (_value, i) => (i === 1 ? tf.neg(dy) : dy)));
          const inputShape = [copies, ...x.slice(1)];
          const filter = random(w, 1);
          return back('DepthwiseConv2dNativeBackpropInput', layer, {dy: slopes, filter}, {inputShape});
        };
        const [alone, batch] = [await valuesOn('wasm', run(1)), await valuesOn('wasm', run(3))];
        expect(batch.slice(0, alone.length)).toEqual(alone);
        expect(batch.slice(-alone.length)).toEqual(alone);
      }),
      {numRuns: Math.ceil(runs / 3)},
    );
  });

  it('is what depthwise and separable convolutions are differentiated by', async () => {
    const compute = (): tf.Tensor => {
      const x = random<tf.Rank.R4>([2, 8, 8, 6], 1);
      const [depthwise, pointwise] = [
        random<tf.Rank.R4>([3, 3, 6, 2], 2),
        random<tf.Rank.R4>([1, 1, 12, 4], 3),
      ];
      const loss = (image: tf.Tensor, filter: tf.Tensor): tf.Scalar =>
        tf.sum(
          tf.square(
            tf.separableConv2d(image as tf.Tensor4D, filter as tf.Tensor4D, pointwise, [2, 2], 'same'),
          ),
        );
      return tf.concat(
        tf
          .grads(loss)([x, depthwise])
          .map((slope) => tf.reshape(slope, [-1])),
      );
    };
    const [actual, expected] = [await valuesOn('wasm', compute), await valuesOn('cpu', compute)];
    const scale = Math.max(...expected.map(Math.abs));
    expect(largestError(actual, expected)).toBeLessThanOrEqual(1e-5 * scale);
  });

  it('fuses a depthwise convolution with any bias that broadcasts', async () => {
    for (const shape of [[10], [], [1, 1, 1, 10], [7, 6, 1]]) {
      const {x, w} = shapes(sample);
      const parts = () => ({
        x: random<tf.Rank.R4>(x, 1),
        filter: random<tf.Rank.R4>(w, 2),
        bias: random(shape as [number], 3),
      });
      const actual = await valuesOn('wasm', () =>
        tf.fused.depthwiseConv2d({...parts(), strides: 1, pad: 'same', activation: 'relu6'}),
      );
      const expected = await valuesOn('cpu', () => {
        const {x: images, filter, bias} = parts();
        return tf.relu6(tf.add(tf.depthwiseConv2d(images, filter, 1, 'same'), bias));
      });
      expect(largestError(actual, expected)).toBeLessThanOrEqual(TOLERANCE);
    }
  });

  it('refuses other types and a filter that is larger than the image', async () => {
    const {x, w} = shapes(sample);
    const dy = (): tf.Tensor => tf.zeros(geometry(sample).outShape);
    const whole = (): tf.Tensor =>
      back(
        'DepthwiseConv2dNativeBackpropFilter',
        sample,
        {x: tf.zeros(x, 'int32'), dy: dy()},
        {filterShape: w},
      );
    await expect(valuesOn('wasm', whole)).rejects.toThrow(
      'DepthwiseConv2dNativeBackpropFilter on the WASM backend takes float32 tensors in NHWC order',
    );
    const narrow = {...sample, pad: 'valid' as const};
    const small = (): tf.Tensor =>
      back(
        'DepthwiseConv2dNativeBackpropInput',
        narrow,
        {dy: dy(), filter: tf.zeros(w)},
        {inputShape: [2, 2, 2, 5]},
      );
    await expect(valuesOn('wasm', small)).rejects.toThrow(/a filter no larger than the padded image/);
  });

  it('is zero where no tap leads, and empty for no images', async () => {
    const apart: Layer = {...sample, filter: [1, 1], strides: [2, 3], pad: 'valid', multiplier: 1};
    const slopes = await valuesOn('wasm', () => backInput(apart));
    const {x} = shapes(apart);
    slopes.forEach((value, i) => {
      const [row, column] = [Math.floor(i / (x[3] * x[2])) % x[1], Math.floor(i / x[3]) % x[2]];
      expect(value === 0).toBe(row % 2 > 0 || column % 3 > 0);
    });
    expect((await valuesOn('wasm', () => backInput({...sample, images: 0}))).length).toBe(0);
    expect(new Set(await valuesOn('wasm', () => backFilter({...sample, images: 0})))).toEqual(new Set([0]));
  });
});
