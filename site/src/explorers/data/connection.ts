/** Paths between a bad minimum and a good one of the same data, as the records of `connectivity` have them. */

/** Loss and accuracies at the positions of a path. */
export interface MeasuredPath {
  /** null where it is no number */
  readonly trainLoss: readonly (number | null)[];
  readonly trainAccuracy: readonly number[];
  readonly testAccuracy: readonly number[];
  /** How far the loss rises above the straight line between the losses of the ends. */
  readonly barrier: number | null;
}

export interface ExplorerConnection {
  readonly seed: number;
  /** Of the bad end, at position 0. */
  readonly poisonFactor: number;
  /** Of the good end, at position 1. */
  readonly otherPoisonFactor: number;
  readonly positions: readonly number[];
  readonly line: MeasuredPath;
  readonly bend: MeasuredPath;
  /** Of Adam on the control point. */
  readonly steps: number;
  readonly learningRate: number;
}

export interface ExplorerConnections {
  readonly connections: readonly ExplorerConnection[];
}
