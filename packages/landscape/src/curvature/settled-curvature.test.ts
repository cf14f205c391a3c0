import {createGenerator, type Objective} from '@minefield/core';
import {describe, expect, it} from 'vitest';
import {denseHessian, gelu, smoothPerceptron, tanh, trainedPoint} from '../../test/smooth-perceptron.ts';
import {quadraticBowl} from '../analytic/quadratic-bowl.ts';
import {dot} from '../directions/vectors.ts';
import {curvatureAlong, directionalCurvature} from './directional-curvature.ts';
import {extremeEigenvalues, largestEigenvalue, leadingEigenpairs} from './extreme-eigenvalues.ts';
import {hessianOperator} from './hessian-operator.ts';
import {hutchPlusPlusTrace} from './hessian-trace.ts';
import {settledCurvature} from './settled-curvature.ts';
import {spectralQuadrature} from './spectral-density.ts';
import {symmetricEigen} from './symmetric-eigen.ts';

/** The eigenvector that belongs to the k-th of `[P, P]` columns. */
function column(vectors: Float64Array, count: number, k: number): Float64Array {
  return Float64Array.from({length: count}, (_, i) => vectors[i * count + k] ?? 0);
}

const cases = [
  {name: 'GELU', activation: gelu, seed: 2},
  {name: 'GELU', activation: gelu, seed: 3},
  {name: 'tanh', activation: tanh, seed: 5},
  {name: 'tanh', activation: tanh, seed: 6},
];

describe.each(cases)(
  'a trained perceptron of $name from seed $seed, whose products are differences',
  async ({activation, seed}) => {
    const objective = smoothPerceptron(activation);
    const theta = trainedPoint(objective, seed);
    const hessian = denseHessian(objective, theta);
    const {values, vectors} = symmetricEigen(hessian, theta.length);
    const [smallest = Number.NaN, largest = Number.NaN] = [values[0], values.at(-1)];
    const top = column(vectors, theta.length, theta.length - 1);
    const generator = createGenerator(seed);
    const operator = await hessianOperator(objective, theta, {generator});

    it('curves along its sharpest direction by 2% less than products at the step of the self-check say', async () => {
      expect(operator.method).toBe('central differences');
      // The self-check is content: a random vector hardly contains the sharpest direction.
      expect(operator.selfCheck).toBeLessThan(1e-3);
      const unchecked = dot(top, await operator.apply(top));
      expect(Math.abs(unchecked / largest - 1)).toBeGreaterThan(0.02);
      expect(Math.abs((await directionalCurvature(operator, top)) / largest - 1)).toBeLessThan(0.001);
      const [along = 0] = await curvatureAlong(operator, theta, top, [0]);
      expect(Math.abs(along / largest - 1)).toBeLessThan(0.001);
    });

    it('has the largest eigenvalue of its dense Hessian within 0.1%, and says so', async () => {
      const options = {generator: createGenerator(9)};
      const extremes = await extremeEigenvalues(operator, options);
      for (const found of [
        extremes.largest,
        await largestEigenvalue(operator, options),
        (await leadingEigenpairs(operator, 2, options)).pairs[0],
      ]) {
        expect(Math.abs((found?.value ?? 0) / largest - 1)).toBeLessThan(0.001);
        expect(found?.residual).toBeLessThan(1e-3);
        // Gradients in float32, over a step of a thousandth.
        const rounding = 1e-5 * largest;
        expect(found?.errorBound).toBeGreaterThan(Math.abs((found?.value ?? 0) - largest) - rounding);
      }
      expect(extremes.converged).toBe(true);
      expect(extremes.step).toBeLessThan(operator.step ?? 0);
      // To a share of the spectrum's size.
      expect(Math.abs(extremes.smallest.value - smallest)).toBeLessThan(1e-3 * largest);
    });

    it('has a density that ends there, and a trace of the range of a sketch that is right', async () => {
      const {nodes} = await spectralQuadrature(operator, {generator, samples: 1, steps: 20});
      expect(Math.abs(nodes.reduce((a, b) => Math.max(a, b)) / largest - 1)).toBeLessThan(0.001);
      const trace = values.reduce((sum, value) => sum + value, 0);
      const sketched = await hutchPlusPlusTrace(operator, {generator, samples: 40});
      expect(Math.abs(sketched.trace / trace - 1)).toBeLessThan(0.005);
    });
  },
);

describe('settledCurvature', () => {
  it('is the plain product where products are exact, whatever the step asked for', async () => {
    const bowl = quadraticBowl([1, 4, 9]);
    const operator = await hessianOperator(bowl, new Float32Array(3), {generator: createGenerator(1)});
    expect(operator.withStep(1e-9)).toBe(operator);
    expect(await settledCurvature(operator, [1, 1, 1])).toEqual({
      curvature: 14,
      step: null,
      disagreement: 0,
      settled: true,
    });
    await expect(settledCurvature(operator, [1])).rejects.toThrow(/direction of 3 numbers, got 1/);
  });

  it('says that nothing settles across a kink, and an eigenvalue that rests on it has not converged', async () => {
    // A bowl with a crease along its sharpest axis: the slope jumps by 0.002 there, so differences grow as the step falls.
    const count = 400;
    const creased: Objective = {
      dimension: count,
      loss: () => Promise.resolve(new Float64Array(1)),
      gradient: (point) =>
        Promise.resolve(point.map((x, i) => (i === 0 ? 3 * x + 0.001 * Math.sign(x) : x * (1 + i / count)))),
    };
    const generator = createGenerator(2);
    const operator = await hessianOperator(creased, new Float32Array(count), {generator});
    const axis = new Float64Array(count).fill(0).with(0, 1);
    const across = await settledCurvature(operator, axis);
    expect(across.settled).toBe(false);
    expect(across.disagreement).toBeGreaterThan(0.01);
    expect((await settledCurvature(operator, axis.with(0, 0).with(7, 1))).settled).toBe(true);
    const found = await largestEigenvalue(operator, {generator});
    expect(found.converged).toBe(false);
  });

  it('refuses a step that is none', async () => {
    const {hessianVector: _, ...bowl} = quadraticBowl([1, 4, 9]);
    const operator = await hessianOperator(bowl, Float32Array.of(1, 2, 3), {generator: createGenerator(1)});
    expect(operator.withStep(0.5).step).toBe(0.5);
    expect(operator.withStep(0.5).at(new Float32Array(3)).step).toBe(0.5);
    for (const step of [0, -1, Number.NaN, Infinity]) {
      expect(() => operator.withStep(step)).toThrow(/a step > 0, got/);
    }
  });
});
