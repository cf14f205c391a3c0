/** What was measured of the runs that are compared, fetched as it is wanted and kept. */
import type {AnalysisOf, RunRecord} from '@minefield/results';
import {type Signal, useSignal} from '@preact/signals';
import {useEffect} from 'preact/hooks';
import {loadFile} from '../../data/load-file.ts';
import {type LabExperiment, loadLabRecords} from '../data/lab-file.ts';
import {type PinMark, pinMarks} from '../state.ts';
import type {LabTable} from '../data/lab-table.ts';

export interface Pinned {
  readonly row: number;
  readonly id: string;
  readonly mark: PinMark;
  readonly name: string;
  readonly seed: number;
  readonly poisonFactor: number;
  readonly numerics: string;
  readonly experiment: LabExperiment;
}

export function pinnedRuns(table: LabTable, ids: readonly string[]): readonly Pinned[] {
  return ids.flatMap((id, i) => {
    const row = table.rowOf(id);
    const [experiment, mark] = [table.experiment(row), pinMarks[i]];
    return experiment === undefined || mark === undefined
      ? []
      : [
          {
            row,
            id,
            mark,
            name: table.name(row),
            seed: table.number('seed', row) ?? 0,
            poisonFactor: table.number('beta', row) ?? 0,
            numerics: table.word('numerics', row) ?? '',
            experiment,
          },
        ];
  });
}

/** The record of a run, or one of its analyses; null where it was not measured. */
async function recordOf(id: string, kind: string): Promise<unknown> {
  const path = (await loadLabRecords())[id]?.[kind];
  return path === undefined ? null : loadFile(path);
}

interface Records {
  readonly run: RunRecord;
  readonly spectrum: AnalysisOf<'spectrum'>;
  readonly boundary: AnalysisOf<'boundary'>;
}

/** A record of each pinned run by its identity: undefined while it is on its way, null where it was not measured. */
export function useRecords<Kind extends keyof Records>(
  pinned: readonly Pinned[],
  kind: Kind,
  fault: Signal<string>,
): ReadonlyMap<string, Records[Kind] | null> {
  const records = useSignal<ReadonlyMap<string, Records[Kind] | null>>(new Map());
  const wanted = pinned.map(({id}) => id).join();
  useEffect(() => {
    for (const {id} of pinned) {
      if (records.value.has(id)) continue;
      // The site's own records were checked when it was built.
      recordOf(id, kind).then(
        (record) => (records.value = new Map([...records.value, [id, record as Records[Kind] | null]])),
        (error: Error) => (fault.value = error.message),
      );
    }
  }, [wanted]);
  return records.value;
}
