import {at, InternalError, type Classifier} from '@minefield/core';
import {checkLength} from '../check-input.ts';
import {dot} from '../directions/vectors.ts';

/**
 * Step from each point to the nearest boundary of the classifier linearised at that point: the boundary between the
 * point's class `own` and whichever other class is nearest. Infinite or NaN where every slope is 0.
 *
 * @param points `[m, d]`
 * @param own `[m]`; the class whose edge is wanted, which need not be the one predicted at the point
 * @returns `[m, d]`
 */
export async function linearizedBoundary(
  classifier: Classifier,
  points: Float32Array,
  own: Int32Array,
): Promise<Float64Array> {
  const {dimension} = classifier;
  const count = own.length;
  const logits = await classifier.logits(points);
  const width = logits.length / count;
  const inputGradient = classifier.inputGradient?.bind(classifier);
  if (!inputGradient) {
    throw new InternalError('landscape.linearizedBoundary: expected an inputGradient; this is a bug');
  }
  const slopesOf = async (index: Uint32Array): Promise<Float32Array> => {
    const slopes = await inputGradient(points, index);
    checkLength('deepFoolMargins', 'an input gradient', slopes, points.length);
    return slopes;
  };
  const steps = new Float64Array(points.length).fill(Number.NaN);
  const shortest = new Float64Array(count).fill(Infinity);

  /** Keeps the step to where a linear function of this value and slope is 0, if it is the shortest. */
  const consider = (k: number, value: number, slope: Float64Array): void => {
    const squares = dot(slope, slope);
    const length = Math.abs(value) / Math.sqrt(squares);
    if (!(length < at(shortest, k))) return;
    shortest[k] = length;
    steps.set(
      slope.map((entry) => (-value * entry) / squares),
      k * dimension,
    );
  };

  if (width === 1) {
    const slopes = await slopesOf(new Uint32Array(count));
    for (let k = 0; k < count; k++) {
      consider(k, at(logits, k), Float64Array.from(slopes.subarray(k * dimension, (k + 1) * dimension)));
    }
    return steps;
  }
  const ownSlopes = await slopesOf(Uint32Array.from(own));
  for (let other = 0; other < width; other++) {
    const slopes = await slopesOf(new Uint32Array(count).fill(other));
    for (let k = 0; k < count; k++) {
      const mine = at(own, k);
      if (other === mine) continue;
      const slope = Float64Array.from(
        {length: dimension},
        (_, i) => (slopes[k * dimension + i] ?? 0) - (ownSlopes[k * dimension + i] ?? 0),
      );
      consider(k, at(logits, k * width + other) - at(logits, k * width + mine), slope);
    }
  }
  return steps;
}
