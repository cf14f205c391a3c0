import * as tf from '@tensorflow/tfjs-core';
import * as fc from 'fast-check';
import {beforeAll, describe, expect, it} from 'vitest';
import {eachProduct} from '../../test/reference-convolution.ts';
import {type Pad, pads} from '../../test/border-cases.ts';
import {largestError, randomValues, runs, sets, startWasm, valuesOn} from '../../test/backends.ts';

interface Layer {
  readonly images: number;
  readonly size: readonly [height: number, width: number];
  readonly filter: readonly [height: number, width: number];
  readonly channels: readonly [input: number, output: number];
  readonly strides: [number, number];
  readonly dilations: [number, number];
  readonly pad: Pad;
  readonly seed: number;
}

const taps = fc.integer({min: 1, max: 5});
const step = fc.integer({min: 1, max: 4});
const length = fc.integer({min: 1, max: 14});
const channels = fc.oneof(fc.integer({min: 1, max: 9}), fc.constantFrom(12, 16, 17, 24));

const layers: fc.Arbitrary<Layer> = fc
  .record({
    images: fc.integer({min: 1, max: 3}),
    size: fc.tuple(length, length),
    filter: fc.tuple(taps, taps),
    channels: fc.tuple(channels, channels),
    steps: fc.tuple(step, step),
    dilated: fc.boolean(),
    pad: pads,
    seed: fc.integer({min: 0, max: 1e6}),
  })
  .map(({steps, dilated, ...layer}): Layer => {
    // TensorFlow.js takes strides or dilations, not both.
    return {...layer, strides: dilated ? [1, 1] : steps, dilations: dilated ? steps : [1, 1]};
  })
  .filter((layer) => {
    const {outHeight, outWidth} = geometry(layer);
    return outHeight > 0 && outWidth > 0;
  });

const undilated = layers.filter(({dilations}) => dilations.every((dilation) => dilation === 1));

function shapes({images, size, filter, channels: [input, output]}: Layer) {
  const x: [number, number, number, number] = [images, ...size, input];
  const w: [number, number, number, number] = [...filter, input, output];
  return {x, w};
}

function geometry(layer: Layer) {
  const {x, w} = shapes(layer);
  return tf.backend_util.computeConv2DInfo(x, w, layer.strides, layer.dilations, layer.pad);
}

function random<R extends tf.Rank>(shape: tf.ShapeMap[R], seed: number): tf.Tensor<R> {
  return tf.tensor(randomValues(tf.util.sizeFromShape(shape), seed), shape);
}

function convolve(layer: Layer): tf.Tensor {
  const {x, w} = shapes(layer);
  const {strides, pad, dilations, seed} = layer;
  return tf.conv2d(
    random<tf.Rank.R4>(x, seed),
    random<tf.Rank.R4>(w, seed + 1),
    strides,
    pad,
    'NHWC',
    dilations,
  );
}

function backInput(layer: Layer): tf.Tensor {
  const {x, w} = shapes(layer);
  const dy = random(geometry(layer).outShape, layer.seed);
  const filter = random(w, layer.seed + 1);
  const attrs = {strides: layer.strides, pad: layer.pad, dataFormat: 'NHWC', inputShape: x};
  return tf.engine().runKernel('Conv2DBackpropInput', {dy, filter}, attrs as unknown as tf.NamedAttrMap);
}

function backFilter(layer: Layer): tf.Tensor {
  const {x, w} = shapes(layer);
  const images = random(x, layer.seed);
  const dy = random(geometry(layer).outShape, layer.seed + 1);
  const attrs = {strides: layer.strides, pad: layer.pad, dataFormat: 'NHWC', filterShape: w};
  return tf.engine().runKernel('Conv2DBackpropFilter', {x: images, dy}, attrs as unknown as tf.NamedAttrMap);
}

/** Sums of at most some thousands of products of numbers up to 1. */
const TOLERANCE = 1e-4;

describe.each(sets)('with %s', (_, options) => {
  beforeAll(() => startWasm(options));

  it.each([
    ['convolves', layers, convolve],
    ['takes the gradient by the input', undilated, backInput],
    ['takes the gradient by the filter', undilated, backFilter],
  ] as const)(
    '%s as the CPU backend does, whatever sizes, strides, dilations and padding',
    async (_title, cases, run) => {
      await fc.assert(
        fc.asyncProperty(cases, async (layer) => {
          const actual = await valuesOn('wasm', () => run(layer));
          const expected = await valuesOn('cpu', () => run(layer));
          expect(largestError(actual, expected)).toBeLessThanOrEqual(TOLERANCE);
        }),
        {numRuns: runs * 2},
      );
    },
  );

  it.each([
    [40, [9, 9], [3, 3], [16, 20]],
    [3, [70, 70], [3, 3], [16, 5]],
    [37, [8, 8], [1, 1], [64, 24]],
    [5, [33, 34], [5, 5], [1, 8]],
  ] as const)(
    'sums %i images of %j by filters of %j on channels %j over all chunks',
    async (images, size, filter, both) => {
      for (const [strides, pad] of [
        [[1, 1], 'same'],
        [[2, 2], 'same'],
        [[1, 1], 'valid'],
      ] as const) {
        const layer: Layer = {
          images,
          size,
          filter,
          channels: both,
          dilations: [1, 1],
          seed: images,
          strides: [...strides],
          pad,
        };
        const info = geometry(layer);
        const {x: xShape, w: wShape} = shapes(layer);
        const sizes = [xShape, wShape, info.outShape].map((shape) => tf.util.sizeFromShape(shape));
        const [x, w, y] = sizes.map((count, i) => randomValues(count, images + i)) as [
          Float32Array,
          Float32Array,
          Float32Array,
        ];
        const [dx, dw, out] = sizes.map((count) => new Float64Array(count)) as [
          Float64Array,
          Float64Array,
          Float64Array,
        ];
        eachProduct(info, (i, j, k) => {
          out[k] = (out[k] ?? 0) + (x[i] ?? 0) * (w[j] ?? 0);
          dx[i] = (dx[i] ?? 0) + (y[k] ?? 0) * (w[j] ?? 0);
          dw[j] = (dw[j] ?? 0) + (y[k] ?? 0) * (x[i] ?? 0);
        });
        const run = (name: string, inputs: () => tf.NamedTensorMap, attrs: object): Promise<Float32Array> =>
          valuesOn('wasm', () =>
            tf.engine().runKernel(name, inputs(), {
              ...attrs,
              strides: [...strides],
              pad,
              dataFormat: 'NHWC',
            } as tf.NamedAttrMap),
          );
        const [xs, ws, ys] = [
          () => tf.tensor(x, xShape),
          () => tf.tensor(w, wShape),
          () => tf.tensor(y, info.outShape),
        ];
        const forward = await run('Conv2D', () => ({x: xs(), filter: ws()}), {dilations: [1, 1]});
        const slopes = await run('Conv2DBackpropInput', () => ({dy: ys(), filter: ws()}), {
          inputShape: xShape,
        });
        const filters = await run('Conv2DBackpropFilter', () => ({x: xs(), dy: ys()}), {filterShape: wShape});
        // Partial sums grow as the square root of the number of summands, their rounding in all as that number.
        expect(largestError(forward, out)).toBeLessThanOrEqual(1e-5);
        expect(largestError(slopes, dx)).toBeLessThanOrEqual(1e-5);
        expect(largestError(filters, dw)).toBeLessThanOrEqual(5e-8 * info.outHeight * info.outWidth * images);
      }
    },
  );

  it('gives an image the same bits alone and in any place of a batch', async () => {
    await fc.assert(
      fc.asyncProperty(undilated, async (layer) => {
        const one = {...layer, images: 1};
        const [x, dy] = [shapes(one).x, geometry(one).outShape];
        const check = async (
          run: (images: tf.Tensor4D) => tf.Tensor,
          shape: readonly number[],
        ): Promise<void> => {
          const image = (): tf.Tensor4D =>
            random(shape as [number, number, number, number], layer.seed) as tf.Tensor4D;
          const alone = await valuesOn('wasm', () => run(image()));
          const batch = await valuesOn('wasm', () =>
            run(tf.concat([image(), tf.mul(image(), 0.7), image()])),
          );
          expect(batch.slice(0, alone.length)).toEqual(alone);
          expect(batch.slice(-alone.length)).toEqual(alone);
        };
        const filter = (): tf.Tensor4D => random<tf.Rank.R4>(shapes(one).w, layer.seed + 1);
        const {strides, pad} = layer;
        await check((images) => tf.conv2d(images, filter(), strides, pad), x);
        await check((slopes) => {
          const inputShape = [slopes.shape[0], ...x.slice(1)];
          const attrs = {strides, pad, dataFormat: 'NHWC', inputShape} as unknown as tf.NamedAttrMap;
          return tf
            .engine()
            .runKernel<tf.Tensor>('Conv2DBackpropInput', {dy: slopes, filter: filter()}, attrs);
        }, dy);
      }),
      {numRuns: Math.ceil(runs / 3)},
    );
  });

  it.each(['linear', 'relu', 'relu6', 'elu', 'sigmoid', 'leakyrelu', 'prelu'] as const)(
    'fuses bias and %s',
    async (activation) => {
      const layer: Layer = {
        images: 2,
        size: [7, 6],
        filter: [3, 3],
        channels: [3, 11],
        strides: [1, 1],
        dilations: [1, 1],
        pad: 'same',
        seed: 5,
      };
      for (const biasShape of [undefined, [11], [1, 1, 11], [], [7, 6, 1]]) {
        const compute = (): tf.Tensor => {
          const {x, w} = shapes(layer);
          return tf.fused.conv2d<tf.Tensor4D>({
            x: random<tf.Rank.R4>(x, 1),
            filter: random<tf.Rank.R4>(w, 2),
            strides: 1,
            pad: 'same',
            activation,
            leakyreluAlpha: 0.3,
            ...(biasShape === undefined ? {} : {bias: random(biasShape as [number], 3)}),
            ...(activation === 'prelu' ? {preluActivationWeights: random<tf.Rank.R1>([11], 4)} : {}),
          });
        };
        const actual = await valuesOn('wasm', compute);
        const expected = await valuesOn('cpu', compute);
        expect(largestError(actual, expected)).toBeLessThanOrEqual(TOLERANCE);
      }
    },
  );

  it('lets NaN and infinity through to the pixels whose fields hold them', async () => {
    const compute = (): tf.Tensor => {
      const values = randomValues(2 * 6 * 6 * 3, 1);
      values[50] = Number.NaN;
      values[130] = Infinity;
      return tf.conv2d(tf.tensor4d(values, [2, 6, 6, 3]), random<tf.Rank.R4>([3, 3, 3, 5], 2), 1, 'same');
    };
    const actual = await valuesOn('wasm', compute);
    const expected = await valuesOn('cpu', compute);
    expect(largestError(actual, expected)).toBeLessThanOrEqual(TOLERANCE);
  });

  it.each([
    [[3, 3], [4, 3], 1],
    [[3, 3], [5, 5], 1],
    [[5, 4], [3, 3], 2],
  ] as const)('refuses images of %j under filters of %j, dilated by %i', async (size, filter, dilation) => {
    const compute = (): tf.Tensor =>
      tf.conv2d(
        tf.zeros<tf.Rank.R4>([1, ...size, 2]),
        tf.zeros<tf.Rank.R4>([...filter, 2, 3]),
        1,
        'valid',
        'NHWC',
        dilation,
      );
    await expect(valuesOn('wasm', compute)).rejects.toThrow(/a filter no larger than the padded image/);
  });

  it('is zero where there are no channels to sum, and empty for no images', async () => {
    const none = await valuesOn('wasm', () =>
      tf.conv2d(tf.zeros<tf.Rank.R4>([1, 3, 3, 0]), tf.zeros<tf.Rank.R4>([2, 2, 0, 2]), 1, 'valid'),
    );
    expect([...none]).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
    const empty = await valuesOn('wasm', () =>
      tf.conv2d(tf.zeros<tf.Rank.R4>([0, 3, 3, 1]), tf.zeros<tf.Rank.R4>([2, 2, 1, 2]), 1, 'valid'),
    );
    expect(empty.length).toBe(0);
  });
});
