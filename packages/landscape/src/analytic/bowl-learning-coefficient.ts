import {checkOptions, InputError} from '@minefield/core';

export interface BowlSampling {
  /** nβ. */
  readonly inverseTemperature: number;
  /** γ. */
  readonly localization: number;
  /** ε of SGLD, whose bias it brings; 0 for none. Default 0. */
  readonly stepSize?: number;
}

/**
 * What {@link localLearningCoefficient} converges to at the minimum of ½ Σ h x²: ½ Σ nβh/s with s = nβh + γ. Without
 * Metropolis' rule each mode is an autoregression, which spreads by a further 1/(1 − εs/4).
 *
 * @param eigenvalues h; 0 where the loss is flat
 * @returns `Infinity` where εs ≥ 4, so that SGLD runs away
 * @throws {InputError} where an s is not positive, so that the law cannot be normalized (flat directions aside, which add nothing),
 *   nβ is not positive, γ or ε is negative, or a number is not finite
 * @example bowlLearningCoefficient([0.1, 1, 10], {inverseTemperature: 100, localization: 1}) // 1.4491
 */
export function bowlLearningCoefficient(eigenvalues: ArrayLike<number>, sampling: BowlSampling): number {
  checkOptions('landscape.bowlLearningCoefficient', sampling, {
    inverseTemperature: true,
    localization: true,
    stepSize: true,
  });
  const {inverseTemperature, localization, stepSize = 0} = sampling;
  const given = [inverseTemperature, localization, stepSize];
  if (!given.every((value) => value >= 0 && value < Infinity) || inverseTemperature === 0) {
    throw new InputError(
      'landscape.bowlLearningCoefficient: expected finite inverseTemperature > 0, localization >= 0 and stepSize >= 0, got ' +
        given.join(', '),
    );
  }
  let sum = 0;
  for (let i = 0; i < eigenvalues.length; i++) {
    const pull = inverseTemperature * (eigenvalues[i] ?? Number.NaN);
    if (pull === 0) continue;
    const stiffness = pull + localization;
    if (!(stiffness > 0 && stiffness < Infinity)) {
      throw new InputError(
        `landscape.bowlLearningCoefficient: expected eigenvalues with a finite stiffness > 0, got ${stiffness} at ${i}; ` +
          'the law of the chains cannot be normalized there',
      );
    }
    if (stepSize * stiffness >= 4) return Infinity;
    sum += pull / stiffness / (1 - (stepSize * stiffness) / 4) / 2;
  }
  return sum;
}
