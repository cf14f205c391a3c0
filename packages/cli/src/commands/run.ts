import {availableParallelism} from 'node:os';
import {Command} from 'commander';
import {backendOption} from '../backend-option.ts';
import {allowUnofficialOption, dataOption} from '../data-options.ts';
import {exitCodes} from '../exit-codes.ts';
import type {Finish} from '../finish.ts';
import {interruptible} from '../interruption.ts';
import {loadSpec} from '../load-spec.ts';
import {machineOption, nameMachine} from '../machine.ts';
import {wholeNumber} from '../option-values.ts';
import {queueOption} from '../queue-option.ts';
import {type RunFlags, refuseFlagsOfElsewhere} from '../run/run-flags.ts';
import {dryRun} from '../run/dry-run.ts';
import {runSweep} from '../run/run-sweep.ts';
import {document, exitCode, sentence} from '../run/summary.ts';
import {refuseOtherProfile, sweepOf} from '../run/sweep.ts';
import type {Terminal} from '../terminal/terminal.ts';

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
    .addOption(backendOption('auto'))
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
      (filter: string, before: readonly string[] = []) => [...before, filter],
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
      refuseFlagsOfElsewhere(flags, command);
      const sweep = await sweepOf(io, await loadSpec(experiment, flags.profile), flags);
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
      io.print(
        flags.json ? JSON.stringify(document(summary, flags.out), null, 2) : sentence(summary, flags.out),
      );
      finish(exitCode(summary));
    });
}
