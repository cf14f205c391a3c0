import {InputError} from '@minefield/core';
import {describe, expect, it} from 'vitest';
import {
  anchor,
  bowl,
  classifier,
  coordinates,
  generator,
  langevin,
  layout,
  operator,
  path,
  point,
  predicting,
  radii,
  rays,
  withOptions,
  withoutOptions,
} from '../test/public-functions.ts';
import * as landscape from './index.ts';

const {filterNormalizedDirection, weightNormalizedDirection, normalizeDirection} = landscape;
const {orthogonalNormalizedDirection} = landscape;

async function refusalOf(attempt: () => unknown): Promise<unknown> {
  try {
    await attempt();
    return undefined;
  } catch (error) {
    return error;
  }
}

describe('every public function', () => {
  it('is in one of the two tables here', () => {
    const functions = Object.entries(landscape).flatMap(([name, value]) =>
      typeof value === 'function' ? [name] : [],
    );
    expect(functions.toSorted()).toEqual([...Object.keys(withOptions), ...withoutOptions].toSorted());
  });

  it.each(Object.entries(withOptions))(
    '%s works with its options, refuses a misspelt one and names the one that was meant',
    async (name, {call, options, misspelt, meant}) => {
      const given = (changed: object): never => ({...options, ...changed}) as never;
      expect(await refusalOf(() => call(given({})))).toBeUndefined();
      const refusal = await refusalOf(() => call(given({[misspelt]: 1})));
      expect(refusal).toBeInstanceOf(InputError);
      const where = name.replace('stream', 'scan');
      expect(String(refusal)).toContain(`landscape.${where}: expected options among`);
      // "maxSteps" is too far from any: all are listed, the right one among them.
      expect(String(refusal)).toContain(misspelt === 'maxSteps' ? meant : `did you mean "${meant}"?`);
    },
  );

  it.each(Object.entries(withOptions))(
    '%s takes no options for none, or says which it wants',
    async (name, {call, optional}) => {
      expect(String(await refusalOf(() => call(null as never)))).toMatch(
        /InputError: landscape\.\w+: expected options, an object with .*, got null/,
      );
      const refusal = await refusalOf(() => call(undefined as never));
      if (optional) expect(refusal).toBeUndefined();
      else {
        expect(String(refusal)).toMatch(
          new RegExp(`InputError: landscape\\.${name}: expected options.*got undefined`),
        );
      }
    },
  );

  it('that draws asks for a generator where none is given', async () => {
    for (const {call, options} of Object.values(withOptions)) {
      if (!('generator' in options)) continue;
      expect(String(await refusalOf(() => call({...options, generator: undefined} as never)))).toMatch(
        /expected a generator, got undefined; pass createGenerator\(seed\)/,
      );
    }
    expect(() => landscape.sphericalRays(coordinates, {generator: undefined as never})).toThrow(
      /expected a generator/,
    );
    expect(() => landscape.unitDirection(3, {generator: 7 as never})).toThrow(
      /expected a generator, got a Number/,
    );
  });

  it('that takes a point refuses a plain array and one of another length', async () => {
    const calls: readonly ((theta: Float32Array) => unknown)[] = [
      (theta) => landscape.ball(theta),
      (theta) => landscape.relativeCoordinates(theta, layout),
      (theta) => filterNormalizedDirection(theta, layout, {generator}),
      (theta) => weightNormalizedDirection(theta, layout, {generator}),
      (theta) => normalizeDirection(theta, point, layout),
      (theta) => orthogonalNormalizedDirection(theta, [anchor], point, layout),
      (theta) => landscape.principalDirections([anchor, point, point], theta, 1),
      (theta) => landscape.pointsAlong(theta, point, [1]),
      (theta) => landscape.scanLine(bowl, theta, point, [0, 1]),
      (theta) => landscape.scanSurface(bowl, theta, {first: point, second: point, xs: [0], ys: [0]}),
      (theta) => landscape.basinRadii(bowl, theta, rays, radii),
      (theta) => landscape.measureMinimum(bowl, theta, {generator}),
      (theta) => landscape.estimateGaussianMass([1], theta, rays, {deviation: 1, maximum: 10}),
      (theta) => landscape.divergenceObjective(predicting, theta),
      (theta) => landscape.hessianOperator(bowl, theta, {generator}),
      (theta) => landscape.curvatureAlong(operator, theta, point, [0]),
      (theta) => landscape.localLearningCoefficient(bowl, theta, langevin),
      (theta) => landscape.trainBezierPath(bowl, theta, point, {generator, steps: 2}),
      (theta) => landscape.scanPath(bowl, {...path, control: theta}, [0, 1]),
      (theta) => landscape.linearPath(theta, point),
      (theta) => landscape.deepFoolMargins(classifier, theta),
      (theta) => landscape.margins2d(classifier, theta, {maximum: 1}),
    ];
    for (const call of calls) {
      expect(String(await refusalOf(() => call([0, 0, 0, 0] as never)))).toMatch(
        /InputError: landscape\.\w+: expected .* as a Float32Array, got an Array; Float32Array\.from\(values\)/,
      );
      expect(String(await refusalOf(() => call(undefined as never)))).toMatch(/Float32Array, got undefined/);
    }
    for (const call of calls.slice(1)) {
      expect(await refusalOf(() => call(new Float32Array(5)))).toBeInstanceOf(InputError);
    }
  });
});

describe('words among options', () => {
  it('are refused where they mean nothing: a kind of cutoff, what to rescale by, what to do on a mismatch', async () => {
    const measured = {...radii, cutoffs: [{kind: 'Loss', value: 0.5}]} as never;
    await expect(landscape.basinRadii(bowl, anchor, rays, measured)).rejects.toThrow(
      'landscape.basinRadii: expected a kind of cutoff among loss, excess, got "Loss"; did you mean "loss"?',
    );
    await expect(
      landscape.basinRadii(bowl, anchor, rays, {...radii, cutoffs: [{}]} as never),
    ).rejects.toThrow(/a kind of cutoff among loss, excess, got "undefined"/);
    expect(() => normalizeDirection(point, point, layout, {by: 'layers'} as never)).toThrow(
      /did you mean "layer"/,
    );
    expect(() =>
      weightNormalizedDirection(point, layout, {generator, others: 'normalised'} as never),
    ).toThrow(/did you mean "normalized"/);
    await expect(
      landscape.hessianOperator(bowl, anchor, {generator, onMismatch: 'central difference'} as never),
    ).rejects.toThrow(/did you mean "central differences"/);
  });
});
