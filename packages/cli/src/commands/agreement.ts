import {agreementOf} from '@minefield/claims';
import {Command} from 'commander';
import {exitCodes} from '../exit-codes.ts';
import {folderName} from '../option-values.ts';
import type {Finish} from '../finish.ts';
import {readExperiment} from '../read-experiment.ts';
import {agreementTable} from '../terminal/agreement-table.ts';
import type {Terminal} from '../terminal/terminal.ts';

interface AgreementFlags {
  readonly results: string;
  readonly experiment: string;
  readonly json?: true;
}

export function agreementCommand(io: Terminal, finish: Finish): Command {
  return new Command('agreement')
    .description('how far the measurements put the networks of an experiment in the same order')
    .option('--results <folder>', 'where the records are', 'results')
    .option('--experiment <name>', 'which experiment of that folder', folderName, 'toy')
    .option('--json', 'print one JSON document on standard output')
    .action(async ({results, experiment, json}: AgreementFlags) => {
      const {head, records} = await readExperiment(results, experiment);
      const document = agreementOf(head, records);
      if (json) io.print(JSON.stringify(document, null, 2));
      else for (const line of agreementTable(document, io.columns)) io.print(line);
      finish(exitCodes.done);
    });
}
