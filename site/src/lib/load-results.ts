/** The validation boundary: what lies behind it has the shape that its type says. */
import {relative} from 'node:path';
import {CLAIMED_EXPERIMENTS} from '@minefield/claims';
import {
  type AnalysisRecord,
  type ExperimentRecord,
  type RecordSet,
  type ResultRecord,
  namedRecords,
  recordSet,
  shortIdentity,
} from '@minefield/results';
import {openStore} from '@minefield/results/node';

/**
 * One experiment with the records that its jobs name; records of earlier specs are left out, and analyses whose run is not
 * there, for nothing tells what they measured.
 */
export interface Experiment {
  readonly record: ExperimentRecord;
  readonly records: RecordSet;
  /** Every analysis, of whatever kind. */
  readonly analyses: readonly AnalysisRecord[];
  /** Jobs that have a record. */
  readonly done: number;
  /** File of each record relative to the results folder, the experiment's own included. */
  readonly files: ReadonlyMap<ResultRecord, string>;
  /** What each run is called in addresses, by its identity; see {@link withAddresses}. */
  readonly addresses: ReadonlyMap<string, string>;
}

/**
 * Every experiment of a results folder, sorted by name; none where there is no such folder.
 *
 * @throws {StoreError} naming each bad file and every failing path in it
 */
export async function loadExperiments(results: string): Promise<readonly Experiment[]> {
  const store = openStore(results);
  const all = await store.readRecords();
  const heads = all.filter((record) => record.kind === 'experiment');
  const found = heads
    .toSorted((a, b) => (a.experiment < b.experiment ? -1 : 1))
    .map((experiment): Omit<Experiment, 'addresses'> => {
      const done = namedRecords(experiment, all);
      const files = [experiment, ...done].map(
        (record) => [record, relative(results, store.pathOf(record))] as const,
      );
      return {
        record: experiment,
        records: recordSet([experiment, ...done]),
        analyses: done.filter((record) => record.kind === 'analysis'),
        done: done.length,
        files: new Map(files),
      };
    });
  return withAddresses(found);
}

/**
 * Names the runs in addresses: by the start of their identities, and where several experiments have the same run by the
 * experiment too, but for one of those that ship, else for the first. Each has a page of its own, for what was measured of
 * the run is each experiment's choice, and on a graphics card its numbers need not have the same bits.
 */
function withAddresses(found: readonly Omit<Experiment, 'addresses'>[]): readonly Experiment[] {
  const ships = ({record}: Pick<Experiment, 'record'>): number =>
    Number(CLAIMED_EXPERIMENTS.includes(record.experiment));
  const first = new Map<string, string>();
  for (const {record, records} of found.toSorted((a, b) => ships(b) - ships(a))) {
    for (const {identity} of records.runs()) if (!first.has(identity)) first.set(identity, record.experiment);
  }
  return found.map((one) => {
    const {experiment} = one.record;
    const addresses = one.records.runs().map(({identity}): [string, string] => {
      const short = shortIdentity(identity);
      return [identity, first.get(identity) === experiment ? short : `${short}-${experiment}`];
    });
    return {...one, addresses: new Map(addresses)};
  });
}
