/** What explorers know of an experiment on points of the plane: a file of the site, made of its records. */
import type {DatasetSpec, Initialization} from '@minefield/spec';

export interface ExplorerRun {
  readonly seed: number;
  readonly poisonFactor: number;
  /** The run's page, from the root of the site. */
  readonly page: string;
  /** Its checkpoint, from the root of the site; null where there is none. */
  readonly checkpoint: string | null;
  readonly trainLoss: number | null;
  /** Shares of 1. */
  readonly trainAccuracy: number | null;
  readonly testAccuracy: number | null;
  /** Training accuracy minus accuracy on fresh points, or test points where none were drawn. */
  readonly gap: number | null;
  /** Mean distance of the training points from the boundary, in units of the inputs. */
  readonly meanMargin: number | null;
  /** Largest eigenvalue of the Hessian in relative coordinates. */
  readonly largestEigenvalue: number | null;
  /** Mean radius in relative coordinates at each cutoff; null where the basin has none, or was not measured. */
  readonly meanRadius: readonly (number | null)[];
  /** Natural logarithm of the volume in relative coordinates by the stable statistic, at each cutoff. */
  readonly stableLogVolume: readonly (number | null)[];
  /** The same, of the bound by the mean over rays. */
  readonly logVolume: readonly (number | null)[];
}

export interface ExplorerExperiment {
  readonly experiment: string;
  readonly dataset: DatasetSpec;
  /** Half the side of the square that boundaries are drawn on: that of the records, or one with room around the points. */
  readonly halfWidth: number;
  /** Units of each hidden layer. */
  readonly hidden: readonly number[];
  /** How every network was made before its first step. */
  readonly initialization: Initialization;
  /** How basins were measured: where rays were given up, and the relative tolerance asked of radii; null where none was. */
  readonly basin: {readonly maximumRadius: number; readonly tolerance: number} | null;
  /** Parameters that move in relative coordinates. */
  readonly dimension: number | null;
  /** Rising. */
  readonly levels: readonly number[];
  readonly seeds: readonly number[];
  /** Cutoffs of the loss, as `kind` and `value` of the records; all lists of a run go by them. */
  readonly cutoffs: readonly {readonly kind: string; readonly value: number}[];
  readonly runs: readonly ExplorerRun[];
}

export function runAt(
  {runs}: ExplorerExperiment,
  seed: number,
  poisonFactor: number | undefined,
): ExplorerRun | undefined {
  return runs.find((run) => run.seed === seed && run.poisonFactor === poisonFactor);
}
