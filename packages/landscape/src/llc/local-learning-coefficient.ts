import {at, type EvaluationOptions, type Generator, type Objective, InputError} from '@minefield/core';
import {checkFloat32, checkLength, checkLosses} from '../check-input.ts';
import {batchMeans} from './batch-means.ts';
import {LangevinChain} from './langevin-chain.ts';
import {
  type LearningCoefficientOptions,
  checkLearningCoefficientOptions,
} from './learning-coefficient-options.ts';
import {splitRHat} from './split-r-hat.ts';

export interface LangevinTrace {
  /** nβ (mean loss − L(w*)) of this chain alone; null where it diverged or never moved. */
  readonly coefficient: number | null;
  /** Share of steps accepted; null without Metropolis. */
  readonly acceptance: number | null;
  /** Loss of each draw on all examples, `[draws]`. */
  readonly losses: Float64Array;
}

export interface LearningCoefficient {
  /** λ̂, the mean over chains; null where one of them has none. */
  readonly coefficient: number | null;
  /** Within chains, by batch means for their correlation; null for fewer than four draws or a chain without coefficient. */
  readonly standardError: number | null;
  /** Standard deviation between chains; null for one chain, or where one has no coefficient. */
  readonly chainSpread: number | null;
  /**
   * Split-R̂ of the losses: 1 where all chains have settled, more where halves of the draws disagree; null for fewer than four
   * draws, or where a chain has no coefficient.
   */
  readonly rHat: number | null;
  /** L(w*), on the same examples as the draws. */
  readonly anchorLoss: number;
  readonly chains: readonly LangevinTrace[];
  /** What speaks against the estimate; null where nothing does. */
  readonly warning: string | null;
}

/** nβ = n / ln n. @throws {InputError} unless the examples are a whole number of at least two */
export function inverseTemperatureFor(examples: number): number {
  if (!Number.isInteger(examples) || examples < 2) {
    throw new InputError(
      `landscape.inverseTemperatureFor: expected a whole number of at least 2 examples, got ${examples}`,
    );
  }
  return examples / Math.log(examples);
}

/**
 * Local learning coefficient at a minimum w*: λ̂ = nβ (E L(w) − L(w*)), the mean over Langevin chains that start at w* and
 * feel nβ L(w) + (γ/2) |w − w*|². A basin's effective dimension, halved: n/2 for a regular minimum, less for a degenerate
 * one; negative where w* is no minimum.
 *
 * @param minimum w*, `[P]`
 * @throws {InputError} when an option makes no sense, or the loss at w* is not finite
 * Source: Lau et al. 2023, The local learning coefficient, arXiv 2308.12108.
 */
export async function localLearningCoefficient(
  objective: Objective,
  minimum: Float32Array,
  options: LearningCoefficientOptions,
): Promise<LearningCoefficient> {
  checkLearningCoefficientOptions(options);
  const {generator, inverseTemperature, localization, stepSize, draws, thin = 1, chains: count = 4} = options;
  const {
    burnIn = Math.ceil((draws * thin) / 10),
    minibatch,
    metropolis = false,
    signal,
    onProgress,
  } = options;
  const gradient = objective.gradient?.bind(objective);
  checkFloat32('localLearningCoefficient', 'a point', minimum, objective.dimension);
  if (!gradient)
    throw new InputError(
      'landscape.localLearningCoefficient: expected an objective with a gradient, got none',
    );
  const evaluation: EvaluationOptions = {signal};
  const [anchorLoss = Number.NaN] = await objective.loss(minimum, evaluation);
  if (!Number.isFinite(anchorLoss)) {
    throw new InputError(
      `landscape.localLearningCoefficient: expected a finite loss at the point, got ${anchorLoss}`,
    );
  }

  const slopeAt = async (point: Float64Array | Float32Array, draw: Generator): Promise<Float32Array> => {
    const examples =
      minibatch && Uint32Array.from({length: minibatch.size}, () => draw.integer(minibatch.examples));
    const slope = await gradient(new Float32Array(point), {...evaluation, ...(examples && {examples})});
    checkLength('localLearningCoefficient', 'a gradient', slope, minimum.length);
    return slope;
  };
  const members = await Promise.all(
    Array.from({length: count}, async (_, c) => {
      const batches = generator.derive('batch', c);
      const start = await slopeAt(minimum, batches);
      const target = {centre: minimum, inverseTemperature, localization, stepSize};
      const chain = new LangevinChain(target, generator.derive('chain', c), start);
      chain.observe(anchorLoss);
      return {chain, batches, losses: new Float64Array(draws)};
    }),
  );

  const total = burnIn + draws * thin;
  for (let step = 1; step <= total; step++) {
    signal?.throwIfAborted();
    const proposals = members.map(({chain}) => chain.propose());
    const draw = step > burnIn && (step - burnIn) % thin === 0;
    const losses =
      metropolis || draw ? await objective.loss(stack(proposals, minimum.length), evaluation) : undefined;
    if (losses) checkLosses('localLearningCoefficient', losses, count);
    for (const [c, {chain, batches, losses: drawn}] of members.entries()) {
      const proposal = at(proposals, c);
      const slope = await slopeAt(proposal, batches);
      if (metropolis) {
        chain.decide(proposal, at(losses ?? [], c), slope);
      } else {
        chain.move(proposal, slope);
        if (losses) chain.observe(at(losses, c));
      }
      if (draw) drawn[(step - burnIn) / thin - 1] = chain.loss;
    }
    onProgress?.(step, total);
  }

  const chains = members.map(({chain, losses}) => {
    const {mean, standardError} = batchMeans(losses);
    const moved = !metropolis || chain.accepted > 0;
    const coefficient = moved ? finite(inverseTemperature * (mean - anchorLoss)) : null;
    const acceptance = metropolis ? chain.accepted / chain.decided : null;
    return {trace: {coefficient, acceptance, losses}, standardError};
  });
  const traces = chains.map(({trace}) => trace);
  const values = traces.flatMap(({coefficient}) => (coefficient === null ? [] : [coefficient]));
  const missing = count - values.length;
  if (missing > 0) {
    const warning = `${missing} of ${count} chains diverged or never moved: take a smaller stepSize`;
    return {
      coefficient: null,
      standardError: null,
      chainSpread: null,
      rHat: null,
      anchorLoss,
      chains: traces,
      warning,
    };
  }
  const coefficient = values.reduce((sum, value) => sum + value, 0) / count;
  const within = Math.sqrt(chains.reduce((sum, {standardError}) => sum + standardError ** 2, 0)) / count;
  const rHat = splitRHat(traces.map(({losses}) => losses));
  const squares = values.reduce((sum, value) => sum + (value - coefficient) ** 2, 0);
  return {
    coefficient,
    standardError: finite(inverseTemperature * within),
    chainSpread: count > 1 ? Math.sqrt(squares / (count - 1)) : null,
    rHat,
    anchorLoss,
    chains: traces,
    warning: warningOf(coefficient, minimum.length),
  };
}

/** @param parameters how many there are; no learning coefficient is more than half of it (Watanabe 2009) */
function warningOf(coefficient: number, parameters: number): string | null {
  if (coefficient < 0) return 'the coefficient is negative: the point is no local minimum';
  // Twice as many as can be, so that noise alone does not get there.
  if (coefficient <= parameters) return null;
  return `the coefficient is more than the ${parameters} parameters, where at most half of them is possible: the chains left the basin; take a smaller stepSize`;
}

function stack(points: readonly Float64Array[], parameters: number): Float32Array {
  const rows = new Float32Array(points.length * parameters);
  points.forEach((point, k) => rows.set(point, k * parameters));
  return rows;
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
