import * as tf from '@tensorflow/tfjs-core';
import {afterAll, beforeAll, expect, it} from 'vitest';
import {startWasm} from '../test/backends.ts';
import {unregisterKernels} from './register-kernels.ts';

beforeAll(() => startWasm());
afterAll(unregisterKernels);

const words = (): tf.Tensor2D => tf.tensor2d(['pear', 'fig', 'date', 'fig', 'plum', 'é'], [2, 3], 'string');
const other = (): tf.Tensor2D => tf.tensor2d(['pear', 'date', 'fig', 'fig', 'kiwi', 'é'], [2, 3], 'string');

/** Rows of different lengths: [[1, 2], [], [3, 4, 5]]. */
const raggedRows = (): [tf.Tensor1D[], tf.Tensor1D] => [
  [tf.tensor1d([0, 2, 2, 5], 'int32')],
  tf.tensor1d([1, 2, 3, 4, 5]),
];

const computations: Readonly<Record<string, () => tf.Tensor | tf.Tensor[]>> = {
  equal: () => tf.equal(words(), other()),
  notEqual: () => tf.notEqual(words(), other()),
  less: () => tf.less(words(), other()),
  lessEqual: () => tf.lessEqual(words(), other()),
  greater: () => tf.greater(words(), other()),
  greaterEqual: () => tf.greaterEqual(words(), tf.tensor1d(['fig', 'fig', 'é'], 'string')),
  fill: () => tf.fill(words().shape, 'é'),
  tile: () => tf.tile(words(), [1, 2]),
  gatherND: () => tf.gatherND(words(), tf.tensor2d([[0, 1], [1, 2]], [2, 2], 'int32')), // prettier-ignore
  stridedSlice: () => tf.stridedSlice(words(), [0, 0], [2, 3], [1, 2]),
  sparseToDense: () =>
    tf.sparseToDense(tf.tensor1d([2, 0], 'int32'), tf.tensor1d(['a', 'b'], 'string'), [4], tf.scalar('-')),
  staticRegexReplace: () => tf.string.staticRegexReplace(words(), '[ei]', '_'),
  raggedGather: () => {
    const [splits, values] = raggedRows();
    const rows = tf.raggedGather(splits, values, tf.tensor1d([2, 0, 2], 'int32'), 1);
    return [...rows.outputNestedSplits, rows.outputDenseValues];
  },
  raggedRange: () => {
    const ranges = tf.raggedRange(tf.tensor1d([0, 5, 8]), tf.tensor1d([8, 7, 8]), tf.scalar(2));
    return Object.values(ranges);
  },
  raggedTensorToTensor: () => {
    const [splits, values] = raggedRows();
    const shape = tf.tensor1d([3, 4], 'int32');
    return tf.raggedTensorToTensor(shape, values, tf.scalar(-1), splits, ['ROW_SPLITS']);
  },
};

/** Shapes, types and values on a backend, on which nothing may be left. */
async function resultsOn(backend: 'cpu' | 'wasm', compute: () => tf.Tensor | tf.Tensor[]) {
  await tf.setBackend(backend);
  const counts = (): number[] => [tf.memory().numTensors, ...['cpu', 'wasm'].map(idsOf)];
  const before = counts();
  const outputs = [tf.tidy(compute)].flat();
  const results = outputs.map((output) => ({
    shape: output.shape,
    dtype: output.dtype,
    values: Array.from(output.dataSync() as Iterable<number | string>),
  }));
  for (const output of outputs) output.dispose();
  expect(counts()).toEqual(before);
  return results;
}

const idsOf = (backend: string): number => tf.findBackend(backend).numDataIds();

it.each(Object.entries(computations))('%s is that of the CPU backend', async (_, compute) => {
  expect(await resultsOn('wasm', compute)).toEqual(await resultsOn('cpu', compute));
});

it('leaves nothing where the CPU backend refuses', async () => {
  await tf.setBackend('wasm');
  const counts = (): number[] => ['cpu', 'wasm'].map(idsOf);
  const [splits, values] = raggedRows();
  const beyond = tf.tensor1d([9], 'int32');
  const before = counts();
  expect(() => tf.raggedGather(splits, values, beyond, 1)).toThrow('indices[0] = 9 is not in [0, 3)');
  expect(counts()).toEqual(before);
});

it('says what to import where there is no CPU backend', async () => {
  await tf.setBackend('wasm');
  tf.removeBackend('cpu');
  expect(() => tf.equal(words(), other())).toThrow(
    new TypeError(
      'tfjs-kernels.Equal: expected the CPU backend, which computes this for the WASM backend, got none; ' +
        'import @tensorflow/tfjs-backend-cpu',
    ),
  );
  // Numbers do without.
  expect([...tf.equal([1, 2], [1, 3]).dataSync()]).toEqual([1, 0]);
});
