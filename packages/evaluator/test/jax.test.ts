/** A model that JAX evaluates, against what JAX itself says of it (fixtures/jax-model.py). */
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {createGenerator} from '@minefield/core';
import {hessianOperator, largestEigenvalue} from '@minefield/landscape';
import {afterAll, expect, it} from 'vitest';
import {pythonsOrNone} from '../../../.ci/python.ts';
import {objectiveFromProcess} from '../src/index.ts';
import {centralDifferenceGradient} from './central-difference-gradient.ts';

const folder = mkdtempSync(join(tmpdir(), 'minefield-jax-'));
afterAll(() => rmSync(folder, {recursive: true, force: true}));

const generator = createGenerator(1);

const {pythons, none} = pythonsOrNone('jax');

it.skipIf(none).each(pythons)('JAX of %s evaluates a perceptron as it does itself', async (python) => {
  const file = join(folder, 'truth.json');
  const script = join(import.meta.dirname, 'fixtures/jax-model.py');
  await using objective = await objectiveFromProcess([python, script, file]);
  const truth = JSON.parse(readFileSync(file, 'utf8')) as {loss: number; eigenvalue: number};
  const {anchor, layout, dimension} = objective;
  expect(objective.name).toBe('a perceptron of JAX');
  expect(layout?.slices.map(({name, role, shape}) => `${name} ${role} ${shape}`)).toEqual([
    "['first']['bias'] bias 8",
    "['first']['kernel'] kernel 2,8",
    "['last']['bias'] bias 2",
    "['last']['kernel'] kernel 8,2",
  ]);
  const [loss = Number.NaN] = await objective.loss(anchor);
  expect(Math.abs(loss / truth.loss - 1)).toBeLessThan(1e-6);

  const thetas = new Float32Array(5 * dimension);
  generator.fillNormalInto(thetas);
  const along = await objective.lossAlong?.(new Float32Array(dimension), thetas, new Float64Array(5).fill(1));
  (await objective.loss(thetas)).forEach((value, k) => {
    expect(Math.abs((along?.[k] ?? Number.NaN) / value - 1)).toBeLessThan(1e-6);
  });
  const differences = await centralDifferenceGradient(objective, anchor);
  (await objective.gradient?.(anchor))?.forEach((value, i) => {
    expect(value).toBeCloseTo(differences[i] ?? Number.NaN, 3);
  });
  const operator = await hessianOperator(objective, anchor, {generator});
  const {value} = await largestEigenvalue(operator, {generator, tolerance: 1e-4});
  expect(Math.abs(value / truth.eigenvalue - 1)).toBeLessThan(1e-3);
  await expect(objective.gradient?.(anchor, {examples: Uint32Array.of(0)})).rejects.toThrow(/takes none/);
});
