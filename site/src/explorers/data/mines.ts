/** A path of ordinary training, and the bad minima that were sought from points on it: a record of `minefield`. */
import type {DatasetSpec, Initialization, TrainingRecipe} from '@minefield/spec';

export interface ExplorerMines {
  readonly seed: number;
  readonly dataset: DatasetSpec;
  readonly hidden: readonly number[];
  readonly initialization: Initialization;
  /** How the path was trained. */
  readonly recipe: TrainingRecipe;
  /** How bad minima were sought from it. */
  readonly search: {readonly poisonFactor: number; readonly recipe: TrainingRecipe};
  /** The end of the path, from the root of the site; null where it was not kept. */
  readonly checkpoint: string | null;
  readonly stepsPerEpoch: number;
  readonly path: {
    readonly step: readonly number[];
    readonly trainLoss: readonly number[];
    readonly trainAccuracy: readonly number[];
    readonly testAccuracy: readonly number[];
    /** On the map. */
    readonly x: readonly number[];
    readonly y: readonly number[];
  };
  /** What each search ended with. */
  readonly minima: {
    /** Step of the path that it set out from. */
    readonly start: readonly number[];
    readonly trainLoss: readonly (number | null)[];
    readonly trainAccuracy: readonly number[];
    readonly testAccuracy: readonly number[];
    /** From there, in the space of the weights. */
    readonly distance: readonly number[];
    readonly x: readonly number[];
    readonly y: readonly number[];
  };
}
