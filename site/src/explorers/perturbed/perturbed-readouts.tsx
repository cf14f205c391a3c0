import {percentage, shortNumber} from '../data/format.ts';
import {Readouts} from '../ui/readouts.tsx';
import type {PerturbedStep} from './perturbed-data.ts';

/** What was measured of a network. @param distance from its minimum */
export function PerturbedReadouts({at, distance}: {readonly at: PerturbedStep; readonly distance: number}) {
  return (
    <Readouts
      items={[
        {name: 'loss', alias: 'xent', value: shortNumber(at.loss ?? Infinity)},
        {name: 'accuracy', alias: 'acc', value: percentage(at.trainAccuracy)},
        {name: 'test accuracy', value: percentage(at.testAccuracy)},
        {name: 'curvature', alias: 'curv', value: shortNumber(at.curvature ?? Infinity)},
        {name: 'distance', value: shortNumber(distance)},
      ]}
    />
  );
}
