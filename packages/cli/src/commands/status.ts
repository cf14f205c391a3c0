import {setTimeout as pause} from 'node:timers/promises';
import {type SweepStatus, sweepStatus} from '@minefield/experiments';
import type {QueueStatus} from '@minefield/queue';
import {type Store, openStore} from '@minefield/results/node';
import {Command} from 'commander';
import {exitCodes} from '../exit-codes.ts';
import {experimentsIn} from '../experiments-in.ts';
import {loadQueue} from '../load-queue.ts';
import {interruptible} from '../interruption.ts';
import type {Finish} from '../finish.ts';
import {folderName} from '../option-values.ts';
import {queueOption, queueUrl} from '../queue-option.ts';
import {isComplete, statusLines} from '../terminal/status-lines.ts';
import type {Terminal} from '../terminal/terminal.ts';
import {UsageError} from '../usage-error.ts';

interface StatusFlags {
  readonly out: string;
  readonly queue?: string | true;
  readonly watch?: true;
  readonly json?: true;
}

/** What `status --json` prints. */
interface StatusDocument {
  readonly experiments: readonly SweepStatus[];
  readonly queue: QueueStatus | null;
}

/** Between two looks with `--watch`. */
const EVERY_MS = 2000;

/** After so long what is shown is written again though nothing changed: only that tells whether its reader is there. */
const AGAIN_MS = 10_000;

export function statusCommand(io: Terminal, finish: Finish): Command {
  return new Command('status')
    .description('show what of an experiment is done, running or failed')
    .argument('[experiment]', 'name of an experiment in that folder; all of them otherwise', folderName)
    .option('--out <folder>', 'where the records go', 'results')
    .addOption(queueOption('also show what is at a queue'))
    .option('--watch', 'go on showing it, until all is done or Ctrl-C')
    .option('--json', 'print one JSON document on standard output')
    .action(async (experiment: string | undefined, flags: StatusFlags) => {
      if (flags.watch && flags.json) {
        throw new UsageError(
          '--watch draws for a person and --json prints one document; leave one of them out',
        );
      }
      const store = openStore(flags.out);
      const look = (): Promise<StatusDocument> => statusOf(store, experiment, flags.queue);
      if (flags.watch) await interruptible(io, (signal) => watch(io, look, signal), 'stopping');
      else {
        const document = await look();
        if (flags.json) io.print(JSON.stringify(document, null, 2));
        else for (const line of statusLines(document, io)) io.print(line);
      }
      finish(exitCodes.done);
    });
}

/** @throws {UsageError} when there is no such experiment */
async function statusOf(
  store: Store,
  experiment: string | undefined,
  queue: string | true | undefined,
): Promise<StatusDocument> {
  const names = experiment === undefined ? await experimentsIn(store) : [experiment];
  const found = (await Promise.all(names.map((name) => sweepStatus(store, name)))).filter(
    (status) => status !== undefined,
  );
  if (found.length === 0 && (experiment !== undefined || queue === undefined)) {
    throw new UsageError(
      `no ${experiment === undefined ? 'experiment' : `experiment "${experiment}"`} in ${store.directory}; ` +
        'name the folder of "minefield run --out" with --out',
    );
  }
  if (queue === undefined) return {experiments: found, queue: null};
  const {queueStatus} = await loadQueue();
  return {experiments: found, queue: await queueStatus(queueUrl(queue))};
}

async function watch(io: Terminal, look: () => Promise<StatusDocument>, signal: AbortSignal): Promise<void> {
  let [shown, last] = ['', 0];
  while (!signal.aborted && !io.gone) {
    const document = await look();
    const text = statusLines(document, io).join('\n');
    const now = performance.now();
    if (text !== shown || now - last >= AGAIN_MS) {
      io.page(text);
      [shown, last] = [text, now];
    }
    if (document.experiments.every(isComplete) && document.experiments.length > 0) return;
    await pause(EVERY_MS, undefined, {signal}).catch(() => undefined);
  }
}
