import {at} from '@minefield/core';
import {
  type AnalyticObjective,
  ball,
  bowlLearningCoefficient,
  type KnownAnswers,
  logSpacedSpectrum,
  powerWell,
  quadraticBowl,
  slab,
  type Subject,
} from '@minefield/landscape';
import {yieldingToEventLoop} from '../measurements/yield-to-event-loop.ts';

/** An objective whose answers are known in closed form. */
export type AnalyticSpec = (
  | {
      /** ½ Σ h x², h spaced evenly in its logarithm between powers of ten. */
      readonly name: 'quadratic';
      readonly decades: readonly [number, number];
    }
  | {
      /** |x − centre|². */
      readonly name: 'ball';
      /** Distance of the centre from the origin. */
      readonly offset: number;
    }
  | {
      /** ½ Σ x² over some coordinates only. */
      readonly name: 'slab';
      readonly constrained: number;
    }
  | {
      /** Σ x^(2k). */
      readonly name: 'power';
      readonly power: number;
    }
) & {
  readonly dimension: number;
  /** Distance of the anchor from the minimum, to see what an estimator makes of a point that is none. Default 0. */
  readonly displacement?: number;
};

/**
 * An analytic objective with its closed forms.
 *
 * @throws {RangeError} when a number of the spec is out of range
 */
export async function analyticSubject(spec: AnalyticSpec): Promise<Subject> {
  const {dimension, displacement = 0} = spec;
  const objective = objectiveOf(spec);
  const anchor = objective.minimum.slice();
  anchor[0] = at(anchor, 0) + displacement;
  // Each of them is a sum over coordinates, so the Hessian is diagonal and its product with ones is its spectrum.
  const eigenvalues = await objective.hessianVector(anchor, new Float32Array(dimension).fill(1));
  const known: KnownAnswers = {
    logVolume: (cutoff) => objective.logVolume(cutoff),
    logGaussianMass: (cutoff, deviation) => objective.logGaussianMass?.(cutoff, deviation) ?? null,
    eigenvalues,
    learningCoefficient(sampling) {
      if (displacement !== 0) return null;
      if (spec.name !== 'power' || spec.power === 1) return bowlLearningCoefficient(eigenvalues, sampling);
      // exp(−nβ x^(2k)) has E[nβ x^(2k)] = 1/(2k) whatever nβ.
      return sampling.localization === 0 && sampling.stepSize === 0 ? dimension / (2 * spec.power) : null;
    },
    // nβ times the curvature where nβ x^(2k) is 1, about as far as chains go.
    stiffness: (inverseTemperature) => {
      if (spec.name !== 'power' || spec.power === 1) return null;
      const degree = 2 * spec.power;
      return degree * (degree - 1) * inverseTemperature ** (1 / spec.power);
    },
  };
  return {
    name: `${spec.name}, ${dimension} ${dimension === 1 ? 'dimension' : 'dimensions'}`,
    objective: yieldingToEventLoop(objective),
    anchor,
    examples: null,
    known,
    notes: displacement === 0 ? [] : [`the anchor lies ${displacement} away from the minimum`],
  };
}

function objectiveOf(spec: AnalyticSpec): AnalyticObjective {
  const {dimension} = spec;
  switch (spec.name) {
    case 'quadratic':
      return quadraticBowl(logSpacedSpectrum(dimension, ...spec.decades));
    case 'ball': {
      const centre = new Float32Array(dimension);
      centre[0] = spec.offset;
      return ball(centre);
    }
    case 'slab':
      return slab(dimension, spec.constrained);
    case 'power':
      return powerWell(spec.power, dimension);
  }
}
