/** Which points the loss is taken on: those of an experiment's seed, or the reader's own. */
import type {Signal} from '@preact/signals';
import {useId} from 'preact/hooks';
import {Choice} from '../../ui/choice.tsx';
import {FileDrop} from './file-drop.tsx';
import type {KnownData, OwnData} from './measured.ts';
import {readPoints} from './read-points.ts';

interface Props {
  readonly known: readonly KnownData[];
  /** An experiment, or `file`. */
  readonly source: Signal<string>;
  readonly seed: Signal<number>;
  readonly own: Signal<OwnData | null>;
  readonly fault: Signal<string>;
}

const MOST_BYTES = 2_000_000;

export function DataChoice({known, source, seed, own, fault}: Props) {
  const id = useId();
  const take = async (file: File): Promise<void> => {
    [fault.value, own.value] = ['', null];
    try {
      if (file.size > MOST_BYTES) throw new Error(`expected at most ${MOST_BYTES / 1e6} MB`);
      own.value = {file: file.name, points: readPoints(await file.text())};
    } catch (error) {
      fault.value = `${file.name}: ${(error as Error).message}`;
    }
  };
  return (
    <div class="lab-data">
      <Choice
        label="Its training points"
        value={source}
        options={[
          ...known.map(({experiment}) => ({value: experiment, label: `of ${experiment}`})),
          {value: 'file', label: 'a file of mine'},
        ]}
      />
      {source.value === 'file' ? (
        <FileDrop
          label="CSV or JSON: x, y and label (0 or 1) of each point"
          accept=".csv,.json,.txt"
          onFile={(file) => void take(file)}
        >
          <span>
            {own.value === null
              ? 'No points yet.'
              : `${own.value.file}: ${own.value.points.labels.length} points.`}
          </span>
        </FileDrop>
      ) : (
        <div class="explorer-select">
          <label for={id}>Seed of the data and the rays</label>
          <input
            id={id}
            type="number"
            min="0"
            step="1"
            value={seed.value}
            onChange={(event) => {
              const value = event.currentTarget.valueAsNumber;
              if (Number.isSafeInteger(value) && value >= 0) seed.value = value;
              else event.currentTarget.value = String(seed.value);
            }}
          />
        </div>
      )}
    </div>
  );
}
