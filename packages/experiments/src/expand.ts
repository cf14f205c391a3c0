import {dataFingerprint} from './data.ts';
import {
  type AnalysisJob,
  type AnalysisSettings,
  type Job,
  type JobPlace,
  type RunJob,
  type RunSpec,
  analysisJob,
  runJob,
} from './job.ts';
import type {ExperimentSpec, RunFilter, SearchSpec} from './spec.ts';

/**
 * Every job of an experiment: for each level and seed the run, then the analyses of its checkpoint, those that others
 * read first.
 */
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
      return [run, ...analysesOf(run, spec, place)];
    }),
  );
}

function analysesOf(run: RunJob, spec: ExperimentSpec, place: JobPlace): Job[] {
  const {search, ...analyses} = spec.analyses;
  const searches = search !== undefined && isWanted(run, search) ? searchesOf(run, search) : [];
  const names = Object.keys(analyses) as (keyof typeof analyses)[];
  return [
    ...searches,
    ...names.flatMap((name): Job[] => {
      const {seeds, poisonFactors, ...settings} = {...analyses[name]} as RunFilter & AnalysisSettings;
      if (!isWanted(run, {seeds, poisonFactors})) return [];
      if (name === 'connectivity')
        return connectivityOf(run, settings as AnalysisSettings<typeof name>, place);
      if (name !== 'minefield') return [analysisJob(run, name, settings as AnalysisSettings<typeof name>)];
      return searches.length === 0
        ? []
        : [analysisJob(run, name, settings as AnalysisSettings<'minefield'>, searches)];
    }),
  ];
}

function isWanted(
  run: RunJob,
  {seeds, poisonFactors}: {[K in keyof RunFilter]: RunFilter[K] | undefined},
): boolean {
  return (seeds?.includes(run.seed) ?? true) && (poisonFactors?.includes(run.poisonFactor) ?? true);
}

/** Reads the run at the far end; a run has no path to itself. */
function connectivityOf(run: RunJob, settings: AnalysisSettings<'connectivity'>, place: JobPlace): Job[] {
  if (settings.to === run.poisonFactor) return [];
  return [
    analysisJob(run, 'connectivity', settings, [runJob({...place, poisonFactor: settings.to}, run.spec)]),
  ];
}

/** A job for each group of starts along the run's path. */
function searchesOf(run: RunJob, {every, group, poisonFactor, recipe}: SearchSpec): AnalysisJob<'search'>[] {
  const starts = Array.from({length: Math.floor(run.spec.recipe.steps / every)}, (_, i) => (i + 1) * every);
  return Array.from({length: Math.ceil(starts.length / group)}, (_, g) =>
    analysisJob(run, 'search', {starts: starts.slice(g * group, (g + 1) * group), poisonFactor, recipe}),
  );
}
