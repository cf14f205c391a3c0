import {InputError, at, portableHypot} from '@minefield/core';
import {type Model, balanceNeurons, rescaleNeurons} from '@minefield/models';
import type {AnalysisOf} from '@minefield/results';
import type {AnalysisSettings} from '@minefield/spec';
import {basinCutoff, followRays} from './basin.ts';
import {measureCurvature} from './curvature.ts';
import type {Measurement, Minimum} from './measurement.ts';
import type {StepContext} from './step-context.ts';

/** The same function by other weights (Dinh et al. 2017), along the same rays: what of a basin hangs on the units? */
export const measureUnits: Measurement<'units'> = async (minimum, settings, context) => {
  const {model, theta} = minimum;
  const {factor, neurons} = settings;
  const middle = hiddenWidths(model).length >> 1;
  const rescaled = (count: number): Float32Array =>
    rescaleNeurons(
      model,
      theta,
      hiddenWidths(model).map((width, layer) =>
        Float64Array.from({length: width}, (_, unit) => (layer === middle && unit < count ? factor : 1)),
      ),
    );
  const measured = (weights: Float32Array): Promise<Weights> =>
    measureWeights({...minimum, theta: weights}, settings, context);
  return {
    trained: await measured(theta),
    layer: await measured(rescaled(Infinity)),
    neurons: await measured(rescaled(neurons)),
    balanced: await measured(balanceNeurons(model, theta)),
  };
};

type Weights = AnalysisOf<'units'>['data']['trained'];

async function measureWeights(
  minimum: Minimum,
  {radii, curvature}: AnalysisSettings<'units'>,
  {signal}: StepContext,
): Promise<Weights> {
  const {theta, objective} = minimum;
  const {largestEigenvalue} = await measureCurvature(minimum, curvature, {signal});
  const {measured} = await followRays(minimum, radii, {signal});
  return {
    norm: portableHypot(theta),
    trainLoss: at(await objective.loss(theta), 0),
    largestEigenvalue,
    cutoffs: measured.cutoffs.map((cutoff) => {
      const {kind, value, censored, meanRadius, relative, raw} = basinCutoff(cutoff, measured);
      const stableLogVolume = {
        relative: relative?.stableLogVolume ?? null,
        raw: raw?.stableLogVolume ?? null,
      };
      return {kind, value, ...(censored > 0 && {censored}), meanRadius, stableLogVolume};
    }),
  };
}

function hiddenWidths({name, rectified}: Model): readonly number[] {
  if (rectified === undefined) {
    throw new InputError(
      `experiments.measureUnits: expected a perceptron with ReLUs, got ${name}; other functions change with the scale of what they are given`,
    );
  }
  return rectified.units;
}
