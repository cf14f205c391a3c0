import {basename, dirname} from 'node:path';
import {InvalidRecordError} from '../invalid-record-error.ts';
import type {LearningCurves, ResultRecord, RunRecord} from '../record.ts';
import type {TableKind} from '../tables/table.ts';
import {type Fault, faultsByFile} from './examine.ts';
import {analysisIdentityFaults} from './identity-fault.ts';
import type {RecordPlace, RecordPlaces} from './record-places.ts';
import {StoreError} from './store-error.ts';

type Streamed = Exclude<ResultRecord, {kind: 'experiment'}>;

/**
 * The records of some kinds, one after another: kind by kind, in order of path. No more of them is held than one, of runs no
 * more than what their analyses are held against.
 *
 * @throws {StoreError} after all that is whole, naming every bad file
 */
export async function* streamRecords(
  places: RecordPlaces,
  experiment: string,
  kinds: readonly TableKind[],
): AsyncGenerator<Streamed> {
  const {places: all, damaged} = await places.all(experiment);
  const ofKind = Map.groupBy(all.filter(isNoHead), ({path}) => basename(dirname(path)));
  const faulty: Fault[] = damaged.map((error) => ({file: error.source, error}));

  async function* whole(
    kind: string,
  ): AsyncGenerator<{readonly record: Streamed; readonly place: RecordPlace}> {
    for (const place of ofKind.get(kind) ?? []) {
      try {
        const record = await place.read();
        if (record.kind !== 'experiment') yield {record, place};
      } catch (error) {
        if (!(error instanceof StoreError || error instanceof InvalidRecordError)) throw error;
        faulty.push({file: place.file, error});
      }
    }
  }

  const runs: RunRecord[] = [];
  for await (const {record} of whole('run')) {
    if (record.kind === 'run') runs.push(withoutCurves(record));
    if (kinds.includes('run')) yield record;
  }
  const faultOf = analysisIdentityFaults(runs);
  for (const kind of kinds.filter((name) => name !== 'run')) {
    for await (const {record, place} of whole(kind)) {
      const error = record.kind === 'analysis' ? faultOf(record, place.source) : undefined;
      if (error === undefined) yield record;
      else faulty.push({file: place.file, error});
    }
  }
  const faults = faultsByFile(faulty);
  const [first] = faults;
  if (first !== undefined) {
    throw new StoreError(faults.map(({message}) => message).join('\n'), first.file, first.code);
  }
}

function isNoHead({path}: RecordPlace): boolean {
  return basename(path) !== 'experiment.json';
}

/** What an identity follows from, and nothing that is long. */
function withoutCurves(run: RunRecord): RunRecord {
  return {...run, data: {...run.data, curves: NO_CURVES}};
}

const NO_CURVES: LearningCurves = {
  step: [],
  trainLoss: [],
  trainAccuracy: [],
  poisonLoss: [],
  testLoss: [],
  testAccuracy: [],
  learningRate: [],
  gradientNorm: [],
};
