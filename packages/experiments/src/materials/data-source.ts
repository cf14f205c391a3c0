import type {DatasetName, DatasetOf, DatasetSpec} from '@minefield/spec';
import type {ExperimentData} from './experiment-data.ts';

/** One data set as experiments know it: a value that is passed to whoever draws, never a state of the process. */
export interface DataSource<Spec extends DatasetSpec = DatasetSpec> {
  /** SHA-256 of the file that it reads, lower-case hexadecimal; null where it reads none. */
  readonly file: string | null;
  /** What has to be done before anything can be drawn, as a sentence; null where nothing has. */
  readonly missing: string | null;
  /** What readers of a record must know of the data, such as `SVHN-derived (grey), unofficial`; null where there is nothing. */
  readonly label: string | null;
  /**
   * The spec with what the file at hand decides.
   *
   * @throws {InputError} where the file contradicts the spec
   */
  resolve(spec: Spec): Spec;
  /**
   * Names the data that a seed draws, bit for bit; part of the identity of every job that uses them.
   *
   * @throws {InputError} where the file is missing or has too few examples
   */
  fingerprint(spec: Spec, seed: number): string;
  /** @throws {InputError} where the file is missing or has too few examples */
  draw(spec: Spec, seed: number): ExperimentData;
}

/** A source for every data set that specs know. */
export type DataSources = {readonly [Name in DatasetName]: DataSource<DatasetOf<Name>>};

/** What every source does that draws by arithmetic. */
export const drawnByArithmetic = {
  file: null,
  missing: null,
  label: null,
  resolve: <Spec>(spec: Spec): Spec => spec,
} as const;
