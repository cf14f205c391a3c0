import {spectrumOf} from '@minefield/landscape';
import type {Measurement} from './measurement.ts';
import {kinkData, spreadData} from '../measurements/kinks.ts';
import {finiteOrNull, fourDigits, sevenDigits} from '../measurements/numbers.ts';
import {subjectOf} from './subject-of.ts';

/** Both ends of the Hessian's spectrum in relative coordinates, its trace by two methods and by layer, and its density. */
export const measureSpectrum: Measurement<'spectrum'> = async (
  minimum,
  {steps, extremeSteps, samples},
  {signal, onProgress},
) => {
  const found = await spectrumOf(subjectOf(minimum), {
    seed: minimum.seed,
    coordinates: 'relative',
    steps,
    extremeSteps,
    samples,
    signal,
    ...(onProgress && {onProgress}),
  });
  const {dimension, largest, smallest, converged, trace, layers, density, method, selfCheck} = found;
  const {kink, underMoves} = found;
  return {
    dimension,
    largest,
    smallest,
    converged,
    trace,
    layers: {
      name: (layers ?? []).map(({name}) => name),
      trace: (layers ?? []).map((layer) => sevenDigits(layer.trace)),
      standardError: (layers ?? []).map(({standardError}) => standardError && finiteOrNull(standardError)),
    },
    density: {nodes: density.nodes.map(fourDigits), weights: density.weights.map(fourDigits)},
    method,
    selfCheck,
    kink: kinkData(kink),
    ...(underMoves && {
      underMoves: {
        moves: underMoves.moves,
        size: underMoves.size,
        largest: spreadData(underMoves.largest),
        smallest: spreadData(underMoves.smallest),
      },
    }),
  };
};
