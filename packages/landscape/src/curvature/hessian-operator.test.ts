import {createGenerator, type Objective} from '@minefield/core';
import {describe, expect, it} from 'vitest';
import {ball} from '../analytic/ball.ts';
import {logSpacedSpectrum, quadraticBowl} from '../analytic/quadratic-bowl.ts';
import {reflected} from '../analytic/reflected.ts';
import {powerWell} from '../analytic/power-well.ts';
import {coordinatesFromScale} from '../directions/coordinates.ts';
import {curvatureAlong, directionalCurvature} from './directional-curvature.ts';
import {hessianOperator} from './hessian-operator.ts';

const bowl = reflected(
  quadraticBowl(logSpacedSpectrum(12, -1, 2)),
  Array.from({length: 12}, (_, i) => 1 + i),
);
const theta = Float32Array.from({length: 12}, (_, i) => Math.cos(i));
const vector = Float64Array.from({length: 12}, (_, i) => Math.sin(1 + i));
const generator = createGenerator(7);

/** The same objective with its own Hessian products multiplied by a factor. */
function wrongBy(factor: number): Objective {
  return {
    ...bowl,
    hessianVector: async (point, v) => (await bowl.hessianVector(point, v)).map((value) => value * factor),
  };
}

function withoutExact(objective: Objective): Objective {
  const {hessianVector: _, ...rest} = objective;
  return rest;
}

describe('hessianOperator', () => {
  it('uses the objective’s own product when it agrees with central differences, and says by how much', async () => {
    const operator = await hessianOperator(bowl, theta, {generator});
    expect(operator).toMatchObject({method: 'exact', step: null, parameters: 12});
    expect(operator.selfCheck).toBeLessThan(1e-3);
    const expected = await bowl.hessianVector(theta, Float32Array.from(vector));
    expect(Array.from(await operator.apply(vector))).toEqual(Array.from(expected));
  });

  it('refuses a product that is silently wrong, even by 2%, and one summed over batches without dividing', async () => {
    for (const factor of [1.02, 0, 2.35, 8, -1]) {
      await expect(hessianOperator(wrongBy(factor), theta, {generator})).rejects.toThrow(
        /relative disagreement/,
      );
    }
  });

  it('falls back to central differences only where that is allowed, and reports it', async () => {
    const operator = await hessianOperator(wrongBy(1.5), theta, {
      generator,
      onMismatch: 'central differences',
    });
    expect(operator.method).toBe('central differences');
    expect(operator.step).toBeGreaterThan(0);
    const expected = await bowl.hessianVector(theta, Float32Array.from(vector));
    (await operator.apply(vector)).forEach((value, i) => expect(value).toBeCloseTo(expected[i] ?? 0, 2));
  });

  it('makes products by differences where the objective has none, exact for a quadratic up to rounding', async () => {
    const operator = await hessianOperator(withoutExact(bowl), theta, {generator});
    expect(operator.method).toBe('central differences');
    const expected = await bowl.hessianVector(theta, Float32Array.from(vector));
    (await operator.apply(vector)).forEach((value, i) => expect(value).toBeCloseTo(expected[i] ?? 0, 2));
    expect(Array.from(await operator.apply(new Float64Array(12)))).toEqual(new Array(12).fill(0));
  });

  it('chooses a step inside a basin far narrower than a thousandth of the point’s length', async () => {
    // Curvature 1e4 within 0.002 of the point along every axis, none beyond; a fixed step of 1e-3 |θ| is 0.1.
    const centre = new Float32Array(100).fill(10);
    const narrow: Objective = {
      dimension: 100,
      loss: () => Promise.resolve(new Float64Array(1)),
      gradient: (point) =>
        Promise.resolve(point.map((value) => 1e4 * Math.max(-0.002, Math.min(0.002, value - 10)))),
    };
    const operator = await hessianOperator(narrow, centre, {generator});
    expect(operator.step).toBeLessThan(0.03);
    const direction = new Float64Array(100).fill(0.1);
    expect(await directionalCurvature(operator, direction)).toBeCloseTo(1e4, -2);
  });

  it('checks on single examples where the whole gradient jumps at every step, and still finds a wrong product', async () => {
    // Σ_e |x − a_e| / 9 + x²/2, at rest on a jump of each: example e jumps along coordinate e alone.
    const jumps: Objective = {
      dimension: 9,
      loss: () => Promise.resolve(new Float64Array(1)),
      gradient: (point, {examples = Uint32Array.from({length: 9}, (_, e) => e)} = {}) =>
        Promise.resolve(
          point.map(
            (value, i) => value + (examples.includes(i) ? (9 / examples.length) * Math.sign(value - 1) : 0),
          ),
        ),
      hessianVector: (_, v) => Promise.resolve(v),
    };
    const rest = new Float32Array(9).fill(1);
    await expect(hessianOperator(jumps, rest, {generator})).rejects.toThrow(
      /got differences that agree with nothing, .* at a kink of ReLUs.*check on single examples.*checkOn/,
    );
    // Examples beyond the ninth meet no jump here; most do not.
    const checkOn = [0, 20, 21, 22, 3].map((example) => Uint32Array.of(example));
    const operator = await hessianOperator(jumps, rest, {generator, checkOn});
    expect(operator.method).toBe('exact');
    expect(operator.selfCheck).toBeLessThan(1e-3);
    const wrong = {
      ...jumps,
      hessianVector: (_: Float32Array, v: Float32Array) => Promise.resolve(v.map((x) => 1.1 * x)),
    };
    await expect(hessianOperator(wrong, rest, {generator, checkOn})).rejects.toThrow(/disagreement of 0\.09/);
    // Who knows it to be right where differences cannot tell may say so; what was found is reported all the same.
    const trusted = await hessianOperator(jumps, rest, {generator, onMismatch: 'trust'});
    expect(trusted.method).toBe('exact');
    expect(trusted.selfCheck).toBeGreaterThan(0.01);
    expect(Array.from(await trusted.apply(vector.subarray(0, 9)))).toEqual(
      Array.from(Float32Array.from(vector.subarray(0, 9))),
    );
    await expect(hessianOperator(jumps, rest, {generator, checkOn: []})).rejects.toThrow(
      /to check on, got none/,
    );
  });

  it('refuses a product that is not finite in words of its own, trusted or not', async () => {
    for (const onMismatch of ['error', 'trust'] as const) {
      await expect(hessianOperator(wrongBy(Number.NaN), theta, {generator, onMismatch})).rejects.toThrow(
        /got numbers that are not finite; correct hessianVector/,
      );
    }
    expect(
      (await hessianOperator(wrongBy(1.02), theta, {generator, onMismatch: 'trust'})).selfCheck,
    ).toBeCloseTo(0.02, 2);
  });

  it.each([
    ['exact products', bowl],
    ['differences', withoutExact(bowl)],
  ])('says that the objective has no number at the point, rather than blame its %s', async (_, objective) => {
    const nowhere: Objective = {
      ...objective,
      loss: () => Promise.resolve(Float64Array.of(Number.NaN)),
      gradient: (point) => Promise.resolve(point.map(() => Number.NaN)),
    };
    for (const onMismatch of ['error', 'trust', 'central differences'] as const) {
      await expect(hessianOperator(nowhere, theta, {generator, onMismatch})).rejects.toThrow(
        /expected a finite loss at the point, got NaN; has training diverged/,
      );
    }
    const steep: Objective = {...nowhere, loss: bowl.loss};
    await expect(hessianOperator(steep, theta, {generator})).rejects.toThrow(
      /expected a finite gradient at the point, got NaN at 0;/,
    );
  });

  it('refuses to difference a gradient that is noise, and an objective without one', async () => {
    const noise = createGenerator(1);
    const noisy: Objective = {
      ...withoutExact(bowl),
      gradient: (point) => Promise.resolve(point.map(() => noise.normal())),
    };
    await expect(hessianOperator(noisy, theta, {generator})).rejects.toThrow(/agree at two steps/);
    const {gradient: _, ...without} = bowl;
    await expect(hessianOperator(without, theta, {generator})).rejects.toThrow(/with a gradient/);
    await expect(hessianOperator(bowl, theta.subarray(1), {generator})).rejects.toThrow(/12 numbers, got 11/);
  });

  it('gives S H S in scaled coordinates, by either method, and leaves parameters at rest alone', async () => {
    const scale = Float64Array.from({length: 12}, (_, i) => (i === 3 ? 0 : 0.5 + i / 4));
    const coordinates = coordinatesFromScale(scale);
    const moved = Float32Array.from(vector, (value, i) => value * (scale[i] ?? 0));
    const expected = (await bowl.hessianVector(theta, moved)).map((value, i) => value * (scale[i] ?? 0));
    for (const objective of [bowl, withoutExact(bowl)]) {
      const product = await (await hessianOperator(objective, theta, {generator, coordinates})).apply(vector);
      product.forEach((value, i) => expect(Math.abs(value - (expected[i] ?? 0))).toBeLessThan(0.05));
      expect(product[3]).toBe(0);
    }
  });

  it('passes examples and the signal on', async () => {
    const examples = Uint32Array.of(1, 2);
    const seen: unknown[] = [];
    const spy: Objective = {
      ...bowl,
      gradient: (point, options) => {
        seen.push(options?.examples);
        return bowl.gradient(point);
      },
    };
    await hessianOperator(spy, theta, {generator, examples});
    expect(seen.every((value) => value === examples)).toBe(true);
    const controller = new AbortController();
    const operator = await hessianOperator(bowl, theta, {generator, signal: controller.signal});
    controller.abort(new Error('enough'));
    await expect((async () => operator.apply(vector))()).rejects.toThrow('enough');
  });
});

describe('curvature along a direction', () => {
  it('is dᵀHd: in proportion to the square of the direction’s length', async () => {
    const operator = await hessianOperator(ball(new Float32Array(3)), Float32Array.of(1, 2, 3), {generator});
    expect(await directionalCurvature(operator, [0, 3, 4])).toBeCloseTo(50, 3);
  });

  it('follows the second derivative along a line', async () => {
    const well = powerWell(2, 1);
    const operator = await hessianOperator(well, Float32Array.of(1), {generator});
    const curvatures = await curvatureAlong(operator, Float32Array.of(1), [2], [0, 0.5, -1]);
    // (1 + 2t)⁴ has the second derivative 48 (1 + 2t)².
    [48, 192, 48].forEach((expected, i) => expect(curvatures[i]).toBeCloseTo(expected, 3));
    const scaled = await hessianOperator(well, Float32Array.of(1), {
      generator,
      coordinates: coordinatesFromScale(Float64Array.of(2)),
    });
    await expect(curvatureAlong(scaled, Float32Array.of(1), [2], [0])).rejects.toThrow(/raw coordinates/);
  });
});
