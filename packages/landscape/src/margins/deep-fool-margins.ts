import {at, checkOptions, type CancelSignal, type Classifier, InputError} from '@minefield/core';
import {checkFloat32, checkTolerance} from '../check-input.ts';
import {dot, norm} from '../directions/vectors.ts';
import {linearizedBoundary} from './linearized-boundary.ts';
import type {Margins} from './margins-2d.ts';
import {predictedClasses} from './predicted-classes.ts';

export interface DeepFoolOptions {
  /** Steps to reach the boundary. Default 50. */
  readonly maximumSteps?: number;
  /** Attempts to shorten the way found. Default 20. */
  readonly refinements?: number;
  /**
   * How closely the crossing is bracketed, as a share of the whole way from the input to the point of another class that was
   * found, in (0, 1). That way is longer than the distance to the crossing where a step overshoots. Default 1e-4.
   */
  readonly tolerance?: number;
  readonly signal?: CancelSignal | undefined;
  readonly onProgress?: (done: number, total: number) => void;
}

/** How far each step goes beyond the boundary of the linearised classifier. */
const OVERSHOOT = 0.02;

/** One input on its way. */
interface Walk {
  readonly index: number;
  readonly from: Float32Array;
  /** The class whose edge is looked for. */
  readonly own: number;
  point: Float32Array;
  /** To the nearest crossing so far. */
  distance: number;
  /** Whether rounding to float32 took most of the last step. */
  held: boolean;
  /** How far the way turns towards the boundary's normal at the next attempt to shorten it. */
  turn: number;
}

/**
 * Distance from each input to the decision boundary along the shortest way found: DeepFool's steps until the class
 * changes, bisection along the straight line there, then turning that line towards the boundary's normal as long as it
 * gets shorter. An upper bound of the margin, to the rounding of float32 inputs; exact for a linear classifier, and a local
 * minimum of the distance for a smooth one. 0 on a boundary, and Infinity where no slope leads anywhere or the steps end
 * before the class changes.
 *
 * @param inputs `[n, d]`
 * @throws {InputError} when the classifier has no `inputGradient`, inputs do not fit, or the tolerance is not in (0, 1)
 * Source: Moosavi-Dezfooli, Fawzi & Frossard 2016, DeepFool, algorithm 2.
 */
export async function deepFoolMargins(
  classifier: Classifier,
  inputs: Float32Array,
  options: DeepFoolOptions = {},
): Promise<Margins> {
  checkOptions('landscape.deepFoolMargins', options, {
    maximumSteps: true,
    refinements: true,
    tolerance: true,
    signal: true,
    onProgress: true,
  });
  checkFloat32('deepFoolMargins', 'inputs', inputs);
  const {maximumSteps = 50, refinements = 20, tolerance = 1e-4, signal, onProgress} = options;
  const {dimension} = classifier;
  if (!classifier.inputGradient) {
    throw new InputError(
      'landscape.deepFoolMargins: expected a classifier with inputGradient, got none; add it',
    );
  }
  if (inputs.length === 0 || inputs.length % dimension !== 0) {
    throw new InputError(
      `landscape.deepFoolMargins: expected at least one input [n, ${dimension}], got ${inputs.length} numbers`,
    );
  }
  checkTolerance('deepFoolMargins', tolerance);
  if (![maximumSteps, refinements].every((count) => Number.isInteger(count) && count >= 0)) {
    throw new InputError(
      `landscape.deepFoolMargins: expected maximumSteps and refinements >= 0, got ${maximumSteps} and ${refinements}`,
    );
  }
  const predicted = await predictedClasses(classifier, inputs);
  const walks = Array.from(predicted, (own, index): Walk => {
    const from = inputs.slice(index * dimension, (index + 1) * dimension);
    return {index, from, own, point: from, distance: Infinity, held: false, turn: 1};
  });

  /** Those of the walks whose point has another class. */
  const arrivedOf = async (moved: readonly Walk[]): Promise<Walk[]> => {
    signal?.throwIfAborted();
    const classes = await predictedClasses(classifier, stack(moved));
    return moved.filter(({own}, k) => classes[k] !== own);
  };
  /** Bisects from the inputs towards points of another class. */
  const nearCrossing = async (arrived: readonly Walk[]): Promise<void> => {
    const searches = arrived.map((walk) => ({walk, beyond: walk.point, inner: 0, outer: 1}));
    for (let halvings = Math.ceil(-Math.log2(tolerance)) + 2; halvings > 0; halvings--) {
      for (const {walk, beyond, inner, outer} of searches) {
        walk.point = between(walk.from, beyond, (inner + outer) / 2);
      }
      const outside = new Set(await arrivedOf(arrived));
      for (const search of searches) {
        search[outside.has(search.walk) ? 'outer' : 'inner'] = (search.inner + search.outer) / 2;
      }
    }
    for (const {walk, beyond, outer} of searches) {
      walk.point = between(walk.from, beyond, outer);
      walk.distance = distanceOf(walk);
    }
  };
  const stepsFrom = async (moved: readonly Walk[]): Promise<Float64Array[]> => {
    const steps = await linearizedBoundary(
      classifier,
      stack(moved),
      Int32Array.from(moved, ({own}) => own),
    );
    return moved.map((_, k) => steps.subarray(k * dimension, (k + 1) * dimension));
  };

  let walking = walks;
  for (let taken = 0; taken < maximumSteps && walking.length > 0; taken++) {
    const steps = await stepsFrom(walking);
    walking.forEach((walk, k) => {
      const step = at(steps, k);
      // Where every slope is 0 there is nowhere to go.
      if (!step.every(Number.isFinite)) return;
      if (dot(step, step) > 0) takeStep(walk, step);
      // On the boundary itself.
      else walk.distance = distanceOf(walk);
    });
    const arrived = await arrivedOf(walking);
    if (arrived.length > 0) await nearCrossing(arrived);
    walking = walking.filter(({distance}) => distance === Infinity);
    onProgress?.(walks.length - walking.length, walks.length);
  }

  const found = walks.filter(({distance}) => distance < Infinity);
  for (let attempt = 0; attempt < refinements && found.length > 0; attempt++) {
    const normals = await stepsFrom(found);
    const crossings = new Map(found.map((walk) => [walk, walk.point]));
    found.forEach((walk, k) => (walk.point = turned(walk, at(normals, k), tolerance)));
    const shorter = await arrivedOf(found);
    if (shorter.length > 0) await nearCrossing(shorter);
    for (const walk of shorter) crossings.delete(walk);
    for (const [walk, crossing] of crossings) {
      walk.point = crossing;
      walk.turn /= 2;
    }
  }

  const nearest = new Float32Array(inputs.length).fill(Number.NaN);
  for (const {index, point} of found) nearest.set(point, index * dimension);
  return {distances: Float64Array.from(walks, ({distance}) => distance), nearest, predicted};
}

/** Takes a step; where rounding held the last one, the least multiple of it that gets as far in float32. */
function takeStep(walk: Walk, step: Float64Array): void {
  const {point, held} = walk;
  const whole = dot(step, step);
  let along = 0;
  for (let factor = 1 + OVERSHOOT; factor < Infinity; factor *= 2) {
    walk.point = point.map((value, i) => value + factor * (step[i] ?? 0));
    along = dot(
      step,
      walk.point.map((value, i) => value - (point[i] ?? 0)),
    );
    if (!held || along >= whole) break;
  }
  walk.held = along < whole / 2;
}

function distanceOf({from, point}: Walk): number {
  return norm(point.map((value, i) => value - (from[i] ?? 0)));
}

/**
 * A point a little nearer than the crossing, on a way turned from the present one towards the boundary's normal there: if
 * it is beyond the boundary, the way can be shortened.
 *
 * @param step the linearised boundary's step at the crossing, along its normal one way or the other
 */
function turned({from, point, distance, turn}: Walk, step: Float64Array, tolerance: number): Float32Array {
  const way = Float64Array.from(point, (value, i) => (value - (from[i] ?? 0)) / distance);
  const length = norm(step);
  const along = way.reduce((sum, value, i) => sum + value * (step[i] ?? 0), 0) < 0 ? -1 : 1;
  const direction = way.map((value, i) => (1 - turn) * value + (turn * along * (step[i] ?? 0)) / length);
  const factor = (distance * (1 - tolerance)) / norm(direction);
  const target = from.map((value, i) => value + factor * (direction[i] ?? 0));
  return target.every(Number.isFinite) ? target : from;
}

function between(from: Float32Array, to: Float32Array, share: number): Float32Array {
  return from.map((value, i) => value + share * ((to[i] ?? 0) - value));
}

function stack(walks: readonly Walk[]): Float32Array {
  const dimension = at(walks, 0).point.length;
  const stacked = new Float32Array(walks.length * dimension);
  walks.forEach(({point}, k) => stacked.set(point, k * dimension));
  return stacked;
}
