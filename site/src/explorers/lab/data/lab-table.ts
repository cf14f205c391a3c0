/** The runs as rows to look into, out of the columns of the file. */
import {poison} from '../../../lib/format.ts';
import type {LabExperiment, LabFile} from './lab-file.ts';
import {type Quantity, quantitiesFor} from './quantities.ts';

export interface LabTable {
  readonly file: LabFile;
  /** How many runs there are. */
  readonly size: number;
  /** Quantities that any run has. */
  readonly quantities: readonly Quantity[];
  readonly quantity: (key: string) => Quantity | undefined;
  /** A number of a run; null where it has none. */
  readonly number: (key: string, row: number) => number | null;
  readonly word: (key: string, row: number) => string | null;
  readonly experiment: (row: number) => LabExperiment | undefined;
  /** The row of the run of that identity, −1 for none. */
  readonly rowOf: (id: string) => number;
  readonly id: (row: number) => string;
  /** `toy, β = 0.8, seed 1` */
  readonly name: (row: number) => string;
}

export function labTable(file: LabFile): LabTable {
  const quantities = quantitiesFor(file.cutoffs).filter(({key}) => file.numbers[key] !== undefined);
  const byKey = new Map(quantities.map((quantity) => [quantity.key, quantity]));
  const rows = new Map(file.id.map((id, row) => [id, row]));
  // An address may ask for any key, such as one that every object has.
  const number = (key: string, row: number): number | null => own(file.numbers, key)?.[row] ?? null;
  const word = (key: string, row: number): string | null => {
    const column = own(file.words, key);
    const place = column?.at[row] ?? null;
    return place === null ? null : (column?.values[place] ?? null);
  };
  return {
    file,
    size: file.id.length,
    quantities,
    quantity: (key) => byKey.get(key),
    number,
    word,
    experiment: (row) => file.experiments.find(({name}) => name === word('experiment', row)),
    rowOf: (id) => rows.get(id) ?? -1,
    id: (row) => file.id[row] ?? '',
    name: (row) =>
      `${word('experiment', row) ?? ''}, β = ${poison(number('beta', row))}, seed ${number('seed', row)}`,
  };
}

function own<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
