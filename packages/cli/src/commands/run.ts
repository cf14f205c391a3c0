import {availableParallelism} from 'node:os';
import {
  type ExperimentSpec,
  type RunSummary,
  checkNumerics,
  inlineExecutor,
  jobName,
  processPool,
  runExperiment,
} from '@minefield/experiments';
import {openStore} from '@minefield/results/node';
import {Command} from 'commander';
import {backendOption} from '../backend-option.ts';
import {exitCodes} from '../exit-codes.ts';
import {interruptible} from '../interruption.ts';
import {loadSpec} from '../load-spec.ts';
import {wholeNumber} from '../option-values.ts';
import type {Finish} from '../program.ts';
import {duration} from '../terminal/duration.ts';
import {progressView} from '../terminal/progress-view.ts';
import type {Terminal} from '../terminal/terminal.ts';

interface RunFlags {
  readonly profile?: string;
  readonly backend: string;
  readonly workers: number;
  readonly out: string;
  readonly json?: true;
}

export function runCommand(io: Terminal, finish: Finish): Command {
  return new Command('run')
    .description('run an experiment; what is already there is kept, what is missing is made')
    .argument(
      '<experiment>',
      'name of a built-in experiment, such as toy, or path of a spec that ends in .json',
    )
    .option('--profile <name>', 'size of a built-in experiment: quick (default) or full')
    .addOption(backendOption())
    .option(
      '--workers <n>',
      'worker processes; 0 works in this one',
      wholeNumber(0, 9999),
      availableParallelism(),
    )
    .option('--out <folder>', 'where records go', 'results')
    .option('--json', 'print one JSON document on standard output')
    .action(async (experiment: string, flags: RunFlags) => {
      const spec = await loadSpec(experiment, flags.profile);
      const summary = await interruptible(
        io,
        (signal) => sweep(io, spec, flags, signal),
        'stopping; finished jobs are kept',
      );
      io.status(null);
      io.print(flags.json ? JSON.stringify(document(summary, flags), null, 2) : sentence(summary, flags));
      finish(exitCode(summary));
    });
}

async function sweep(
  io: Terminal,
  spec: ExperimentSpec,
  flags: RunFlags,
  signal: AbortSignal,
): Promise<RunSummary> {
  const numerics = flags.backend;
  await checkNumerics(numerics);
  const executor =
    flags.workers === 0 ? inlineExecutor(numerics) : processPool({workers: flags.workers, numerics});
  try {
    return await runExperiment(spec, {
      store: openStore(flags.out),
      executor,
      numerics,
      signal,
      onEvent: progressView(io),
    });
  } finally {
    await executor.close();
  }
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
