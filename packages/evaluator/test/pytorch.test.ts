/** Models that PyTorch evaluates, against what it makes of them in double precision (fixtures/networks/make.py). */
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {createGenerator} from '@minefield/core';
import {hessianOperator, largestEigenvalue} from '@minefield/landscape';
import {decodeSafetensors} from '@minefield/safetensors';
import {describe, expect, it, vi} from 'vitest';
import {pythonsOrNone} from '../../../.ci/python.ts';
import {objectiveFromProcess} from '../src/index.ts';

// Small products gain nothing from more threads, and lose much where the machine does other work.
vi.stubEnv('OMP_NUM_THREADS', '1');

const networks = join(import.meta.dirname, 'fixtures/networks');

function numbersIn(name: string, file: string): (tensor: string) => number[] {
  const {tensors} = decodeSafetensors(readFileSync(join(networks, name, `${file}.safetensors`)));
  return (wanted) => Array.from(tensors.find((tensor) => tensor.name === wanted)?.data ?? [], Number);
}

const apart = (found = Number.NaN, wanted = Number.NaN): number => Math.abs(found / wanted - 1);

/** log p of each class of each example. */
function logProbabilities(logits: readonly number[], classes: number): number[] {
  return logits.map((logit, i) => {
    const row = logits.slice(i - (i % classes), i - (i % classes) + classes);
    return logit - Math.log(row.reduce((sum, each) => sum + Math.exp(each), 0));
  });
}

const generator = createGenerator(3);

/** Ten examples each. Of single ones the smooth networks leave too little in float32. */
const thirds = Array.from({length: 3}, (_, k) => Uint32Array.from({length: 10}, (__, i) => k + 3 * i));

const {pythons, none} = pythonsOrNone('torch');

describe.skipIf(none).each(pythons)('PyTorch of %s', (python) => {
  it.each<[string, number, string | RegExp]>([
    [
      'tanh-perceptron',
      149,
      'kernel 0 [12,2], bias [12], kernel 0 [8,12], bias [8], kernel 0 [1,8], bias [1]',
    ],
    [
      'ten-classes',
      346,
      'kernel 0 [12,4], bias [12], kernel 0 [12,12], bias [12], kernel 0 [10,12], bias [10]',
    ],
    [
      'conv-net',
      335,
      'kernel 0 [4,2,3,3], scale [4], shift [4], kernel 0 [6,4,3,3], bias [6], scale [6], shift [6], kernel 0 [3,6], bias [3]',
    ],
    ['le-net', 470, /^kernel 0 \[3,1,5,5\], bias \[3\], kernel 0 \[6,3,3,3\], /],
    [
      'transformer',
      763,
      /^kernel 0 \[6,8\], kernel 0 \[11,8\], kernel 0 \[24,8\], bias \[24\], .*scale \[8\], shift \[8\], kernel 0 \[3,8\], bias \[3\]$/,
    ],
  ])('evaluates %s as it does in float64, and tells its layers', async (name, dimension, layout) => {
    const flags = name === 'tanh-perceptron' ? ['--vmap'] : [];
    const command = [python, '-W', 'ignore', join(networks, 'model.py'), name, ...flags];
    await using objective = await objectiveFromProcess(command);
    expect(objective.dimension).toBe(dimension);
    const slices = objective.layout?.slices.map(({role, shape, filterAxis}) =>
      [role, filterAxis, `[${shape}]`].filter((part) => part !== undefined).join(' '),
    );
    if (typeof layout === 'string') expect(slices?.join(', ')).toBe(layout);
    else expect(slices?.join(', ')).toMatch(layout);
    const data = numbersIn(name, 'data');
    const {anchor} = objective;
    expect(apart((await objective.loss(anchor))[0], data('loss')[0])).toBeLessThan(1e-6);

    // Alone and beside others, at a point and along a ray to it.
    const thetas = new Float32Array(5 * dimension);
    generator.fillNormalInto(thetas);
    const alone = await Promise.all(
      [0, 1, 2, 3, 4].map((k) => objective.loss(thetas.subarray(k * dimension, (k + 1) * dimension))),
    );
    const along = await objective.lossAlong?.(
      new Float32Array(dimension),
      thetas,
      new Float64Array(5).fill(1),
    );
    (await objective.loss(thetas)).forEach((value, k) => {
      expect(apart(alone[k]?.[0], value)).toBeLessThan(1e-5);
      expect(apart(along?.[k], value)).toBeLessThan(1e-5);
    });

    // Some examples, and what is predicted of them; a loss that is no cross-entropy of classes predicts nothing.
    if (name !== 'tanh-perceptron') {
      const logits = data('logits');
      const classes = logits.length / 30;
      const wanted = logProbabilities(logits, classes);
      const examples = Uint32Array.of(3, 28, 11);
      const rows = Array.from(examples, (row) => wanted.slice(row * classes, (row + 1) * classes));
      const losses = rows.map((row, i) => -(row[data('labels')[examples[i] ?? 0] ?? 0] ?? Number.NaN));
      const mean = losses.reduce((sum, loss) => sum + loss, 0) / 3;
      expect(apart((await objective.loss(anchor, {examples}))[0], mean)).toBeLessThan(1e-5);
      const predicted = Array.from((await objective.predictions?.(anchor, {examples})) ?? []);
      expect(predicted).toHaveLength(3 * classes);
      rows.flat().forEach((value, i) => expect(predicted[i]).toBeCloseTo(value, 4));
    } else expect(objective.predictions).toBeUndefined();

    const operator = await hessianOperator(objective, anchor, {generator, checkOn: thirds});
    expect(operator.method).toBe('exact');
    const {value} = await largestEigenvalue(operator, {generator, tolerance: 1e-4});
    expect(apart(value, numbersIn(name, 'truth')('eigenvalue')[0])).toBeLessThan(1e-3);
  });
});
