import {type Objective, parameterLayout} from '@minefield/core';
import {describe, expect, it} from 'vitest';
import {quadraticBowl} from '../analytic/quadratic-bowl.ts';
import {spectrumOf} from './spectrum.ts';
import type {Subject} from './subject.ts';
import {volumeOf} from './volume.ts';

/** ½ |θ|² + ½ c (θ₀ − θ₁)², c being 50 where θ₀ > θ₁ and 5 elsewhere: the largest eigenvalue is 1 + 2c. */
const creased: Objective & Required<Pick<Objective, 'gradient' | 'hessianVector'>> = {
  dimension: 4,
  loss: (theta) => Promise.resolve(Float64Array.of(theta.reduce((sum, value) => sum + value ** 2 / 2, 0))),
  gradient: (theta) => Promise.resolve(bent(theta, theta)),
  hessianVector: (theta, vector) => Promise.resolve(bent(theta, vector)),
};

function bent([first = 0, second = 0]: Float32Array, vector: Float32Array): Float32Array {
  const product = vector.slice();
  const along = (first > second ? 50 : 5) * ((vector[0] ?? 0) - (vector[1] ?? 0));
  product[0] = (product[0] ?? 0) + along;
  product[1] = (product[1] ?? 0) - along;
  return product;
}

/** One step of float32 above the crease. */
const anchor = new Float32Array(4).fill(1).with(1, 1 - 2 ** -24);
const options = {steps: 4, samples: 2, seed: 1};
const subject = (objective: Objective): Subject => ({
  name: 'a crease',
  objective,
  anchor,
  examples: null,
  notes: [],
});

describe('the spectrum of a loss with a crease at the anchor', () => {
  // Differences agree with nothing there: a network's products are checked on single examples instead.
  const atCrease = {...subject(creased), checkOn: [Uint32Array.of(0), Uint32Array.of(1), Uint32Array.of(2)]};
  const smoothByExample: Objective = {
    ...creased,
    gradient: (theta, evaluation) =>
      evaluation?.examples === undefined ? creased.gradient(theta) : Promise.resolve(theta.slice()),
    hessianVector: (theta, vector, evaluation) =>
      evaluation?.examples === undefined
        ? creased.hessianVector(theta, vector)
        : Promise.resolve(vector.slice()),
  };
  const kink = {distance: 0, closePairs: 1, pairs: 6};

  it('says that its largest eigenvalue is not known to two digits, and between what it lies', async () => {
    const found = await spectrumOf(
      {...atCrease, objective: smoothByExample, nearestKink: () => Promise.resolve(kink)},
      options,
    );
    expect(found.largest.value).toBeCloseTo(101, 3);
    expect(found.largest.errorBound).toBeLessThan(1e-3);
    expect(found.underMoves).toMatchObject({moves: 8, size: 1e-6});
    expect(found.underMoves?.largest.low).toBeCloseTo(11, 3);
    expect(found.underMoves?.largest.high).toBeCloseTo(101, 3);
    expect(found.kink).toEqual(kink);
    expect(found.notes.join()).toMatch(
      /not known to two digits: moving each weight by one millionth of itself takes it from 11 to 101, median [\d.]+; 1 of 6 pre-activations lie at the kink/,
    );
  });

  it('is measured where other minibatches confirm its products, and single examples do not', async () => {
    // Smooth over two examples alone.
    const half: Objective = {
      ...smoothByExample,
      gradient: (theta, {examples} = {}) =>
        examples?.length === 2 ? Promise.resolve(theta.slice()) : creased.gradient(theta),
      hessianVector: (theta, vector, {examples} = {}) =>
        examples?.length === 2 ? Promise.resolve(vector.slice()) : creased.hessianVector(theta, vector),
    };
    const pairs = [Uint32Array.of(0, 1), Uint32Array.of(1, 2), Uint32Array.of(0, 2)];
    const found = await spectrumOf({...atCrease, objective: half, orCheckOn: pairs}, options);
    expect(found.selfCheck).toBeLessThan(1e-3);
    const wrong = {
      ...half,
      hessianVector: (__: Float32Array, v: Float32Array) => Promise.resolve(v.map((x) => 2 * x)),
    };
    await expect(spectrumOf({...atCrease, objective: wrong, orCheckOn: pairs}, options)).rejects.toThrow(
      /relative disagreement of 0\.5/,
    );
  });

  it('is measured with products that are trusted, and says so, where differences confirm nothing', async () => {
    await expect(spectrumOf(subject(creased), options)).rejects.toThrow(
      /a relative disagreement of 0\.\d+; .*--trust-products/,
    );
    const found = await spectrumOf(subject(creased), {...options, trustProducts: true});
    expect(found.method).toBe('exact');
    expect(found.largest.value).toBeCloseTo(101, 3);
    expect(found.notes.join()).toMatch(/products are taken at their word: .* disagree by 0\.\d+/);
  });

  it('moves nothing where it is told so, and then claims nothing', async () => {
    const found = await spectrumOf({...atCrease, objective: smoothByExample}, {...options, moves: 0});
    expect(found).toMatchObject({underMoves: null, kink: null, notes: []});
  });
});

it('has no doubts about a smooth loss', async () => {
  const found = await spectrumOf(subject(quadraticBowl([1, 2, 3, 4])), options);
  expect(found.underMoves?.largest.median).toBeCloseTo(4, 4);
  expect((found.underMoves?.largest.high ?? 0) - (found.underMoves?.largest.low ?? 0)).toBeLessThan(1e-5);
  expect(found.notes).toEqual([]);
});

it('says that its extremes have not converged, and that searches next to the anchor have not', async () => {
  const found = await spectrumOf(subject(quadraticBowl([1, 2, 3, 4])), {...options, extremeSteps: 2});
  expect(found).toMatchObject({steps: 2, converged: false});
  // What such searches find spreads, so that there is a doubt about the largest eigenvalue as well.
  expect(found.notes.slice(-2)).toEqual([
    'the extremes have not converged in 2 steps; take more',
    'not all searches at points next to the anchor have converged in 2 steps; some of their spread may be of that',
  ]);
});

describe('traces of layers', () => {
  it('are of every layer that moves, though its first filter may be zero', async () => {
    const layout = parameterLayout([
      {name: 'a', shape: [2, 3], role: 'kernel'},
      {name: 'still', shape: [2, 1], role: 'kernel'},
      {name: 'b', shape: [3, 1], role: 'kernel'},
    ]);
    // Columns are filters: that of zeros moves nothing, and the others have lengths of 5, √2 and √3.
    const theta = Float32Array.of(0, 3, 1, 0, 4, 1, 0, 0, 1, 1, 1);
    const objective = {...quadraticBowl(Array.from({length: 11}, () => 1)), layout};
    const found = await spectrumOf({...subject(objective), anchor: theta}, {...options, moves: 0});
    expect(found.layers?.map(({name}) => name)).toEqual(['a', 'b']);
    // A coordinate's scale is the length of its filter over the root of its size: the squares of a filter's sum to its square.
    expect(found.layers?.[0]?.trace).toBeCloseTo(25 + 2, 4);
    expect(found.layers?.[1]?.trace).toBeCloseTo(3, 4);
  });
});

it('and a volume have no relative coordinates where there are no filters', async () => {
  const bowl = subject(quadraticBowl([1, 2, 3, 4]));
  const refusal = /expected a network for relative coordinates, got an objective without filters/;
  await expect(spectrumOf(bowl, {...options, coordinates: 'relative'})).rejects.toThrow(refusal);
  const volume = {cutoff: 0.5, directions: 4, estimator: 'isotropic', seed: 1} as const;
  await expect(
    volumeOf({...bowl, anchor: new Float32Array(4)}, {...volume, coordinates: 'relative'}),
  ).rejects.toThrow(refusal);
  expect(await volumeOf({...bowl, anchor: new Float32Array(4)}, volume)).toMatchObject({coordinates: 'raw'});
});
