import {dataFingerprint} from './data.ts';
import {type AnalysisSettings, type Job, type RunJob, type RunSpec, analysisJob, runJob} from './job.ts';
import type {AnalysisName, ExperimentSpec, RunFilter} from './spec.ts';

/** Every job of an experiment: for each level and seed the run, then the analyses of its checkpoint. */
export function expandSpec(spec: ExperimentSpec, numerics: string): Job[] {
  const {dataset, model, initialization, recipe} = spec;
  const runSpec: RunSpec = {dataset, model, initialization, recipe};
  const fingerprints = new Map(spec.seeds.map((seed) => [seed, dataFingerprint(dataset, seed)]));
  return spec.poisonFactors.flatMap((poisonFactor) =>
    spec.seeds.flatMap((seed): Job[] => {
      const place = {
        experiment: spec.experiment,
        seed,
        poisonFactor,
        dataset: fingerprints.get(seed) ?? '',
        numerics,
      };
      const run = runJob(place, runSpec);
      return [run, ...analysesOf(run, spec)];
    }),
  );
}

function analysesOf(run: RunJob, spec: ExperimentSpec): Job[] {
  const names = Object.keys(spec.analyses) as AnalysisName[];
  return names.flatMap((name) => {
    const {seeds, poisonFactors, ...settings} = {...spec.analyses[name]} as RunFilter & AnalysisSettings;
    const wanted = (seeds?.includes(run.seed) ?? true) && (poisonFactors?.includes(run.poisonFactor) ?? true);
    return wanted ? [analysisJob(run, name, settings as AnalysisSettings<typeof name>)] : [];
  });
}
