import {createGenerator} from '@minefield/core';
import {inverseTemperatureFor, localLearningCoefficient} from '@minefield/landscape';
import {yieldingToEventLoop} from '../measurements/yield-to-event-loop.ts';
import type {Measurement} from './measurement.ts';
import {finiteOrNull} from '../measurements/numbers.ts';

/** The local learning coefficient of the clean training loss over all training examples. */
export const measureLlc: Measurement<'llc'> = async (
  {theta, data, objective, seed},
  {chains, burnIn, draws, stepSize, localization, blocks},
  {signal, onProgress},
) => {
  const inverseTemperature = inverseTemperatureFor(data.train.labels.length);
  const found = await localLearningCoefficient(yieldingToEventLoop(objective), theta, {
    generator: createGenerator(seed, 'llc'),
    inverseTemperature,
    localization,
    stepSize,
    burnIn,
    draws,
    chains,
    signal,
    ...(onProgress && {onProgress: (done, total) => onProgress(done / total)}),
  });
  return {
    learningCoefficient: found.coefficient,
    standardError: found.standardError,
    chainSpread: found.chainSpread,
    rHat: found.rHat,
    inverseTemperature,
    anchorLoss: found.anchorLoss,
    chains: found.chains.map(({coefficient, acceptance, losses}) => ({
      coefficient,
      acceptance,
      trace: blockMeans(losses, blocks).map((loss) =>
        finiteOrNull(inverseTemperature * (loss - found.anchorLoss)),
      ),
    })),
    warning: found.warning,
  };
};

/** Means of equal blocks, in order; a rest too short for a block is left out. */
function blockMeans(values: Float64Array, blocks: number): number[] {
  const size = Math.floor(values.length / blocks);
  return Array.from({length: blocks}, (_, b) => {
    const block = values.subarray(b * size, (b + 1) * size);
    return block.reduce((sum, value) => sum + value, 0) / size;
  });
}
