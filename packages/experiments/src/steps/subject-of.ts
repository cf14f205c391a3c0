import type {Subject} from '../measure/subject.ts';
import type {Minimum} from './analyze-checkpoint.ts';
import {singleExamples} from './single-examples.ts';

/** A minimum of an experiment as the measurements of the command line see one. */
export function subjectOf({model, theta, data, objective, seed}: Minimum): Subject {
  const examples = data.train.labels.length;
  return {
    name: model.name,
    objective,
    anchor: theta,
    examples,
    checkOn: singleExamples(examples, seed),
    notes: [],
  };
}
