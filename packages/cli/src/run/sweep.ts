import {
  type DataFiles,
  type DataSources,
  type ExpandOptions,
  type JobFilter,
  PORTABLE,
  expandSpec,
  fastestBackends,
  kindOf,
  openDataSources,
  parseJobFilter,
  readExperimentRecord,
  resolveSpec,
} from '@minefield/experiments';
import {type Store, openStore} from '@minefield/results/node';
import type {ExperimentSpec} from '@minefield/spec';
import {dataFilesOf} from '../data-options.ts';
import {UsageError} from '../usage-error.ts';
import type {Terminal} from '../terminal/terminal.ts';
import type {RunFlags} from './run-flags.ts';

/** What a command line asks for. */
export interface Sweep {
  readonly spec: ExperimentSpec;
  readonly store: Store;
  readonly numerics: string;
  readonly files: DataFiles;
  readonly sources: DataSources;
  readonly only: JobFilter;
}

/** @throws {UsageError} where data are missing or of no use, or nothing meets the filters */
export async function sweepOf(io: Terminal, asked: ExperimentSpec, flags: RunFlags): Promise<Sweep> {
  const files = dataFilesOf(flags, asked.dataset.name);
  const sources = await openDataSources(files);
  const {missing} = sources[asked.dataset.name];
  if (missing !== null) {
    throw new UsageError(
      `${asked.experiment} wants data: ${missing}; or run house-numbers, which needs no file`,
    );
  }
  const spec = resolveSpec(asked, sources);
  const numerics = flags.backend === 'auto' ? await fastest(io, spec, sources, flags) : flags.backend;
  const only = jobFilter(spec, flags.only ?? [], {numerics, sources});
  return {spec, store: openStore(flags.out), numerics, files, sources, only};
}

/** Says which it is, and how to have the same the next time: another one would have records of its own. */
async function fastest(
  io: Terminal,
  spec: ExperimentSpec,
  sources: DataSources,
  {networks}: RunFlags,
): Promise<string> {
  const times = await fastestBackends(spec, sources, networks);
  const [first] = times;
  if (first === undefined) return PORTABLE;
  const told = times.map(({name, seconds}) => `${Number((1000 * seconds).toPrecision(2))} ms on ${name}`);
  io.note(`a step of one network takes ${told.join(', ')}; going on with --backend ${first.name}`);
  return first.name;
}

/** @throws {UsageError} where the folder holds another profile of the experiment, which would be lost from sight */
export async function refuseOtherProfile({spec, store}: Sweep): Promise<void> {
  const {experiment, profile} = spec;
  const head = await readExperimentRecord(store, experiment);
  if (head === undefined || head.profile === profile) return;
  throw new UsageError(
    `${store.directory} holds the profile ${head.profile} of ${experiment}, and verify and the site would look at ${profile} ` +
      'instead; name another folder with --out, or go on there with --replace',
  );
}

/** @throws {UsageError} when nothing meets the filters */
function jobFilter(spec: ExperimentSpec, only: readonly string[], options: ExpandOptions): JobFilter {
  const filter = parseJobFilter(only);
  const jobs = expandSpec(spec, options);
  if (jobs.some(filter)) return filter;
  const kinds = new Set(jobs.map(kindOf));
  throw new UsageError(
    `no job of ${spec.experiment} meets --only ${only.join(' --only ')}; there are ${[...kinds].join(', ')} of ` +
      `seeds ${spec.seeds.join(', ')} and poison factors ${spec.poisonFactors.join(', ')}`,
  );
}
