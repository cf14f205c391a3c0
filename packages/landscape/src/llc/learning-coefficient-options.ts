import {checkOptions, type CancelSignal, type Generator, InputError} from '@minefield/core';
import {checkGenerator} from '../check-input.ts';

export interface LearningCoefficientOptions {
  /** Chain c is drawn from its stream `derive('chain', c)`. */
  readonly generator: Generator;
  /** nβ, for the sampler and the estimate alike; {@link inverseTemperatureFor} gives the usual n / ln n. */
  readonly inverseTemperature: number;
  /** γ: how strongly the chains are tied to the point. 0 is allowed. */
  readonly localization: number;
  /** ε. */
  readonly stepSize: number;
  /** Draws kept of each chain. */
  readonly draws: number;
  /** Steps before the first draw. Default a tenth of the draws' steps. */
  readonly burnIn?: number;
  /** Steps between draws; the loss on all examples is evaluated for each draw. Default 1. */
  readonly thin?: number;
  /** Default 4. */
  readonly chains?: number;
  /** Minibatches for the gradient: so many of so many examples, drawn anew at each step. All examples when absent. */
  readonly minibatch?: {readonly size: number; readonly examples: number};
  /** Accept or reject each step (MALA), so that ε causes no bias; wants all examples. Default false (SGLD). */
  readonly metropolis?: boolean;
  readonly signal?: CancelSignal | undefined;
  readonly onProgress?: (steps: number, total: number) => void;
}

/** @throws {InputError} when an option makes no sense */
export function checkLearningCoefficientOptions(options: LearningCoefficientOptions): void {
  checkOptions('landscape.localLearningCoefficient', options, {
    generator: true,
    inverseTemperature: true,
    localization: true,
    stepSize: true,
    draws: true,
    burnIn: true,
    thin: true,
    chains: true,
    minibatch: true,
    metropolis: true,
    signal: true,
    onProgress: true,
  });
  checkGenerator('localLearningCoefficient', options.generator);
  const {
    inverseTemperature,
    localization,
    stepSize,
    draws,
    thin = 1,
    chains = 4,
    burnIn = 0,
    minibatch,
  } = options;
  const whole = (value: number, least: number): boolean => Number.isInteger(value) && value >= least;
  if (!(inverseTemperature > 0) || !(localization >= 0) || !(stepSize > 0) || !(stepSize < Infinity)) {
    throw new InputError(
      'landscape.localLearningCoefficient: expected inverseTemperature > 0, localization >= 0 and stepSize > 0, got ' +
        `${inverseTemperature}, ${localization} and ${stepSize}`,
    );
  }
  if (!whole(draws, 1) || !whole(thin, 1) || !whole(chains, 1) || !whole(burnIn, 0)) {
    throw new InputError(
      'landscape.localLearningCoefficient: expected draws, thin and chains >= 1 and burnIn >= 0, got ' +
        `${draws}, ${thin}, ${chains} and ${burnIn}`,
    );
  }
  if (minibatch) {
    checkOptions('landscape.localLearningCoefficient', minibatch, {size: true, examples: true});
  }
  if (minibatch && (!whole(minibatch.size, 1) || !whole(minibatch.examples, 1))) {
    throw new InputError(
      `landscape.localLearningCoefficient: expected a minibatch of >= 1 of >= 1 examples, got ${minibatch.size} of ${minibatch.examples}`,
    );
  }
  if (minibatch && options.metropolis) {
    throw new InputError(
      'landscape.localLearningCoefficient: expected all examples with metropolis, got a minibatch; its noise would be taken for the loss',
    );
  }
}
