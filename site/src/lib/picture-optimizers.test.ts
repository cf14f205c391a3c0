import {syntheticAnalysis, syntheticRun} from '@minefield/results/testing';
import {expect, it} from 'vitest';
import {experimentOf} from '../../test/experiment-of.ts';
import {pictureOptimizersIn} from './picture-optimizers.ts';

function run(experiment: string, seed: number, poisonFactor: number, trainAccuracy: number, gap: number) {
  const record = syntheticRun({experiment, seed, poisonFactor});
  const {final} = record.data;
  if (final === null) throw new Error('a synthetic network that diverged');
  return {...record, data: {...record.data, final: {...final, trainAccuracy, generalizationGap: gap}}};
}

function alternative(name: string, seed: number, trainAccuracy: number, generalizationGap: number) {
  const record = syntheticAnalysis('alternatives', syntheticRun({experiment: 'picture-optimizers', seed}));
  const {final} = record.data;
  if (final === null) throw new Error('a synthetic network that diverged');
  return {
    ...record,
    identity: `${name}-${seed}`,
    settings: {...record.settings, name},
    data: {...record.data, final: {...final, trainAccuracy, generalizationGap}},
  };
}

it('has the narrowest and the widest gap of the ways that fit, beside the worst of the sweep', () => {
  const found = pictureOptimizersIn([
    experimentOf('picture-optimizers', [
      ...[0.16, 0.2, 0.18].map((gap, i) => run('picture-optimizers', i + 1, 0, 1, gap)),
      ...[0.25, 0.24, 0.3].map((gap, i) => alternative('adam', i + 1, 0.995, gap)),
      // Does not fit, in the median.
      ...[0.9, 0.999, 0.98].map((train, i) => alternative('sgd', i + 1, train, 0.01)),
    ]),
    experimentOf('house-numbers', [
      run('house-numbers', 1, 0, 1, 0.17),
      run('house-numbers', 1, 1, 1, 0.75),
      run('house-numbers', 2, 1, 1, 0.73),
    ]),
  ]);
  expect(found).toEqual({
    ways: 3,
    fitting: 2,
    narrowest: {name: 'momentum', gap: 0.18},
    widest: {name: 'adam', gap: 0.25},
    poisoned: 0.74,
  });
});

it('says nothing where nothing was trained', () => {
  expect(pictureOptimizersIn([])).toBeNull();
  expect(
    pictureOptimizersIn([experimentOf('house-numbers', [run('house-numbers', 1, 0, 1, 0.2)])]),
  ).toBeNull();
});
