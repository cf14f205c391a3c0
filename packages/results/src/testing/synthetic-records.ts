import {type AnalysisName, type DatasetName, analysisNames} from '@minefield/spec';
import {analysisIdentity} from '../node/job-identity.ts';
import type {AnalysisOf, AnalysisRecord, ExperimentRecord, ResultRecord, RunRecord} from '../record.ts';
import {fakeHash} from './noise.ts';
import {syntheticData} from './synthetic-data.ts';
import {noiseOf, syntheticProvenance, syntheticRun} from './synthetic-run.ts';
import {syntheticDatasets, syntheticSettings, syntheticSpec} from './synthetic-spec.ts';

/** An analysis of a synthetic run. */
export function syntheticAnalysis<N extends AnalysisName>(name: N, run: RunRecord): AnalysisOf<N> {
  const record = {
    schemaVersion: 1,
    kind: 'analysis',
    analysis: name,
    identity: '',
    experiment: run.experiment,
    run: run.identity,
    checkpoint: run.data.checkpoint?.sha256 ?? fakeHash(`${noiseOf(run)}/checkpoint`),
    seed: run.seed,
    poisonFactor: run.poisonFactor,
    numerics: run.numerics,
    algorithmVersions: {[name]: 1},
    settings: syntheticSettings[name],
    data: syntheticData[name](run),
    provenance: syntheticProvenance,
  };
  // A union over N is beyond inference here; the tests of this folder parse every kind against its schema.
  const unnamed = record as unknown as AnalysisOf<N>;
  const identity = analysisIdentity(unnamed, run, name === 'minefield' ? searchesOf(run) : new Map());
  if (identity === undefined) throw new Error('expected a map with all its searches');
  return {...unnamed, identity};
}

/** Identities of the searches along a run's path, by their checkpoints. */
function searchesOf(run: RunRecord): ReadonlyMap<string, string> {
  const {identity, data} = syntheticAnalysis('search', run);
  return new Map(data.checkpoint === null ? [] : [[data.checkpoint.sha256, identity]]);
}

export interface SyntheticSweepOptions {
  readonly experiment?: string;
  /** Default `Two spirals`. */
  readonly title?: string;
  /** What the spec says that the data are; no number depends on it. Default `two-spirals`. */
  readonly dataset?: DatasetName;
  /** Default 1, 2, 3. */
  readonly seeds?: readonly number[];
  /** Default 0 and seven levels up to 0.8. */
  readonly poisonFactors?: readonly number[];
  /** Default: all kinds that measure one minimum; `search` and `minefield` look at a path. */
  readonly analyses?: readonly AnalysisName[];
}

const ofPaths: ReadonlySet<AnalysisName> = new Set(['search', 'minefield']);

/** An experiment with its runs and analyses; the same options give the same records. */
export function syntheticSweep(options: SyntheticSweepOptions = {}): ResultRecord[] {
  const {
    experiment = 'toy',
    title = 'Two spirals',
    dataset = 'two-spirals',
    seeds = [1, 2, 3],
    poisonFactors = [
      0,
      ...[-4, -3.5, -3, -2, -1.5, -1, 0].map((power) => Number((0.8 * 10 ** power).toPrecision(6))),
    ],
    analyses = analysisNames.filter((name) => !ofPaths.has(name)),
  } = options;
  const runs = poisonFactors.flatMap((poisonFactor) =>
    seeds.map((seed) => syntheticRun({experiment, seed, poisonFactor})),
  );
  const measured: AnalysisRecord[] = runs.flatMap((run) =>
    analyses.map((name) => syntheticAnalysis(name, run)),
  );
  const plan: ExperimentRecord = {
    schemaVersion: 1,
    kind: 'experiment',
    experiment,
    profile: 'quick',
    title,
    spec: syntheticSpec({experiment, title, dataset: syntheticDatasets[dataset], seeds, poisonFactors}),
    jobs: [
      ...runs.map(({identity, seed, poisonFactor}) => ({kind: 'run' as const, identity, seed, poisonFactor})),
      ...measured.map(({identity, analysis, seed, poisonFactor}) => ({
        kind: 'analysis' as const,
        analysis,
        identity,
        seed,
        poisonFactor,
      })),
    ],
  };
  return [plan, ...runs, ...measured];
}
