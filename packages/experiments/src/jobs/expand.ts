import {
  type AnalysisName,
  type AnalysisSettings,
  type AnalysisSpec,
  type ExperimentSpec,
  type RunFilter,
  analysisNames,
} from '@minefield/spec';
import {type DataSources} from '../materials/data-source.ts';
import {sourceOf} from '../materials/data-sources.ts';
import {type AnalysisJob, type Job, type JobPlace, type RunJob, analysisJob, runJob} from './job.ts';

/** What jobs depend on besides the spec. */
export interface ExpandOptions {
  /** `portable`, or the name of a backend. */
  readonly numerics: string;
  readonly sources: DataSources;
}

/**
 * Every job of an experiment: for each level and seed the run, then the analyses of its checkpoint, those that others
 * read first.
 *
 * @throws {InputError} where the data cannot be drawn
 */
export function expandSpec(spec: ExperimentSpec, {numerics, sources}: ExpandOptions): Job[] {
  const {experiment, dataset, model, initialization, recipe} = spec;
  const source = sourceOf(sources, dataset);
  const seeds = spec.seeds.map((seed) => ({seed, dataset: source.fingerprint(dataset, seed)}));
  return spec.poisonFactors.flatMap((poisonFactor) =>
    seeds.flatMap((drawn): Job[] => {
      const place: JobPlace = {experiment, poisonFactor, numerics, ...drawn};
      const run = runJob(place, {dataset, model, initialization, recipe});
      return [run, ...analysesOf(run, spec, place)];
    }),
  );
}

/** The run of an analysis, and what it may read besides. */
interface Measurable {
  readonly run: RunJob;
  readonly place: JobPlace;
  /** The searches along the run's path. */
  readonly searches: readonly AnalysisJob<'search'>[];
}

function analysesOf(run: RunJob, spec: ExperimentSpec, place: JobPlace): Job[] {
  const {search} = spec.analyses;
  const searches = search !== undefined && isWanted(run, search) ? searchesOf(run, search) : [];
  const measurable = {run, place, searches};
  return [
    ...searches,
    ...inOrderOfSpec(spec).flatMap((name): Job[] => jobsOf(name, spec.analyses[name], measurable)),
  ];
}

/** Names of a spec's analyses but the search, in the order in which it has them. */
function inOrderOfSpec({analyses}: ExperimentSpec): Exclude<AnalysisName, 'search'>[] {
  const known = analysisNames.filter((name) => name !== 'search');
  return Object.keys(analyses).flatMap((key) => known.find((name) => name === key) ?? []);
}

function jobsOf<Name extends Exclude<AnalysisName, 'search'>>(
  name: Name,
  spec: AnalysisSpec<Name> | undefined,
  measurable: Measurable,
): Job[] {
  const {run, searches} = measurable;
  if (spec === undefined || !isWanted(run, spec)) return [];
  const {seeds: _seeds, poisonFactors: _poisonFactors, ...rest} = spec;
  // What is left of an analysis in a spec, without the choice of runs, are its settings.
  const settings = rest as unknown as AnalysisSettings<Name>;
  if (name === 'alternatives') return alternativesOf(run, spec as AnalysisSpec<'alternatives'>);
  if (name === 'minefield') return searches.length === 0 ? [] : [analysisJob(run, name, settings, searches)];
  const far = farEnd(settings, measurable);
  return far === 'itself' ? [] : [analysisJob(run, name, settings, far === undefined ? [] : [far])];
}

/** The run that paths lead to, for an analysis of paths; a run has no path to itself. */
function farEnd(settings: AnalysisSettings, {run, place}: Measurable): RunJob | 'itself' | undefined {
  if (!('to' in settings)) return undefined;
  return settings.to === run.poisonFactor
    ? 'itself'
    : runJob({...place, poisonFactor: settings.to}, run.spec);
}

function isWanted(run: RunJob, {seeds, poisonFactors}: RunFilter): boolean {
  return (seeds?.includes(run.seed) ?? true) && (poisonFactors?.includes(run.poisonFactor) ?? true);
}

/** A job for each network that is trained otherwise. */
function alternativesOf(
  run: RunJob,
  {seeds: _seeds, poisonFactors: _poisonFactors, networks, ...measured}: AnalysisSpec<'alternatives'>,
): AnalysisJob<'alternatives'>[] {
  return networks.map((network) => analysisJob(run, 'alternatives', {...network, ...measured}));
}

/** A job for each group of starts along the run's path. */
function searchesOf(
  run: RunJob,
  {every, group, poisonFactor, recipe}: AnalysisSpec<'search'>,
): AnalysisJob<'search'>[] {
  const starts = Array.from({length: Math.floor(run.spec.recipe.steps / every)}, (_, i) => (i + 1) * every);
  return Array.from({length: Math.ceil(starts.length / group)}, (_, g) =>
    analysisJob(run, 'search', {starts: starts.slice(g * group, (g + 1) * group), poisonFactor, recipe}),
  );
}
