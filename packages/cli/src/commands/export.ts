import {extname} from 'node:path';
import {type TableName, type TableRow, resultTables} from '@minefield/results';
import {openStore, writeAtomically} from '@minefield/results/node';
import {Command, Option} from 'commander';
import {exitCodes} from '../exit-codes.ts';
import {type ExportedRows, exportRows, headsOf} from '../export/export-rows.ts';
import {type TableFormat, isTableFormat, tableFormats} from '../export/table-format.ts';
import type {Finish} from '../finish.ts';
import {interruptible} from '../interruption.ts';
import {folderName} from '../option-values.ts';
import type {Terminal} from '../terminal/terminal.ts';
import {UsageError} from '../usage-error.ts';

interface ExportFlags {
  readonly table: TableName;
  readonly format?: TableFormat;
  readonly experiment?: readonly string[];
  readonly results: string;
  readonly out: string;
  readonly json?: true;
}

/** What `export --json` prints. */
interface ExportDocument {
  readonly table: TableName;
  readonly format: TableFormat;
  readonly out: string;
  readonly rows: number;
  readonly experiments: readonly ExportedRows[];
}

export function exportCommand(io: Terminal, finish: Finish): Command {
  return new Command('export')
    .description('write records as a table for pandas, DuckDB, R or a spreadsheet')
    .addOption(
      new Option('--table <name>', 'what a row is').choices(Object.keys(resultTables)).makeOptionMandatory(),
    )
    .addOption(
      new Option(
        '--format <name>',
        'how it is written; by the ending of --out otherwise, csv where that has none',
      ).choices(Object.keys(tableFormats)),
    )
    .option(
      '--experiment <name>',
      'of which experiment, again for a further one; all of the folder otherwise',
      (name: string, before: readonly string[] = []) => [...before, folderName(name)],
    )
    .option('--results <folder>', 'where the records are', 'results')
    .option('--out <file>', 'where the table goes; - is standard output', '-')
    .option('--json', 'print one JSON document on standard output: what was written, and how many rows')
    .addHelpText('after', `\nTables:\n${tableLines().join('\n')}`)
    .action(async (flags: ExportFlags) => {
      const {table, out} = flags;
      const format = formatOf(flags);
      if (out === '-') refuseStandardOutput(io, format, flags);
      const store = openStore(flags.results);
      const heads = await headsOf(store, flags.experiment ?? []);
      const experiments: ExportedRows[] = [];
      const done = await interruptible(
        io,
        async (signal) => {
          const rows = (): AsyncIterable<readonly TableRow[]> =>
            until(signal, exportRows(store, heads, resultTables[table], experiments));
          const pieces = (): AsyncIterable<string | Uint8Array> =>
            tableFormats[format](resultTables[table], rows());
          try {
            if (out === '-') await print(io, pieces());
            else await writeAtomically(out, pieces);
          } catch (error) {
            if (!signal.aborted) throw error;
          }
          return !signal.aborted;
        },
        'stopping',
      );
      if (!done) return finish(exitCodes.interrupted);
      const rows = experiments.reduce((sum, each) => sum + each.rows, 0);
      const document: ExportDocument = {table, format, out, rows, experiments};
      if (flags.json) io.print(JSON.stringify(document, null, 2));
      else for (const line of notes(document)) io.note(line);
      finish(exitCodes.done);
    });
}

/** @throws {UsageError} where --out has an ending that says nothing */
function formatOf({format, out}: ExportFlags): TableFormat {
  const ending = extname(out).slice(1).toLowerCase();
  if (format !== undefined) return format;
  if (out === '-' || ending === '') return 'csv';
  if (isTableFormat(ending)) return ending;
  throw new UsageError(
    `${out} ends in none of ${Object.keys(tableFormats).join(', ')}; say with --format what to write`,
  );
}

function refuseStandardOutput(io: Terminal, format: TableFormat, {json}: ExportFlags): void {
  if (json) {
    throw new UsageError('--json and the table would both go to standard output; name a file with --out');
  }
  if (format === 'parquet' && io.outputIsTerminal) {
    throw new UsageError('parquet is not for a terminal; name a file with --out');
  }
}

/** Stops where nobody reads on, as `head` does. */
async function print(io: Terminal, pieces: AsyncIterable<string | Uint8Array>): Promise<void> {
  for await (const piece of pieces) {
    await io.write(piece);
    if (io.gone) return;
  }
}

async function* until<T>(signal: AbortSignal, items: AsyncIterable<T>): AsyncGenerator<T> {
  for await (const item of items) {
    signal.throwIfAborted();
    yield item;
  }
}

function notes({table, out, rows, experiments}: ExportDocument): string[] {
  const from = experiments.filter((each) => each.rows > 0).map(({experiment}) => experiment);
  const left = experiments.filter(({leftOut}) => leftOut > 0);
  return [
    ...left.map(
      ({experiment, leftOut}) =>
        `left out ${leftOut} records of "${experiment}" that its experiment.json does not name: they are of another spec`,
    ),
    ...(rows === 0
      ? [`no rows: these experiments measured nothing for ${table}`]
      : out === '-'
        ? []
        : [`${rows} rows of ${from.join(', ')} in ${out}`]),
  ];
}

function tableLines(): string[] {
  const widest = Math.max(...Object.keys(resultTables).map((name) => name.length));
  return Object.entries(resultTables).map(([name, {row}]) => `  ${name.padEnd(widest)}  ${row}`);
}
