import {at} from '@minefield/core';
import {relativeCoordinates} from '@minefield/landscape';
import {type LabeledExamples, exampleSizeOf, objectiveFromModel} from '@minefield/models';
import {alteredExamples} from '../materials/altered-examples.ts';
import {evaluatedNetwork, networkOf} from '../materials/network.ts';
import {firstExamples} from '../materials/experiment-data.ts';
import {distanceBetween, finiteOrNull} from '../measurements/numbers.ts';
import {TRAINING_PART} from '../resume/part.ts';
import {trainResumably} from '../resume/train-resumably.ts';
import {accuracies} from './accuracies.ts';
import {summarizeLandscape} from './landscape-summary.ts';
import {measureMargin} from './margin.ts';
import type {Measurement, Minimum} from './measurement.ts';
import {finalMetrics, networkTask} from './train-runs.ts';

/**
 * A network of the run's seed trained otherwise, without poison: by another recipe, on more or fewer examples, with some of their
 * labels turned, or on from where the run ended. It is measured in the landscape of what it was trained on, and where asked also
 * in that of the run's first examples, which is the same for all.
 */
export const measureAlternative: Measurement<'alternatives'> = async (minimum, settings, context) => {
  const {seed, run} = minimum;
  const {
    recipe,
    from = 'first-weights',
    reference,
    margin,
    raw = false,
    measuredExamples = Infinity,
  } = settings;
  const network = networkOf(run.model, run.dataset);
  const classes = Math.max(2, network.outputs);
  const train = alteredExamples(minimum.data, exampleSizeOf(network), {...settings, classes, seed});
  const data = {...minimum.data, train};
  const task = networkTask({seed, poisonFactor: 0, spec: {...run, recipe}}, network, data);
  const initial = from === 'minimum' ? minimum.theta : task.initial;
  const results = await trainResumably(network, [{...task, initial}], recipe, {
    ...context,
    parts: [context.parts?.(TRAINING_PART)],
  });
  const trained = at(results, 0);
  const {outcome, steps, theta, statistics} = trained;
  const final = await finalMetrics(network, trained, data);
  if (final === null)
    return {
      outcome,
      steps,
      final,
      distance: null,
      ...(raw && {logDeterminant: null}),
      own: null,
      reference: null,
    };

  const model = evaluatedNetwork(network, statistics);
  const amid = (examples: LabeledExamples): Minimum => ({
    ...minimum,
    model,
    theta,
    data: {...data, train: examples},
    objective: objectiveFromModel(model, examples),
  });
  const inLandscapeOf = async (examples: LabeledExamples) => {
    const there = amid(examples);
    return {
      examples: examples.labels.length,
      loss: at(await there.objective.loss(theta), 0),
      accuracy: at(await accuracies(model, theta, examples), 0),
      ...(await summarizeLandscape(there, settings, context)),
    };
  };
  const own = firstExamples(train, measuredExamples);
  const margins = margin && (await measureMargin(amid(own), margin, {signal: context.signal}));
  const missingMargins = margins?.distances.filter((distance) => distance === null).length ?? 0;
  return {
    outcome,
    steps,
    final,
    distance: finiteOrNull(distanceBetween(initial, theta)),
    ...(margins && {meanMargin: margins.mean, ...(missingMargins > 0 && {missingMargins})}),
    ...(raw && {logDeterminant: relativeCoordinates(theta, model.layout).logDeterminant}),
    own: await inLandscapeOf(own),
    reference:
      reference === undefined ? null : await inLandscapeOf(firstExamples(minimum.data.train, reference)),
  };
};
