import {type Objective, InputError, at} from '@minefield/core';
import type {Model} from '@minefield/models';
import type {AnalysisOf} from '@minefield/results';
import type {AnalysisSettings} from '@minefield/spec';
import {accuracies} from './accuracies.ts';
import {summarizeLandscape} from './landscape-summary.ts';
import type {Measurement, Minimum} from './measurement.ts';
import type {StepContext} from './step-context.ts';
import {walkPath} from './walk-path.ts';

/** Halvings of the interval in which the factor lies: as many digits as float32 has. */
const HALVINGS = 24;

/**
 * A poisoned network beside the one of the same seed without poison, at the same training loss: cross-entropy that saturates
 * flattens any Hessian, so two networks are compared fairly only where both are as sure of their training points.
 */
export const measureMatched: Measurement<'matched'> = async (minimum, settings, context) => {
  const {model, theta, objective, poisonFactor} = minimum;
  if (poisonFactor === 0) {
    throw new InputError('experiments.measureMatched: expected a poisoned run, got one without poison');
  }
  const run = {
    ...minimum.run,
    recipe: {...minimum.run.recipe, evaluateEvery: settings.evaluateEvery},
  };
  const {iterates, curves, end} = await walkPath({...minimum, run, poisonFactor: 0, theta: null}, context);
  context.onProgress?.(0.5);
  const loss = await lossOf(objective, theta);
  const stop = curves.trainLoss.findIndex((value) => value <= loss);
  const step = curves.step[stop];
  const stopped = step === undefined ? undefined : iterates.get(step);
  const factor = await factorTo(loss, objective, end, model);
  const measured = (point: Float32Array): Promise<Network> =>
    networkAt({...minimum, theta: point}, settings, context);
  return {
    poisoned: await measured(theta),
    natural: await measured(end),
    stopped: step === undefined || stopped === undefined ? null : {step, network: await measured(stopped)},
    scaled: factor === null ? null : {factor, network: await measured(scaledBy(factor, end, model))},
  };
};

type Network = AnalysisOf<'matched'>['data']['poisoned'];

async function networkAt(
  minimum: Minimum,
  settings: AnalysisSettings<'matched'>,
  context: StepContext,
): Promise<Network> {
  const {model, theta, data, objective} = minimum;
  return {
    trainLoss: await lossOf(objective, theta),
    trainAccuracy: at(await accuracies(model, theta, data.train), 0),
    testAccuracy: at(await accuracies(model, theta, data.test), 0),
    ...(await summarizeLandscape(minimum, settings, context)),
  };
}

/** What the last layer is to be multiplied by for a loss, between 0 and 1; null where the network's own is no lower, or that of no logits no higher. */
async function factorTo(
  loss: number,
  objective: Objective,
  theta: Float32Array,
  model: Model,
): Promise<number | null> {
  if (!((await lossOf(objective, theta)) < loss)) return null;
  if (!((await lossOf(objective, scaledBy(0, theta, model))) > loss)) return null;
  let [low, high] = [0, 1];
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = (low + high) / 2;
    if ((await lossOf(objective, scaledBy(middle, theta, model))) > loss) low = middle;
    else high = middle;
  }
  return high;
}

/** The same network with its last layer, and so its logits, multiplied by a factor. */
function scaledBy(factor: number, theta: Float32Array, {layout}: Model): Float32Array {
  const last = layout.slices.findLast(({role}) => role === 'kernel');
  const from = last?.offset ?? theta.length;
  return theta.map((value, i) => (i < from ? value : factor * value));
}

async function lossOf(objective: Objective, theta: Float32Array): Promise<number> {
  return at(await objective.loss(theta), 0);
}
