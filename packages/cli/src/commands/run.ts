import {availableParallelism} from 'node:os';
import {
  type DataFiles,
  type DataSources,
  type ExpandOptions,
  type Executor,
  type JobFilter,
  type RunSummary,
  checkNumerics,
  expandSpec,
  readExperimentRecord,
  inlineExecutor,
  jobName,
  kindOf,
  openDataSources,
  resolveSpec,
  parseJobFilter,
  planExperiment,
  processPool,
  runExperiment,
} from '@minefield/experiments';
import type {ExperimentSpec} from '@minefield/spec';
import {type Store, machineName, openStore} from '@minefield/results/node';
import {Command} from 'commander';
import {backendOption} from '../backend-option.ts';
import {type DataFlags, allowUnofficialOption, dataFilesOf, dataOption} from '../data-options.ts';
import {exitCodes} from '../exit-codes.ts';
import {loadQueue} from '../load-queue.ts';
import {interruptible} from '../interruption.ts';
import {loadSpec} from '../load-spec.ts';
import {machineOption, nameMachine} from '../machine.ts';
import {wholeNumber} from '../option-values.ts';
import type {Finish} from '../finish.ts';
import {queueOption, queueUrl} from '../queue-option.ts';
import {duration} from '../terminal/duration.ts';
import {progressView} from '../terminal/progress-view.ts';
import type {Terminal} from '../terminal/terminal.ts';
import {UsageError} from '../usage-error.ts';

interface RunFlags extends DataFlags {
  readonly profile?: string;
  readonly backend: string;
  readonly workers: number;
  readonly networks?: number;
  readonly queue?: string | true;
  readonly shared?: true;
  readonly out: string;
  readonly only: readonly string[];
  readonly dryRun?: true;
  readonly replace?: true;
  readonly snapshots: number;
  readonly machine?: string;
  readonly json?: true;
}

export function runCommand(io: Terminal, finish: Finish): Command {
  return new Command('run')
    .description('run an experiment; what is already there is kept, what is missing is made')
    .argument(
      '<experiment>',
      'name of a built-in experiment, such as toy, or path of a spec that ends in .json',
    )
    .option(
      '--profile <name>',
      'size of a built-in experiment: quick, cpu or full; by default the smallest there is',
    )
    .addOption(backendOption())
    .option(
      '--workers <n>',
      'worker processes of this machine; 0 works in this one; not for a --queue',
      wholeNumber(0, 9999),
      availableParallelism(),
    )
    .option(
      '--networks <n>',
      'most networks trained side by side in a worker (default 8; 4 with a queue)',
      wholeNumber(1, 1024),
    )
    .addOption(queueOption('have the work done by the workers of a queue, on any number of machines'))
    .option(
      '--shared',
      'with --queue: all workers see the --out folder (worker --store), so files go through it',
    )
    .option('--out <folder>', 'where records go', 'results')
    .option(
      '--only <filter>',
      'some of the jobs and what they read: kinds (run,basin), seed=1..3,7 or poison=0,0.8; again for a further condition',
      (filter: string, before: readonly string[]) => [...before, filter],
      [],
    )
    .addOption(dataOption())
    .addOption(allowUnofficialOption())
    .option(
      '--replace',
      'go on in a folder that holds another profile of the experiment: records stay, but verify and the site look at this one',
    )
    .option('--dry-run', 'list what would be done, with about how long one core works on it')
    .option(
      '--snapshots <seconds>',
      'time between two snapshots of a training, from which it goes on after a break',
      wholeNumber(0, 3600),
      5,
    )
    .addOption(machineOption())
    .option('--json', 'print one JSON document on standard output')
    .action(async (experiment: string, flags: RunFlags, command: Command) => {
      refuseHere(flags, command);
      const sweep = await sweepOf(await loadSpec(experiment, flags.profile), flags);
      if (flags.dryRun) {
        await dryRun(io, sweep, flags);
        finish(exitCodes.done);
        return;
      }
      if (!flags.replace) await refuseOtherProfile(sweep);
      await nameMachine(flags.machine);
      const summary = await interruptible(
        io,
        (signal) => runSweep(io, sweep, flags, signal),
        'stopping; finished jobs are kept',
      );
      io.status(null);
      io.print(flags.json ? JSON.stringify(document(summary, flags), null, 2) : sentence(summary, flags));
      finish(exitCode(summary));
    });
}

/** What a command line asks for. */
interface Sweep {
  readonly spec: ExperimentSpec;
  readonly store: Store;
  readonly numerics: string;
  readonly files: DataFiles;
  readonly sources: DataSources;
  readonly only: JobFilter;
}

/** @throws {UsageError} where data are missing or of no use, or nothing meets the filters */
async function sweepOf(asked: ExperimentSpec, flags: RunFlags): Promise<Sweep> {
  const numerics = flags.backend;
  const files = dataFilesOf(flags, asked.dataset.name);
  const sources = await openDataSources(files);
  const {missing} = sources[asked.dataset.name];
  if (missing !== null) {
    throw new UsageError(
      `${asked.experiment} wants data: ${missing}; or run house-numbers, which needs no file`,
    );
  }
  const spec = resolveSpec(asked, sources);
  const only = jobFilter(spec, flags.only, {numerics, sources});
  return {spec, store: openStore(flags.out), numerics, files, sources, only};
}

async function runSweep(
  io: Terminal,
  sweep: Sweep,
  flags: RunFlags,
  signal: AbortSignal,
): Promise<RunSummary> {
  await checkNumerics(sweep.numerics);
  const executor = await executorFor(io, sweep, flags);
  try {
    return await runExperiment(sweep.spec, {
      ...sweep,
      executor,
      networks: flags.networks ?? (flags.queue === undefined ? undefined : 4),
      snapshotSeconds: flags.snapshots,
      signal,
      onEvent: progressView(io),
    });
  } finally {
    await executor.close();
  }
}

async function executorFor(
  io: Terminal,
  {spec, store, numerics, files, sources}: Sweep,
  {workers, queue, shared}: RunFlags,
): Promise<Executor> {
  if (queue === undefined) {
    if (shared) throw new UsageError('--shared is for sweeps with a --queue; leave it out');
    return workers === 0 ? inlineExecutor({numerics, sources}) : processPool({workers, numerics, files});
  }
  const {queueExecutor} = await loadQueue();
  return queueExecutor({
    url: queueUrl(queue),
    spec,
    numerics,
    sources,
    machine: machineName(),
    ...(shared && {shared: store}),
    onNotice: (text) => io.note(text),
  });
}

/** @throws {UsageError} where flags of the work on this machine stand beside a queue, whose workers have their own */
function refuseHere({queue}: RunFlags, command: Command): void {
  if (queue === undefined) return;
  for (const name of ['workers', 'snapshots']) {
    if (command.getOptionValueSource(name) !== 'cli') continue;
    throw new UsageError(
      `--${name} is for work on this machine, not for a --queue; give it to minefield worker`,
    );
  }
}

/** @throws {UsageError} where the folder holds another profile of the experiment, which would be lost from sight */
async function refuseOtherProfile({spec, store}: Sweep): Promise<void> {
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

async function dryRun(io: Terminal, sweep: Sweep, flags: RunFlags): Promise<void> {
  const {spec} = sweep;
  const plan = await planExperiment(spec, sweep);
  if (flags.json) {
    const missing = plan.missing.map(({job, seconds}) => ({
      job: jobName(job),
      identity: job.identity,
      seconds,
    }));
    io.print(JSON.stringify({experiment: spec.experiment, profile: spec.profile, ...plan, missing}, null, 2));
    return;
  }
  for (const {job, seconds} of plan.missing) io.print(`${duration(seconds).padStart(12)}  ${jobName(job)}`);
  const {jobs, reused, missing, seconds} = plan;
  io.print(
    `${spec.experiment} (${spec.profile}): ${missing.length} of ${jobs} jobs to do, about ${duration(seconds)} ` +
      `of one core; ${reused} are there`,
  );
}

function exitCode({interrupted, failed}: RunSummary): number {
  if (interrupted) return exitCodes.interrupted;
  return failed.length > 0 ? exitCodes.failed : exitCodes.done;
}

function sentence(summary: RunSummary, {out}: RunFlags): string {
  const {experiment, profile, jobs, reused, done, diverged, failed, interrupted, seconds} = summary;
  const parts = [
    `${done} done in ${duration(seconds)}`,
    ...(reused > 0 ? [`${reused} kept from before`] : []),
    ...(diverged > 0 ? [`${diverged} of the runs diverged`] : []),
    ...(failed.length > 0 ? [`${failed.length} failed`] : []),
  ];
  const left = jobs - reused - done - failed.length - summary.nothingToMeasure;
  const next = interrupted
    ? `interrupted with ${left} left; run the same command to go on`
    : failed.length > 0
      ? 'run the same command to repeat what failed'
      : `check the claims with: minefield verify --results ${out}`;
  return `${experiment} (${profile}): ${jobs} jobs, ${parts.join(', ')}\n${next}`;
}

function document(summary: RunSummary, {out}: RunFlags): unknown {
  const failed = summary.failed.map(({job, error}) => ({job: jobName(job), identity: job.identity, error}));
  return {...summary, failed, results: out};
}
