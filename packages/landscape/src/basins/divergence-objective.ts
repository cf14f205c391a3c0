import type {EvaluationOptions, Objective} from '@minefield/core';

/**
 * The mean Kullback–Leibler divergence of an objective's predictions from those at an anchor, KL(anchor ‖ θ) in nats: 0 at
 * the anchor, whatever the loss there. An objective like any other, so radii and volumes take a cutoff on it as on a loss.
 *
 * @param anchor `[P]`
 * @throws {RangeError} when the objective makes no predictions
 * Source: Scherlis & Belrose 2025, section 3.
 */
export async function divergenceObjective(
  objective: Objective,
  anchor: Float32Array,
  options: Pick<EvaluationOptions, 'examples' | 'signal'> = {},
): Promise<Objective> {
  const predictions = objective.predictions?.bind(objective);
  if (!predictions) {
    throw new RangeError(
      'landscape.divergenceObjective: expected an objective with predictions, got none; add them',
    );
  }
  const {dimension, layout, preferredBatch} = objective;
  const reference = await predictions(anchor, options);
  const probabilities = Float64Array.from(reference, Math.exp);
  // Each example's probabilities sum to 1.
  const examples = Math.round(probabilities.reduce((sum, value) => sum + value, 0));
  return {
    dimension,
    ...(layout && {layout}),
    ...(preferredBatch !== undefined && {preferredBatch}),
    async loss(thetas, {signal} = {}) {
      const networks = thetas.length / dimension;
      const found = await predictions(thetas, {...options, ...(signal && {signal})});
      return Float64Array.from({length: networks}, (_, k) => {
        let sum = 0;
        probabilities.forEach((probability, i) => {
          if (probability === 0) return;
          sum += probability * ((reference[i] ?? 0) - (found[k * reference.length + i] ?? Number.NaN));
        });
        return sum / examples;
      });
    },
  };
}
