/** What an analysis is: a minimum and settings in, the data of its record out. */
import type {Objective} from '@minefield/core';
import type {Model} from '@minefield/models';
import type {AnalysisOf} from '@minefield/results';
import type {AnalysisName, AnalysisSettings, RunSpec} from '@minefield/spec';
import type {AnalysisInput} from '../jobs/task.ts';
import type {ExperimentData} from '../materials/experiment-data.ts';
import type {StepContext} from './step-context.ts';

/** A trained network, its statistics fixed, and its data: what every analysis looks at. */
export interface Minimum {
  readonly model: Model;
  readonly theta: Float32Array;
  readonly data: ExperimentData;
  /** Clean training loss. */
  readonly objective: Objective;
  /** Directions of an analysis are drawn from streams of the run's seed. */
  readonly seed: number;
  /** How it was trained. */
  readonly run: RunSpec;
  /** β of that training. */
  readonly poisonFactor: number;
  /** Other records that this analysis reads, with their files. */
  readonly inputs: readonly AnalysisInput[];
}

/** What an analysis gives: the data of its record, and a file of parameters where it found some. */
export interface Measured<Name extends AnalysisName> {
  readonly data: AnalysisOf<Name>['data'];
  readonly checkpoint?: (identity: string) => Uint8Array;
}

/** The parts of every analysis but those that find networks of their own. */
export type Measurement<Name extends AnalysisName> = (
  minimum: Minimum,
  settings: AnalysisSettings<Name>,
  context: StepContext,
) => Promise<AnalysisOf<Name>['data']>;

/** An analysis of any kind. */
export type Measurer<Name extends AnalysisName> = (
  ...parameters: Parameters<Measurement<Name>>
) => Promise<Measured<Name>>;
