import {syntheticAnalysis, syntheticRun} from '@minefield/results/testing';
import {expect, it} from 'vitest';
import {experimentOf} from '../../test/experiment-of.ts';
import {roadsIn} from './roads.ts';

type Road = Readonly<{labelNoise: number} | {sharpnessAware: number}>;

/** A network of each seed that went along one road. */
function networks(road: Road, trainAccuracy: number, gaps: readonly number[], volume: number) {
  return gaps.map((generalizationGap, i) => {
    const record = syntheticAnalysis('alternatives', syntheticRun({experiment: 'roads', seed: i + 1}));
    const {final, own} = record.data;
    if (final === null || own === null) throw new Error('a synthetic network that diverged');
    const {labelNoise: _noise, ...settings} = record.settings;
    const recipe = 'sharpnessAware' in road ? {...settings.recipe, ...road} : settings.recipe;
    return {
      ...record,
      identity: `${JSON.stringify(road)}-${i}`,
      settings: {...settings, ...('labelNoise' in road ? road : {}), recipe},
      data: {
        ...record.data,
        final: {...final, trainAccuracy, generalizationGap},
        own: {
          ...own,
          cutoffs: own.cutoffs.slice(0, 1).map((one) => ({
            ...one,
            kind: 'loss' as const,
            value: 0.5,
            stableLogVolume: volume * Math.LN10,
          })),
        },
      },
    };
  });
}

it('has the least and the most of either road', () => {
  const records = [
    ...networks({labelNoise: 0.4}, 0.9, [0.5, 0.6, 0.9], -3000),
    ...networks({labelNoise: 0.05}, 1, [0.1, 0.2, 0.3], -1000),
    ...networks({labelNoise: 0.1}, 1, [0.4], -2000),
    ...networks({sharpnessAware: 0.05}, 1, [0.02], -400),
  ];
  const gentle = {amount: 0.05, train: 1, gap: 0.02, volume: expect.closeTo(-400, 9)};
  expect(roadsIn([experimentOf('roads', records)])).toEqual({
    noise: {
      least: {amount: 0.05, train: 1, gap: 0.2, volume: expect.closeTo(-1000, 9)},
      most: {amount: 0.4, train: 0.9, gap: 0.6, volume: expect.closeTo(-3000, 9)},
    },
    sharpnessAware: {least: gentle, most: gentle},
  });
});

it('is nothing without the experiment', () => {
  expect(roadsIn([experimentOf('toy', [])])).toBeNull();
});
