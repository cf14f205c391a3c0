import {type Generator, at, createGenerator} from '@minefield/core';
import {type LabeledExamples, type Model, initialize} from '@minefield/models';
import type {AnalysisOf} from '@minefield/results';
import type {AnalysisSettings} from '@minefield/spec';
import {train} from '@minefield/training';
import {firstExamples} from '../materials/experiment-data.ts';
import {fourDigits} from '../measurements/numbers.ts';
import {accuracies} from './accuracies.ts';
import type {Measurement, Minimum} from './measurement.ts';
import type {StepContext} from './step-context.ts';
import {networkTask} from './train-runs.ts';

/** Networks drawn and tried at once; of no account for what is found. */
const DRAWN = 256;

type Search = AnalysisOf<'guess'>['data']['searches'][number];

/**
 * Guess and check (Chiang et al. 2023): weights are drawn as those before training are, and kept where they happen to get all of a
 * few training examples right. How these do elsewhere, with no optimizer at work, says what the volumes alone prefer; networks
 * trained on the same examples stand beside them.
 */
export const measureGuess: Measurement<'guess'> = async (minimum, settings, context) => {
  const searches: Search[] = [];
  for (const [i, examples] of settings.fitted.entries()) {
    searches.push(await search(minimum, examples, settings, context));
    context.onProgress?.((i + 1) / settings.fitted.length);
  }
  return {searches};
};

async function search(
  minimum: Minimum,
  examples: number,
  settings: AnalysisSettings<'guess'>,
  {signal}: StepContext,
): Promise<Search> {
  const {model, data, seed} = minimum;
  const few = firstExamples(data.train, examples);
  const elsewhere = data.fresh ?? data.test;
  const generator = createGenerator(seed, 'guess', examples);
  const draw = (from: Generator): Float32Array =>
    initialize(model.layout, minimum.run.initialization, {generator: from});
  const guessed: Float32Array[] = [];
  let draws = 0;
  while (guessed.length < settings.wanted && draws < settings.draws) {
    signal?.throwIfAborted();
    const drawn = Array.from({length: Math.min(DRAWN, settings.draws - draws)}, () => draw(generator));
    for (const [k, fits] of (await fitting(model, drawn, few)).entries()) {
      if (guessed.length === settings.wanted) break;
      draws += 1;
      if (fits) guessed.push(at(drawn, k));
    }
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  const starts = createGenerator(seed, 'guess', examples, 'trained');
  const tasks = Array.from({length: settings.trained}, (_, k) => ({
    ...networkTask({seed, poisonFactor: 0, spec: minimum.run}, model, {...data, train: few}),
    initial: draw(starts.derive(k)),
  }));
  const trained = (await train(model, tasks, settings.recipe, {signal})).flatMap(({outcome, theta}) =>
    outcome === 'diverged' ? [] : [theta],
  );
  const fits = await fitting(model, trained, few);
  const fit = trained.filter((_, k) => fits[k]);
  const {functionExamples} = settings;
  const asked = firstExamples(data.test, functionExamples ?? 0);
  return {
    examples,
    draws,
    guessed: await accuracyOf(model, guessed, elsewhere),
    trained: await accuracyOf(model, fit, elsewhere),
    unfit: settings.trained - fit.length,
    ...(functionExamples !== undefined && {
      functions: {
        guessed: await functionsOf(model, guessed, asked),
        trained: await functionsOf(model, fit, asked),
      },
    }),
  };
}

async function fitting(
  model: Model,
  thetas: readonly Float32Array[],
  few: LabeledExamples,
): Promise<boolean[]> {
  return (await accuracies(model, joined(thetas), few)).map((accuracy) => accuracy === 1);
}

/** A few at a time: a thousand networks on ten thousand points are more than a heap holds. */
async function accuracyOf(
  model: Model,
  thetas: readonly Float32Array[],
  examples: LabeledExamples,
): Promise<number[]> {
  const found: number[] = [];
  for (let from = 0; from < thetas.length; from += 8) {
    found.push(...(await accuracies(model, joined(thetas.slice(from, from + 8)), examples)));
  }
  return found.map(fourDigits);
}

/** Of each network, the number whose binary digit k is whether it gets example k right. */
async function functionsOf(
  model: Model,
  thetas: readonly Float32Array[],
  {inputs, labels}: LabeledExamples,
): Promise<number[]> {
  if (thetas.length === 0) return [];
  const found = thetas.map(() => 0);
  const size = inputs.length / labels.length;
  for (let k = 0; k < labels.length; k++) {
    const one = {inputs: inputs.slice(k * size, (k + 1) * size), labels: [at(labels, k)]};
    const right = await accuracies(model, joined(thetas), one);
    right.forEach((accuracy, i) => (found[i] = at(found, i) + accuracy * 2 ** k));
  }
  return found;
}

function joined(thetas: readonly Float32Array[]): Float32Array {
  const length = thetas[0]?.length ?? 0;
  const all = new Float32Array(thetas.length * length);
  thetas.forEach((theta, k) => all.set(theta, k * length));
  return all;
}
