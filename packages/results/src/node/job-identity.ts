import type {AnalysisRecord, RunRecord} from '../record.ts';
import {identityOf} from './canonical-json.ts';

/** What of a job its numbers depend on. */
export interface Identifying {
  readonly kind: 'run' | 'analysis';
  /** Of an analysis: which. */
  readonly analysis?: string;
  readonly seed: number;
  readonly poisonFactor: number;
  /** Fingerprint of the data that the seed draws. */
  readonly dataset: string;
  /** `portable`, or the name of the backend that the numbers are bound to. */
  readonly numerics: string;
  /** Of a run its spec; of an analysis `{run, settings}`: the spec of its run, and its own settings. */
  readonly spec: unknown;
  readonly algorithmVersions: Readonly<Record<string, number>>;
  /** Identities of the jobs whose checkpoints it reads: of an analysis its run, then others; of a run none. */
  readonly inputs: readonly string[];
}

/**
 * What the identity of a job is the hash of. An explicit list: a field that a job gains is of no account here until it is
 * named, and thousands of records keep their names.
 */
const IDENTIFYING = [
  'kind',
  'analysis',
  'seed',
  'poisonFactor',
  'dataset',
  'numerics',
  'spec',
  'algorithmVersions',
  'inputs',
] as const satisfies readonly (keyof Identifying)[];

/** The identity of a job, as 64 lower-case hexadecimal digits. Whatever else it holds, such as its folder, is of no account. */
export function jobIdentity(job: Identifying): string {
  const named = IDENTIFYING.filter((key) => key in job).map((key) => [key, job[key]]);
  return identityOf(Object.fromEntries(named));
}

/** What the identity of a run must be, by all that its record says of how it was made. */
export function runIdentity(run: Omit<RunRecord, 'identity'>): string {
  return jobIdentity({...run, dataset: run.dataset.fingerprint, inputs: []});
}

/**
 * What the identity of an analysis must be.
 *
 * @param run the record of the run that it names: the data and the spec of the run are told there
 * @param searches identities of searches along the run's path, by the SHA-256 of their checkpoints
 * @returns undefined where that cannot be told: a map whose searches are not all there
 */
export function analysisIdentity(
  record: AnalysisRecord,
  run: RunRecord,
  searches: ReadonlyMap<string, string>,
): string | undefined {
  const others = othersRead(record, run, searches);
  if (others === undefined) return undefined;
  const spec = {run: run.spec, settings: record.settings};
  return jobIdentity({...record, dataset: run.dataset.fingerprint, spec, inputs: [record.run, ...others]});
}

/** Identities of the jobs that an analysis reads besides its run. */
function othersRead(
  record: AnalysisRecord,
  run: RunRecord,
  searches: ReadonlyMap<string, string>,
): readonly string[] | undefined {
  // A path leads to the run of another poison factor that is the same in all else.
  if (record.analysis === 'connectivity') return [runIdentity({...run, poisonFactor: record.settings.to})];
  if (record.analysis !== 'minefield') return [];
  const found = record.data.searches.flatMap((sha256) => searches.get(sha256) ?? []);
  return found.length === record.data.searches.length ? found : undefined;
}
