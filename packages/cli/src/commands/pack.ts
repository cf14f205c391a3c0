import {sweepStatus} from '@minefield/experiments';
import {type PackedKind, type Store, openStore, packRecords, unpackRecords} from '@minefield/results/node';
import {Command} from 'commander';
import {exitCodes} from '../exit-codes.ts';
import {experimentsIn} from '../experiments-in.ts';
import type {Finish} from '../finish.ts';
import {folderName} from '../option-values.ts';
import type {Terminal} from '../terminal/terminal.ts';
import {UsageError} from '../usage-error.ts';

interface PackFlags {
  readonly results: string;
  readonly undo?: true;
  readonly all?: true;
  readonly json?: true;
}

/** How the records of an experiment lie now. */
interface PackedExperiment {
  readonly experiment: string;
  readonly kinds: readonly PackedKind[];
}

/** What `pack --json` prints. */
interface PackDocument {
  /** In packs, and in files of their own. */
  readonly packed: number;
  readonly loose: number;
  readonly bytesBefore: number;
  readonly bytesAfter: number;
  readonly experiments: readonly PackedExperiment[];
}

export function packCommand(io: Terminal, finish: Finish): Command {
  return new Command('pack')
    .description('move records into packs, compressed files of one kind each; everything reads them there')
    .argument('[experiment...]', 'names of experiments in that folder; all of them otherwise', addName, [])
    .option('--results <folder>', 'where the records are', 'results')
    .option('--all', 'pack few records too, not just 20 of a kind or more with 100 kB or more')
    .option('--undo', 'put them back into files of their own, as they were')
    .option('--json', 'print one JSON document on standard output')
    .action(async (named: readonly string[], {results, undo, all, json}: PackFlags) => {
      if (undo && all) throw new UsageError('--undo takes all packs apart; leave out --all');
      const store = openStore(results);
      const experiments: PackedExperiment[] = [];
      for (const experiment of await wanted(store, named)) {
        const kinds = undo
          ? await unpackRecords(results, experiment)
          : await packRecords(results, experiment, {all: all === true});
        experiments.push({experiment, kinds});
      }
      const document = documentOf(experiments);
      if (json) io.print(JSON.stringify(document, null, 2));
      else for (const line of lines(document)) io.print(line);
      finish(exitCodes.done);
    });
}

function addName(name: string, names: readonly string[]): readonly string[] {
  return [...names, folderName(name)];
}

/** @throws {UsageError} where one is not there, there is none, or a sweep is running that writes into one */
async function wanted(store: Store, named: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const name of named.length > 0 ? new Set(named) : await experimentsIn(store)) {
    const status = await sweepStatus(store, name);
    if (status === undefined && named.length === 0) continue;
    if (status === undefined) throw missing(store, `experiment "${name}"`);
    if (status.sweeps.length > 0) {
      throw new UsageError(`a sweep of "${name}" is writing records there; wait until it has ended`);
    }
    found.push(name);
  }
  if (found.length === 0) throw missing(store, 'experiment');
  return found;
}

function missing({directory}: Store, what: string): UsageError {
  return new UsageError(
    `no ${what} in ${directory}; name the folder of "minefield run --out" with --results`,
  );
}

function documentOf(experiments: readonly PackedExperiment[]): PackDocument {
  const kinds = experiments.flatMap((one) => one.kinds);
  const sum = (of: (kind: PackedKind) => number): number =>
    kinds.reduce((total, kind) => total + of(kind), 0);
  return {
    packed: sum(({packed}) => packed),
    loose: sum(({loose}) => loose),
    bytesBefore: sum(({bytesBefore}) => bytesBefore),
    bytesAfter: sum(({bytesAfter}) => bytesAfter),
    experiments,
  };
}

function lines(document: PackDocument): string[] {
  const rows = document.experiments.flatMap(({experiment, kinds}) =>
    kinds.map((kind) => ({label: `${experiment}/${kind.kind}`, ...kind})),
  );
  const told = rows.filter(({packed, bytesBefore, bytesAfter}) => packed > 0 || bytesBefore !== bytesAfter);
  const widest = Math.max(0, ...told.map(({label}) => label.length));
  return [
    ...told.map((row) => `${row.label.padEnd(widest)}  ${count(row)}, ${sizes(row)}`),
    `${count(document)}; ${sizes(document)}`,
  ];
}

function count({packed, loose}: {readonly packed: number; readonly loose: number}): string {
  const inFiles = `${loose} in files of their own`;
  if (packed === 0) return inFiles;
  return loose === 0 ? `${packed} packed` : `${packed} packed, ${inFiles}`;
}

function sizes({
  bytesBefore,
  bytesAfter,
}: {
  readonly bytesBefore: number;
  readonly bytesAfter: number;
}): string {
  return bytesBefore === bytesAfter ? size(bytesAfter) : `${size(bytesBefore)} → ${size(bytesAfter)}`;
}

function size(bytes: number): string {
  return bytes < 1e6 ? `${Math.round(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(2)} MB`;
}
