import {importParameters} from '@minefield/core';
import {describe, expect, it} from 'vitest';
import {mlpRules} from './mlp-rules.ts';
import {mlp} from './mlp.ts';

const model = mlp({inputs: 2, hidden: [3, 3], outputs: 1});
const without = mlp({inputs: 2, hidden: [3, 3], outputs: 1, bias: false});

/** `[in, out]` of each layer of both. */
const SIZES = [
  [2, 3],
  [3, 3],
  [3, 1],
] as const;

/** Tensors whose entries are their places in θ, in the order of their names, as libraries of Python write them. */
function checkpoint(names: readonly string[], {transposed, biases}: {transposed: boolean; biases: boolean}) {
  let next = 0;
  const tensors = SIZES.flatMap(([fanIn, fanOut], i) => {
    const kernel = Float32Array.from({length: fanIn * fanOut}, () => next++);
    const bias = biases ? Float32Array.from({length: fanOut}, () => next++) : new Float32Array();
    const data = kernel.map((_, k) =>
      transposed ? (kernel[(k % fanIn) * fanOut + Math.floor(k / fanIn)] ?? 0) : (kernel[k] ?? 0),
    );
    const name = names[i] ?? '';
    return [
      {name, shape: transposed ? [fanOut, fanIn] : [fanIn, fanOut], data},
      ...(biases ? [{name: name.replace(/(weight|kernel)$/, 'bias'), shape: [fanOut], data: bias}] : []),
    ];
  });
  return tensors.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

describe('finds the layers of a perceptron', () => {
  it.each([
    ['a Sequential', ['0.weight', '2.weight', '4.weight']],
    [
      'a Sequential of more than ten modules, under a name',
      ['net.0.weight', 'net.2.weight', 'net.10.weight'],
    ],
    ['attributes', ['fc1.weight', 'fc2.weight', 'fc3.weight']],
    ['attributes that are no numbers', ['input.weight', 'hidden.weight', 'head.weight']],
    ['two Sequentials', ['features.0.weight', 'features.2.weight', 'classifier.0.weight']],
    ['Flax', ['params.Dense_0.kernel', 'params.Dense_1.kernel', 'params.Dense_2.kernel']],
    ['Keras', ['dense/kernel', 'dense_1/kernel', 'dense_2/kernel']],
  ])('of %s, with biases and without', (_, names) => {
    const transposed = names.every((name) => name.endsWith('weight'));
    for (const [network, biases] of [
      [model, true],
      [without, false],
    ] as const) {
      const tensors = checkpoint(names, {transposed, biases});
      const {theta} = importParameters(tensors, network.layout, mlpRules(tensors, network));
      expect([...theta]).toEqual(Array.from(theta, (_entry, i) => i));
    }
  });
});

describe('refuses', () => {
  const shapes = {a: [3, 2], b: [3, 3], c: [1, 3]};
  const weights = (names: Readonly<Record<string, readonly number[]>>, biases = true) =>
    Object.entries(names).flatMap(([name, shape]) => [
      {name: `${name}.weight`, shape},
      ...(biases ? [{name: `${name}.bias`, shape: shape.slice(0, 1)}] : []),
    ]);

  it.each([
    [
      'another number of layers',
      weights({a: [3, 2]}),
      'expected 3 matrices for mlp 2-3-3-1, named such as "fc1.weight" or "dense/kernel", got 1 among "a.weight" [3,2], "a.bias" [3]',
    ],
    ['layers of other shapes', weights({...shapes, b: [4, 3]}), 'a matrix [in, out] of [3,3] for layer 1'],
    [
      'missing biases',
      weights(shapes, false),
      'a tensor "a.bias" for mlp 2-3-3-1, got none; a network without biases is named bias-free',
    ],
    ['no tensors', [], 'got 0 among none'],
  ])('%s', (_, tensors, says) => {
    expect(() => mlpRules(tensors, model)).toThrow(says);
  });

  it('biases that a network does not have', () => {
    expect(() => mlpRules(weights(shapes), without)).toThrow(
      'expected no biases for mlp 2-3-3-1 bias-free, got "a.bias"',
    );
  });

  it('layers of one shape whose names have no order, for another order is another network', () => {
    const deep = mlp({inputs: 2, hidden: [3, 3, 3], outputs: 1});
    const tensors = weights({one: [3, 2], two: [3, 3], three: [3, 3], four: [1, 3]});
    expect(() => mlpRules(tensors, deep)).toThrow(
      'layers of one shape [3,3] to be told apart by the numbers in their names, got "two.weight" [3,3], "three.weight" [3,3]; rename them',
    );
  });
});
