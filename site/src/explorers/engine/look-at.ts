/** A network looked at: its boundary, and how it does on the points. */
import {type Outcome, outcomeOf} from '../data/outcome.ts';
import type {PlanePoints} from '../data/points.ts';
import type {BoundaryPicture} from '../ui/boundary-canvas.tsx';
import {ask} from './engine.ts';

export interface Seen {
  readonly picture: BoundaryPicture;
  readonly train: Outcome;
  readonly test: Outcome;
}

/** Points a side. */
const SIZE = 100;

export async function lookAt(
  hidden: readonly number[],
  {train, test}: PlanePoints,
  theta: Float32Array,
  halfWidth: number,
): Promise<Seen> {
  const {inputs, labels} = train;
  const points = new Float32Array(inputs.length + test.inputs.length);
  points.set(inputs);
  points.set(test.inputs, inputs.length);
  const problem = {hidden, inputs, labels};
  const {logits, atPoints} = await ask('boundary', {problem, theta, halfWidth, size: SIZE, points});
  const onTrain = atPoints.subarray(0, labels.length);
  return {
    picture: {logits, size: SIZE, atPoints: onTrain},
    train: outcomeOf(onTrain, labels),
    test: outcomeOf(atPoints.subarray(labels.length), test.labels),
  };
}
