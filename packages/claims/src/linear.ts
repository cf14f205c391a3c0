import {at} from '@minefield/core';
import {featureMapText} from '@minefield/spec';
import {atLeast, difference, exactly} from './bracket.ts';
import {type Claim, allOf} from './claim.ts';
import {bracketText, medianText, percent} from './format.ts';
import {judge} from './judge.ts';
import {type Level, measureLevel} from './level.ts';
import {overSeeds} from './measured.ts';
import {analysisMeasure, finalMetric} from './measures.ts';
import {picturesOf} from './pictures.ts';
import type {Sweep} from './sweep.ts';

const FITS = 0.99;
const APART = 0.1;

/**
 * Claim 13, of the paper's question why networks differ from other models that could fit anything: a linear classifier with features
 * enough fits the same pictures, and tells others worse.
 */
export function networkBeatsLinear(sweep: Sweep): Claim {
  const clean = at(sweep.spec.poisonFactors, 0);
  const network = measureLevel(sweep, clean, finalMetric('testAccuracy'));
  const parts = (sweep.spec.analyses.linear?.features ?? []).map((map, i) => {
    const level = (read: 'train' | 'test'): Level =>
      measureLevel(
        sweep,
        clean,
        analysisMeasure('linear', ({fits}) => {
          const fit = fits[i];
          return fit && exactly(fit[read]);
        }),
      );
    return {name: featureMapText(map), train: level('train'), test: level('test')};
  });
  const fitting = parts.filter(({train}) => train.median.low >= FITS);
  return judge(
    {
      id: 13,
      title: `${picturesOf(sweep)}: a linear classifier that fits generalizes worse than the network`,
      paper: 'the authors’ post: an over-parameterized linear model fits CIFAR-10, and tests poorly',
      criterion:
        `median over seeds: some linear classifier has train ≥ ${percent(FITS)}, and the test accuracy of each that has is ` +
        `≥ ${100 * APART} points below the network's`,
    },
    sweep,
    {levels: 1},
    {
      ours:
        `network: test ${medianText(network, percent)}; linear on ` +
        parts
          .map(
            ({name, train, test}) =>
              `${name}: train ${bracketText(train.median, percent)}, test ${medianText(test, percent)}`,
          )
          .join('; '),
      verdict:
        fitting.length === 0
          ? 'undecided'
          : allOf(fitting.map(({test}) => atLeast(difference(network.median, test.median), APART))),
      levels: [network, ...parts.flatMap(({train, test}) => [train, test])],
      measures: [
        overSeeds({name: 'test accuracy, network', unit: 'fraction'}, network),
        ...parts.map(({name, test}) => overSeeds({name: `test accuracy, ${name}`, unit: 'fraction'}, test)),
      ],
      reason: 'no linear classifier fits',
    },
  );
}
