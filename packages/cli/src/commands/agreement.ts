import {type AgreementDocument, agreementOf} from '@minefield/claims';
import {openStore} from '@minefield/results/node';
import {Command} from 'commander';
import {exitCodes} from '../exit-codes.ts';
import {folderName} from '../option-values.ts';
import type {Finish} from '../finish.ts';
import type {Terminal} from '../terminal/terminal.ts';
import {UsageError} from '../usage-error.ts';

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
      const store = openStore(results);
      const records = await store.readRecords(experiment);
      const head = records.find((record) => record.kind === 'experiment');
      if (head === undefined) {
        throw new UsageError(
          `no results of "${experiment}" in ${store.directory}; make them with "minefield run ${experiment} --out ${results}", ` +
            'or name another folder with --results',
        );
      }
      const document = agreementOf(head, records);
      if (json) io.print(JSON.stringify(document, null, 2));
      else for (const line of table(document)) io.print(line);
      finish(exitCodes.done);
    });
}

/** Of a column of medians. */
const WIDTH = 12;

/** The lower triangle: names at the left, numbered columns. */
function table({experiment, networks, cutoff, quantities, levels, rho, pairs}: AgreementDocument): string[] {
  const width = Math.max(...quantities.map(({length}) => length));
  const head = quantities.map((_, i) => String(i + 1).padStart(7)).join('');
  const at = cutoff === null ? '' : `, volumes at a loss of ${cutoff}`;
  return [
    `Spearman's ρ over ${networks} networks of ${experiment}${at}`,
    '',
    `${' '.repeat(width + 4)}${head}`,
    ...quantities.map((name, i) => {
      const values = (rho[i] ?? []).slice(0, i + 1);
      const cells = values.map((value) => (value === null ? '–' : value.toFixed(3)).padStart(7)).join('');
      const own = pairs[i]?.[i] ?? 0;
      const missing = own < networks ? `   ${networks - own} without` : '';
      return `${String(i + 1).padStart(2)}  ${name.padEnd(width)}${cells}${missing}`;
    }),
    '',
    'Medians of the levels',
    '',
    quantities.map((_, i) => String(i + 1).padStart(WIDTH)).join(''),
    ...levels.map(({medians}) =>
      medians
        .map((value) => (value === null ? '–' : String(Number(value.toPrecision(4)))).padStart(WIDTH))
        .join(''),
    ),
  ];
}
