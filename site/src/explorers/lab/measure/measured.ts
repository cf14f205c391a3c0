/** What is measured, and on what. */
import type {DatasetSpec} from '@minefield/spec';
import type {ValueOf} from '../../engine/engine.ts';
import type {LabelledPoints} from './read-points.ts';

/** Points of an experiment, which are drawn from a seed. */
export interface KnownData {
  readonly experiment: string;
  readonly dataset: DatasetSpec;
  /** Units of each hidden layer of its networks. */
  readonly hidden: readonly number[];
  /** Whether the command draws them by itself, as `two-spirals:<seed>`. */
  readonly drawnByCommand: boolean;
}

/** Points of a reader's file. */
export interface OwnData {
  readonly file: string;
  readonly points: LabelledPoints;
}

export type Measure = ValueOf<'measureNetwork'>;
