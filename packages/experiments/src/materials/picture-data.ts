import type {Splits} from '@minefield/datasets';
import {exampleSizeOf} from '@minefield/models';
import {poisonInEpochs} from '@minefield/training';
import type {ExperimentData} from './experiment-data.ts';

/** Pictures of which each poison example comes once in every epoch of poison. */
export function pictureData({train, test, poison}: Splits): ExperimentData {
  return {train, test, fresh: null, poison: poisonInEpochs(poison, exampleSizeOf(poison))};
}
