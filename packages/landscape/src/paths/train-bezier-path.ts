import {
  checkOptions,
  Generator,
  type CancelSignal,
  type GeneratorState,
  type Objective,
  InputError,
} from '@minefield/core';
import {checkCount, checkFloat32, checkGenerator, checkLength} from '../check-input.ts';
import {linearPath, pathPointInto, type BezierPath} from './bezier-path.ts';

export interface BezierTrainingOptions {
  /** Draws the positions along the path, and the minibatches. */
  readonly generator: Generator;
  readonly steps: number;
  /** Of Adam. Default 0.01. */
  readonly learningRate?: number;
  /** Where the control point starts. Default the middle. */
  readonly control?: Float32Array;
  /** So many of so many examples, drawn anew at each step. All examples when absent. */
  readonly minibatch?: {readonly size: number; readonly examples: number};
  /** Goes on where an earlier training between the same ends stopped; `generator` and `control` then count for nothing. */
  readonly resume?: BezierTrainingState;
  readonly signal?: CancelSignal | undefined;
  readonly onProgress?: (steps: number, total: number) => void;
}

/** Everything needed to go on. */
export interface BezierTrainingState {
  readonly path: BezierPath;
  /** The path's control point before it is rounded, `[P]`. */
  readonly control: Float64Array;
  readonly steps: number;
  readonly firstMoment: Float64Array;
  readonly secondMoment: Float64Array;
  readonly generator: GeneratorState;
}

/**
 * Bends a path between two minima until the loss along it is low: Adam on the control point, with the gradient at a
 * uniformly random position of the path in each step. The ends stay.
 *
 * @param start `[P]`
 * @param end `[P]`
 * @returns the path, with the state to train on from
 * @throws {InputError} when sizes disagree, `resume` has other ends, the objective has no gradient, or a gradient is not
 *   finite
 * Source: Garipov et al. 2018, Loss surfaces, mode connectivity, and fast ensembling, section 3.
 */
export async function trainBezierPath(
  objective: Objective,
  start: Float32Array,
  end: Float32Array,
  options: BezierTrainingOptions,
): Promise<BezierTrainingState> {
  checkBezierOptions(options);
  const {steps: total, learningRate = 0.01, minibatch, resume, signal, onProgress} = options;
  const {dimension} = objective;
  const gradient = objective.gradient?.bind(objective);
  checkFloat32('trainBezierPath', 'a start', start, dimension);
  checkFloat32('trainBezierPath', 'an end', end, dimension);
  if (!gradient)
    throw new InputError('landscape.trainBezierPath: expected an objective with a gradient, got none');
  if (resume) checkState(resume, start, end);
  const generator = new Generator(resume?.generator ?? options.generator.state());
  const first = resume?.firstMoment.slice() ?? new Float64Array(dimension);
  const second = resume?.secondMoment.slice() ?? new Float64Array(dimension);
  const middle = linearPath(start, end);
  const begin = resume?.control ?? options.control ?? middle.control;
  checkLength('trainBezierPath', 'a control point', begin, dimension);
  const control = new Float64Array(begin);
  const path = (): BezierPath => ({start, control: new Float32Array(control), end});
  const point = new Float32Array(dimension);

  let steps = resume?.steps ?? 0;
  for (; steps < total; steps++) {
    signal?.throwIfAborted();
    const t = generator.uniform();
    const examples =
      minibatch && Uint32Array.from({length: minibatch.size}, () => generator.integer(minibatch.examples));
    pathPointInto(point, path(), t);
    const slope = await gradient(point, {...(examples && {examples}), signal});
    checkLength('trainBezierPath', 'a gradient', slope, dimension);
    // ∂θ(t)/∂control = 2t(1−t).
    const share = 2 * t * (1 - t);
    for (let i = 0; i < dimension; i++) {
      const g = share * (slope[i] ?? Number.NaN);
      if (!Number.isFinite(g)) {
        throw new InputError(
          `landscape.trainBezierPath: expected finite gradients, got ${g} at step ${steps}`,
        );
      }
      const m = 0.9 * (first[i] ?? 0) + 0.1 * g;
      const v = 0.999 * (second[i] ?? 0) + 0.001 * g * g;
      first[i] = m;
      second[i] = v;
      const unbiased = Math.sqrt(v / (1 - 0.999 ** (steps + 1))) + 1e-8;
      control[i] = (control[i] ?? 0) - (learningRate * m) / (1 - 0.9 ** (steps + 1)) / unbiased;
    }
    onProgress?.(steps + 1, total);
  }
  return {
    path: path(),
    control,
    steps,
    firstMoment: first,
    secondMoment: second,
    generator: generator.state(),
  };
}

function checkBezierOptions(options: BezierTrainingOptions): void {
  checkOptions('landscape.trainBezierPath', options, {
    generator: true,
    steps: true,
    learningRate: true,
    control: true,
    minibatch: true,
    resume: true,
    signal: true,
    onProgress: true,
  });
  const {generator, steps, learningRate = 0.01, minibatch, resume} = options;
  if (!resume) checkGenerator('trainBezierPath', generator);
  if (!Number.isInteger(steps) || steps < 0) {
    throw new InputError(`landscape.trainBezierPath: expected steps >= 0, got ${steps}`);
  }
  if (!(learningRate > 0 && learningRate < Infinity)) {
    throw new InputError(`landscape.trainBezierPath: expected a learning rate > 0, got ${learningRate}`);
  }
  if (minibatch) {
    checkOptions('landscape.trainBezierPath', minibatch, {size: true, examples: true});
    checkCount('trainBezierPath', 'a minibatch of size', minibatch.size);
    checkCount('trainBezierPath', 'a minibatch of examples', minibatch.examples);
  }
}

function checkState(
  {path, control, firstMoment, secondMoment}: BezierTrainingState,
  start: Float32Array,
  end: Float32Array,
): void {
  for (const vector of [path.start, path.end, control, firstMoment, secondMoment]) {
    checkLength('trainBezierPath', 'vectors of a state to resume', vector, start.length);
  }
  const differs = start.some((value, i) => value !== path.start[i] || end[i] !== path.end[i]);
  if (differs) {
    throw new InputError(
      'landscape.trainBezierPath: expected to resume between the same ends, got others; begin anew without resume',
    );
  }
}
