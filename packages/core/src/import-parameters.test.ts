import {
  type DecodedTensor,
  type NamedTensor,
  decodeSafetensors,
  encodeSafetensors,
} from '@minefield/safetensors';
import * as fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {exportParameters} from './export-parameters.ts';
import {importParameters} from './import-parameters.ts';
import {parameterLayout} from './parameter-layout.ts';
import {pytorchBatchNorm, pytorchConv2d, pytorchLinear} from './pytorch-rules.ts';
import type {TensorRule} from './tensor-mapping.ts';

function decoded(name: string, shape: readonly number[], data: readonly number[]): DecodedTensor {
  return {name, dtype: 'F64', shape, data: Float64Array.from(data)};
}

const range = (count: number, first = 0) => Array.from({length: count}, (_, i) => first + i);

const dense = parameterLayout([
  {name: 'dense0/kernel', shape: [3, 2], role: 'kernel'},
  {name: 'dense0/bias', shape: [2], role: 'bias'},
]);
const linear = [decoded('fc.weight', [2, 3], [1, 2, 3, 4, 5, 6]), decoded('fc.bias', [2], [7, 8])];
const rules = pytorchLinear('fc', 'dense0');

describe('importParameters', () => {
  it('turns a linear layer’s [out, in] into [in, out]', () => {
    const {theta} = importParameters(linear, dense, rules);
    expect([...theta]).toEqual([1, 4, 2, 5, 3, 6, 7, 8]);
  });

  it('takes tensors in any order', () => {
    const {theta} = importParameters(linear.toReversed(), dense, rules.toReversed());
    expect([...theta]).toEqual([1, 4, 2, 5, 3, 6, 7, 8]);
  });

  it('turns a convolution’s [out, in, height, width] into [height, width, in, out]', () => {
    const [out, channels, height, width] = [4, 3, 2, 5];
    const layout = parameterLayout([
      {name: 'conv/kernel', shape: [height, width, channels, out], role: 'kernel'},
    ]);
    const weight = decoded(
      '0.weight',
      [out, channels, height, width],
      range(out * channels * height * width),
    );
    const {theta} = importParameters([weight], layout, pytorchConv2d('0', 'conv', {bias: false}));
    const at = (y: number, x: number, c: number, o: number) =>
      theta[((y * width + x) * channels + c) * out + o];
    for (let o = 0; o < out; o++)
      for (let c = 0; c < channels; c++)
        for (let y = 0; y < height; y++)
          for (let x = 0; x < width; x++)
            expect(at(y, x, c, o)).toBe(((o * channels + c) * height + y) * width + x);
  });

  it('reorders the inputs of a layer that is fed by flattened images', () => {
    const [out, channels, height, width] = [2, 3, 4, 5];
    const layout = parameterLayout([
      {name: 'd/kernel', shape: [channels * height * width, out], role: 'kernel'},
    ]);
    const weight = decoded('fc.weight', [out, 60], range(120));
    const {theta} = importParameters(
      [weight],
      layout,
      pytorchLinear('fc', 'd', {bias: false, flattened: [channels, height, width]}),
    );
    for (let o = 0; o < out; o++)
      for (let c = 0; c < channels; c++)
        for (let y = 0; y < height; y++)
          for (let x = 0; x < width; x++)
            expect(theta[((y * width + x) * channels + c) * out + o]).toBe(
              o * 60 + (c * height + y) * width + x,
            );
  });

  it('hands over the statistics of batch normalization, and leaves its counter out', () => {
    const layout = parameterLayout([
      {name: 'n/gamma', shape: [2], role: 'scale'},
      {name: 'n/beta', shape: [2], role: 'shift'},
    ]);
    const counter: DecodedTensor = {
      name: '1.num_batches_tracked',
      dtype: 'I64',
      shape: [],
      data: BigInt64Array.of(9n),
    };
    const tensors = [
      decoded('1.weight', [2], [1, 2]),
      decoded('1.bias', [2], [3, 4]),
      decoded('1.running_mean', [2], [5, 6]),
      decoded('1.running_var', [2], [7, 8]),
      counter,
    ];
    const {theta, state} = importParameters(tensors, layout, pytorchBatchNorm('1', 'n'));
    expect([...theta]).toEqual([1, 2, 3, 4]);
    expect(state).toEqual([
      {name: 'n/moving_mean', shape: [2], data: Float32Array.of(5, 6)},
      {name: 'n/moving_variance', shape: [2], data: Float32Array.of(7, 8)},
    ]);
    const back = exportParameters(theta, layout, pytorchBatchNorm('1', 'n'), state);
    expect(back.map(({name, data}) => [name, ...data])).toEqual([
      ['1.weight', 1, 2],
      ['1.bias', 3, 4],
      ['1.running_mean', 5, 6],
      ['1.running_var', 7, 8],
    ]);
    expect(() => exportParameters(theta, layout, pytorchBatchNorm('1', 'n'))).toThrow(
      'expected state "n/moving_mean" for "1.running_mean", got none',
    );
    expect(() => exportParameters(theta, layout, pytorchBatchNorm('1', 'n').slice(0, 2), state)).toThrow(
      'got none for "n/moving_mean"',
    );
  });

  it.each<[string, readonly DecodedTensor[], string]>([
    ['missing', linear.slice(1), 'expected a tensor "fc.weight", got none among "fc.bias"'],
    [
      'left over',
      [...linear, decoded('fc.extra', [1], [0])],
      'a rule for each tensor, got none for "fc.extra"',
    ],
    ['transposed', linear.with(0, decoded('fc.weight', [3, 2], range(6))), '"fc.weight" of shape [2,3]'],
    ['not a number', linear.with(1, decoded('fc.bias', [2], [7, Number.NaN])), '"fc.bias", got NaN at 1'],
    ['infinite', linear.with(1, decoded('fc.bias', [2], [-Infinity, 1])), '"fc.bias", got -Infinity at 0'],
    ['beyond float32', linear.with(1, decoded('fc.bias', [2], [7, 1e39])), '"fc.bias", got 1e+39 at 1'],
    [
      'of integers',
      linear.with(1, {name: 'fc.bias', dtype: 'I64', shape: [2], data: BigInt64Array.of(7n, 8n)}),
      'floating-point numbers in "fc.bias", got whole ones',
    ],
    [
      'of small integers',
      linear.with(1, {name: 'fc.bias', dtype: 'U8', shape: [2], data: Int32Array.of(7, 8)}),
      'floating-point numbers in "fc.bias", got whole ones',
    ],
    ['shorter than its shape', linear.with(1, decoded('fc.bias', [2], [7])), '2 numbers in "fc.bias", got 1'],
  ])('refuses a tensor that is %s, by name', (_, tensors, message) => {
    expect(() => importParameters(tensors, dense, rules)).toThrow(message);
  });

  it.each<[string, readonly TensorRule[], string]>([
    ['leave a slice out', rules.slice(1), 'a tensor for the slice "dense0/kernel", got none'],
    ['name no slice', [...rules, {tensor: 'a', slice: 'b'}], 'a slice of the layout, got "b"'],
    ['use a tensor twice', [...rules, {tensor: 'fc.bias', state: null}], 'two for "fc.bias"'],
    ['fill a slice twice', [...rules, {tensor: 'a', slice: 'dense0/bias'}], 'two for "dense0/bias"'],
    [
      'repeat an axis',
      rules.with(0, {tensor: 'fc.weight', slice: 'dense0/kernel', axes: [1, 1]}),
      'each of 2 axes of "fc.weight" once, got [1,1]',
    ],
    [
      'split an axis wrongly',
      rules.with(0, {tensor: 'fc.weight', slice: 'dense0/kernel', shape: [null, [2, 2]], axes: [1, 2, 0]}),
      'a shape of 6 entries for "fc.weight"',
    ],
    [
      'join axes across those of the slice',
      rules.with(0, {tensor: 'fc.weight', slice: 'dense0/kernel', shape: [3, 2], axes: [1, 0]}),
      'axes of "fc.weight" that make up "dense0/kernel" [3,2] in turn, got [2,3]',
    ],
    [
      'flatten images of another size',
      pytorchLinear('fc', 'dense0', {flattened: [2, 1, 1]}),
      'make up "dense0/kernel" [3,2] in turn, got [1,1,2,3]',
    ],
  ])('refuses rules that %s', (_, wrong, message) => {
    expect(() => importParameters(linear, dense, wrong)).toThrow(message);
    expect(() => exportParameters(new Float32Array(8), dense, wrong)).toThrow(message);
  });
});

describe('exportParameters', () => {
  it('undoes an import, through the bytes of a file, for any shape and order of axes', () => {
    const axis = fc.integer({min: 1, max: 4});
    const problem = fc.array(axis, {minLength: 1, maxLength: 4}).chain((shape) =>
      fc.record({
        shape: fc.constant(shape),
        axes: fc.shuffledSubarray(range(shape.length), {minLength: shape.length}),
      }),
    );
    fc.assert(
      fc.property(problem, ({shape, axes}) => {
        const size = shape.reduce((product, length) => product * length, 1);
        const tensor: NamedTensor = {name: 't', shape, data: Float32Array.from(range(size, 1))};
        const layout = parameterLayout([
          {name: 's', shape: axes.map((axisIndex) => shape[axisIndex] ?? 0), role: 'kernel'},
        ]);
        const rule = [{tensor: 't', slice: 's', axes}];
        const {theta} = importParameters(
          decodeSafetensors(encodeSafetensors([tensor])).tensors,
          layout,
          rule,
        );
        expect(exportParameters(theta, layout, rule)).toEqual([tensor]);
      }),
    );
  });

  it('refuses parameters of another number, or not finite', () => {
    expect(() => exportParameters(new Float32Array(7), dense, rules)).toThrow('expected 8 parameters, got 7');
    expect(() => exportParameters(new Float32Array(8).fill(Number.NaN), dense, rules)).toThrow(
      'expected finite numbers for "fc.weight", got NaN',
    );
  });
});

it.each([
  () => pytorchLinear('fc', 'dense0', {biass: false} as object),
  () => pytorchConv2d('conv', 'conv0', {biass: false} as object),
])('rules of a layer refuse options that it does not have', (write) => {
  expect(write).toThrow(/^core\.pytorch\w+: expected options among bias.*, got "biass"; did you mean "bias"/);
});
