import type {Subject} from '@minefield/landscape';
import type {Minimum} from './measurement.ts';
import {yieldingToEventLoop} from '../measurements/yield-to-event-loop.ts';
import {kinkOf} from '../measurements/kinks.ts';
import {singleExamples} from '../measurements/single-examples.ts';

/** A minimum of an experiment as the measurements of the command line see one. */
export function subjectOf({model, theta, data, objective, seed}: Minimum): Subject {
  const examples = data.train.labels.length;
  return {
    name: model.name,
    objective: yieldingToEventLoop(objective),
    anchor: theta,
    examples,
    checkOn: singleExamples(examples, seed),
    nearestKink: (signal) => kinkOf(model, theta, data.train, signal),
    notes: [],
  };
}
