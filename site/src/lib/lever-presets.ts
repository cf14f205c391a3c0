/** Pairs of good and bad minima that the dimension lever can be set to, from the records. */
import type {AnalysisOf} from '@minefield/results';
import {type LeverPreset, RATIOS, ratioOf} from '../explorers/dimension/lever.ts';
import type {Experiment} from './load-results.ts';
import {pictureExperiments} from './picture-experiments.ts';
import {storyExperiment} from './plane-experiments.ts';

/** Where a basin ends: half a nat of clean training loss. */
const CUTOFF = 0.5;

export function leverPresets(experiments: readonly Experiment[]): readonly LeverPreset[] {
  const told = storyExperiment(experiments);
  const pictures = pictureExperiments(experiments).filter(({first}) => first);
  return [
    ...(told === undefined ? [] : presetOf(told, 'Toy network')),
    ...pictures.flatMap(({experiment, subject}) =>
      presetOf(
        experiment,
        subject === 'photographs'
          ? 'Photographs'
          : subject === 'drawn'
            ? 'House numbers'
            : 'Paper-size network',
      ),
    ),
  ];
}

/** None where no seed has a volume at both ends of the sweep, or the good end's is no larger: the lever goes one way. */
function presetOf({records}: Experiment, name: string): LeverPreset[] {
  const basins = records.analyses('basin');
  const levels = records.poisonFactors();
  const volumeAt = (seed: number, level: number | undefined): number | null => {
    const basin = basins.find((one) => one.seed === seed && one.poisonFactor === level);
    return basin === undefined ? null : stableVolume(basin);
  };
  const volumes = records.seeds().flatMap((seed): (readonly [number, number])[] => {
    const [good, bad] = [volumeAt(seed, levels.at(0)), volumeAt(seed, levels.at(-1))];
    return good === null || bad === null ? [] : [[good, bad]];
  });
  const dimension = basins[0]?.data.dimension;
  if (dimension === undefined || volumes.length === 0) return [];
  const preset = {name, dimension, volumes};
  return ratioOf(preset) < RATIOS.from ? [] : [preset];
}

function stableVolume({data}: AnalysisOf<'basin'>): number | null {
  const cutoff = data.cutoffs.find(({kind, value}) => kind === 'loss' && value === CUTOFF);
  return cutoff?.relative?.stableLogVolume ?? null;
}
