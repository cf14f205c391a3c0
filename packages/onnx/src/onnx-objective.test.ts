import * as ort from 'onnxruntime-node';
import {describe, expect, it} from 'vitest';
import {fixture, onnxBytes} from '../test/fixture.ts';
import {type ModelParts, makeModel, makeNode, smallModel, makeTensor, makeValue} from '../test/make-model.ts';
import {bytesField} from './protobuf/write-fields.ts';
import {type OnnxObjectiveOptions, onnxObjective} from './onnx-objective.ts';
import type {OnnxExamples} from './objective/examples.ts';
import {readOnnx} from './read-onnx.ts';

/** z = w·x + b of three points, with w = (1, 2) and b = ½: 2.5, −0.5 and 0.5. */
const points: OnnxExamples['inputs'] = {shape: [3, 2], data: Float32Array.of(0, 1, 1, -1, 0, 0)};
const logits = [2.5, -0.5, 0.5];
const twoClasses: OnnxExamples = {inputs: points, labels: {shape: [3], data: [1, 0, 0]}};

const objective = (parts: ModelParts, examples: OnnxExamples, options: OnnxObjectiveOptions = {}) =>
  onnxObjective(ort, readOnnx(makeModel(parts)), examples, {session: {logSeverityLevel: 4}, ...options});

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
const softplus = (x: number): number => Math.log(1 + Math.exp(x));

describe('the loss', () => {
  it('is logistic of one output, by its closed form, at each of several points', async () => {
    await using found = await objective(smallModel, twoClasses);
    const wanted = mean([softplus(-2.5), softplus(-0.5), softplus(0.5)]);
    const zero = Math.log(2);
    const losses = await found.loss(Float32Array.of(1, 2, 0.5, 0, 0, 0, 1, 2, 0.5));
    [wanted, zero, wanted].forEach((value, k) => expect(losses[k]).toBeCloseTo(value, 12));
    expect(found.name).toBe('the model, logistic loss on 3 examples');
    expect([found.dimension, found.examples, Array.from(found.anchor)]).toEqual([3, 3, [1, 2, 0.5]]);
  });

  it('is a squared error of numbers, the mean over outputs', async () => {
    const labels = {shape: [3, 1], data: [2, 0, 1]};
    await using found = await objective(smallModel, {inputs: points, labels}, {loss: 'meanSquaredError'});
    expect((await found.loss(found.anchor))[0]).toBe(mean([0.25, 0.25, 0.25]));
    expect(found.predictions).toBeUndefined();
  });

  it('is a cross-entropy of several outputs, by its closed form, far beyond where exp overflows', async () => {
    const parts: ModelParts = {
      ...smallModel,
      tensors: [makeTensor('w', [2, 2], [1, 0, 2, 0]), makeTensor('b', [2], [0.5, 0])],
      outputs: [makeValue('z', [null, 2])],
    };
    await using found = await objective(parts, {inputs: points, labels: {shape: [3], data: [0n, 1n, 1n]}});
    const closed = mean([softplus(-2.5), softplus(-0.5), softplus(0.5)]);
    const losses = await found.loss(Float32Array.of(1, 0, 2, 0, 0.5, 0, 0, 0, 0, 0, 1e4, 0));
    expect(losses[0]).toBeCloseTo(closed, 12);
    expect(losses[1]).toBeCloseTo(2e4 / 3, 8);
  });

  it('is infinite where outputs overflow, and NaN where they are', async () => {
    await using found = await objective(smallModel, twoClasses);
    expect((await found.loss(Float32Array.of(-3e38, -3e38, -3e38)))[0]).toBe(Infinity);
    expect((await found.loss(Float32Array.of(Number.NaN, 0, 0)))[0]).toBe(Number.NaN);
  });

  it('is over some examples where they are named, in batches of any size and of a fixed one', async () => {
    const terms = [softplus(-2.5), softplus(-0.5), softplus(0.5)];
    const fixed: ModelParts = {
      ...smallModel,
      inputs: [makeValue('x', [2, 2])],
      outputs: [makeValue('z', [2, 1])],
    };
    for (const [parts, batch] of [
      [smallModel, 1],
      [smallModel, 2],
      [fixed, 256],
    ] as const) {
      await using found = await objective(parts, twoClasses, {batch});
      const at = async (...examples: number[]) =>
        (await found.loss(found.anchor, {examples: Uint32Array.from(examples)}))[0];
      expect((await found.loss(found.anchor))[0]).toBeCloseTo(mean(terms), 12);
      expect(await at(2)).toBeCloseTo(terms[2] ?? 0, 12);
      for (const pair of [
        [2, 0],
        [0, 2],
      ]) {
        expect(await at(...pair)).toBeCloseTo(mean(pair.map((i) => terms[i] ?? 0)), 12);
      }
    }
  });

  it('exceeds a limit after the batches that show it', async () => {
    const {model, ...examples} = fixture('ten-classes');
    let runs = 0;
    const counting = {
      ...ort,
      InferenceSession: {
        async create(bytes: Uint8Array) {
          const session = await ort.InferenceSession.create(bytes);
          const run: typeof session.run = (...args: readonly never[]) => {
            runs += 1;
            return session.run(...(args as unknown as Parameters<typeof session.run>));
          };
          return {run, release: () => session.release()};
        },
      },
    };
    await using found = await onnxObjective(counting, model, examples, {batch: 10});
    const [loss = 0] = await found.loss(found.anchor);
    runs = 0;
    const [bounded = 0] = await found.loss(found.anchor, {limit: loss / 100});
    expect([bounded > loss / 100, runs]).toEqual([true, 1]);
    expect((await found.loss(found.anchor, {limit: loss * 2}))[0]).toBe(loss);
  });

  it('is not computed once the signal is aborted', async () => {
    await using found = await objective(smallModel, twoClasses);
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(found.loss(found.anchor, {signal})).rejects.toThrow('enough');
  });

  it('takes weights of float64', async () => {
    const doubles = bytesField(9, new Uint8Array(Float64Array.of(1, 2).buffer));
    const parts: ModelParts = {
      nodes: [makeNode('MatMul', ['x', 'w'], ['z'])],
      tensors: [makeTensor('w', [2, 1], doubles, 11)],
      inputs: [makeValue('x', [null, 2], 11)],
      outputs: [makeValue('z', [null, 1], 11)],
    };
    await using found = await objective(parts, twoClasses);
    expect((await found.loss(found.anchor))[0]).toBeCloseTo(
      mean([softplus(-2), softplus(-1), softplus(0)]),
      12,
    );
    expect(found.notes).toEqual(['weights in float64 are rounded to float32']);
  });
});

it('the loss of separated copies is that of tied ones where they move alike, and another where they do not', async () => {
  const {model, ...examples} = fixture('tied');
  const apart = readOnnx(onnxBytes('tied'), {untie: true});
  await using tied = await onnxObjective(ort, model, examples);
  await using untied = await onnxObjective(ort, apart, examples);
  const move = ({layout, anchor}: typeof model, names: RegExp): Float32Array => {
    const theta = anchor.slice();
    for (const {name, offset, size} of layout.slices) {
      if (names.test(name))
        for (let i = 0; i < size; i++) theta[offset + i] = (theta[offset + i] ?? 0) + 0.1 * (i + 1);
    }
    return theta;
  };
  const [together = 0] = await tied.loss(move(model, /norm0/));
  expect((await untied.loss(move(apart, /norm/)))[0]).toBe(together);
  expect(Math.abs(((await untied.loss(move(apart, /norm0/)))[0] ?? 0) - together)).toBeGreaterThan(0.01);
  expect((await untied.loss(apart.anchor))[0]).toBe((await tied.loss(model.anchor))[0]);
});

it('probabilities are left out of a model that ends in them: its loss is that of its logits', async () => {
  const {model, ...examples} = fixture('ten-classes');
  await using found = await onnxObjective(ort, readOnnx(onnxBytes('softmax')), examples);
  await using plain = await onnxObjective(ort, model, examples);
  expect((await found.loss(found.anchor))[0]).toBe((await plain.loss(plain.anchor))[0]);
  const sigmoid = {
    ...smallModel,
    nodes: [...(smallModel.nodes ?? []), makeNode('Sigmoid', ['z'], ['p'])],
    outputs: [makeValue('p', [null, 1])],
  };
  await using probability = await objective(sigmoid, twoClasses);
  expect((await probability.loss(probability.anchor))[0]).toBeCloseTo(
    mean([softplus(-2.5), softplus(-0.5), softplus(0.5)]),
    12,
  );
});

it('predictions are logarithms of probabilities, of one output as of several', async () => {
  await using found = await objective(smallModel, twoClasses, {batch: 2});
  const predicted = (await found.predictions?.(Float32Array.of(1, 2, 0.5, 0, 0, 0))) ?? new Float32Array();
  const wanted = [...logits, 0, 0, 0].flatMap((logit) => [-softplus(logit), -softplus(-logit)]);
  wanted.forEach((value, i) => expect(predicted[i]).toBeCloseTo(value, 6));
  const {model, ...examples} = fixture('ten-classes');
  await using classes = await onnxObjective(ort, model, examples);
  const rows =
    (await classes.predictions?.(classes.anchor, {examples: Uint32Array.of(3, 1)})) ?? new Float32Array();
  for (const row of [0, 1]) {
    const sum = rows.subarray(10 * row, 10 * row + 10).reduce((total, value) => total + Math.exp(value), 0);
    expect(sum).toBeCloseTo(1, 6);
  }
  const label = (index: number): number => Number(examples.labels.data[index]);
  const [loss = 0] = await classes.loss(classes.anchor, {examples: Uint32Array.of(3, 1)});
  expect(-((rows[label(3)] ?? 0) + (rows[10 + label(1)] ?? 0)) / 2).toBeCloseTo(loss, 6);
});

describe('refused, in words, are', () => {
  const whole: ModelParts = {
    nodes: [makeNode('Gather', ['w', 'x'], ['z'])],
    tensors: [makeTensor('w', [4, 2], [1, 2, 3, 4, 5, 6, 7, 8])],
    inputs: [makeValue('x', [null], 7)],
    outputs: [makeValue('z', [null, 2])],
  };
  const labels = {shape: [3], data: [1, 0, 0]};
  it.each<[string, ModelParts, OnnxExamples, RegExp, OnnxObjectiveOptions?]>([
    [
      'inputs of another shape',
      smallModel,
      {inputs: {shape: [3, 3], data: new Float32Array(9)}, labels},
      /inputs \[n, 2\] for "x" of the model, got \[3,3\]/,
    ],
    [
      'a shape of more',
      smallModel,
      {inputs: {shape: [3, 2], data: [1]}, labels},
      /inputs \[n, \.\.\.\] for "x", got \[3,2\] of 1 numbers/,
    ],
    [
      'inputs that are not finite',
      smallModel,
      {inputs: {shape: [3, 2], data: [1, 2, 3, Number.NaN, 0, 0]}, labels},
      /numbers of float32 for "x", got NaN at entry 3/,
    ],
    [
      'fractions for whole numbers',
      whole,
      {inputs: {shape: [3], data: [0, 1.5, 2]}, labels},
      /numbers of int64 for "x", got 1.5 at entry 1/,
    ],
    [
      'words that the model does not know',
      whole,
      {inputs: {shape: [3], data: [0, 9, 2]}, labels},
      /a runtime that evaluates the model, got ".*indices.*bounds/,
    ],
    [
      'other names of inputs',
      smallModel,
      {inputs: {y: {shape: [3, 2], data: new Float32Array(6)}}, labels},
      /an input "x" for the model, got "y"/,
    ],
    [
      'no examples',
      smallModel,
      {inputs: {shape: [0, 2], data: []}, labels: {shape: [0], data: []}},
      /1 to 10000000 examples, got 0/,
    ],
    [
      'fewer labels',
      smallModel,
      {inputs: points, labels: {shape: [2], data: [0, 1]}},
      /labels \[3, \.\.\.\], .* got \[2\]/,
    ],
    [
      'labels of another shape',
      smallModel,
      {inputs: points, labels: {shape: [3, 2], data: [0, 1, 0, 1, 0, 1]}},
      /labels \[n\] for outputs \[n, 1\], got \[n, 2\]/,
    ],
    [
      'labels that are no class',
      smallModel,
      {inputs: points, labels: {shape: [3], data: [0, 2, 1]}},
      /labels in 0\.\.1, got 2 at entry 1/,
    ],
    [
      'targets that are no numbers',
      smallModel,
      {inputs: points, labels: {shape: [3], data: [0, Infinity, 1]}},
      /finite targets, got Infinity/,
      {loss: 'meanSquaredError'},
    ],
    [
      'classes of one output',
      smallModel,
      twoClasses,
      /logits \[n, \.\.\., classes\] for a cross-entropy, got outputs \[n, 1\]/,
      {loss: 'crossEntropy'},
    ],
    ['batches of none', smallModel, twoClasses, /a batch of examples from 1, got 0/, {batch: 0}],
    [
      'batches that are always of so many examples that no memory holds them',
      {...smallModel, inputs: [makeValue('x', [2 ** 28, 2])]},
      twoClasses,
      /at most 268435456 numbers a batch in the model, got 268435456 examples of 2 numbers/,
    ],
    [
      'losses of other names',
      smallModel,
      twoClasses,
      /did you mean "logistic"/,
      {loss: 'logistics' as 'logistic'},
    ],
    [
      'layers that the runtime does not know',
      {...smallModel, nodes: [makeNode('MatMul', ['x', 'w'], ['y']), makeNode('Reluu', ['y'], ['z'])]},
      twoClasses,
      /a runtime that evaluates the model, got ".*Reluu/,
    ],
    [
      'pictures in half precision',
      {...smallModel, inputs: [makeValue('x', [null, 2], 10)]},
      twoClasses,
      /32 or 64 bits, or bytes, in the model, got type 10 for "x"/,
    ],
  ])('%s', async (_, parts, examples, says, options = {}) => {
    await expect(objective(parts, examples, options)).rejects.toThrow(says);
  });

  it('points of another length, and examples that are not there', async () => {
    await using found = await objective(smallModel, twoClasses);
    await expect(found.loss(new Float32Array(4))).rejects.toThrow(/points of 3 parameters, got 4 numbers/);
    await expect(found.loss(found.anchor, {examples: Uint32Array.of(3)})).rejects.toThrow(
      /examples from 0 to 2, got 3/,
    );
    await expect(found.loss(found.anchor, {examples: new Uint32Array()})).rejects.toThrow(/got none/);
    expect([found.gradient, found.hessianVector]).toEqual([undefined, undefined]);
  });
});
