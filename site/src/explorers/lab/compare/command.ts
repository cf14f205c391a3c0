/** The command that makes a run again. */
import type {LabExperiment} from '../data/lab-file.ts';

export interface CommandOf {
  readonly seed: number;
  readonly poisonFactor: number;
  readonly numerics: string;
}

/** One run of an experiment, and nothing else; measurements are made by `only` left out. */
export function runCommand(experiment: LabExperiment, {seed, poisonFactor, numerics}: CommandOf): string {
  const {name, profile, builtIn, dataLabel, spec} = experiment;
  return [
    'minefield run',
    builtIn ? `${name} --profile ${profile}` : `${name}.json`,
    ...(spec.dataset.name === 'svhn' ? ['--data train_32x32.mat'] : []),
    ...(dataLabel?.includes('unofficial') ? ['--allow-unofficial'] : []),
    ...(numerics === 'portable' ? [] : [`--backend ${numerics}`]),
    `--only seed=${seed} --only poison=${poisonFactor}`,
    '--out my-results',
  ].join(' ');
}
