import {checkOptions, type EvaluationOptions, type Objective, InputError} from '@minefield/core';
import {checkFloat32, checkLength} from '../check-input.ts';

/** Single precision over many classes. */
const SUM_TOLERANCE = 1e-3;

/**
 * The mean Kullback–Leibler divergence of an objective's predictions from those at an anchor, KL(anchor ‖ θ) in nats: 0 at
 * the anchor, whatever the loss there. An objective like any other, so radii and volumes take a cutoff on it as on a loss.
 *
 * @param anchor `[P]`
 * @param options `examples` are those that the mean is over, all by default; evaluations on some of them count from these
 * @throws {InputError} when the objective makes no predictions, or none that are logarithms of probabilities
 * Source: Scherlis & Belrose 2025, section 3.
 */
export async function divergenceObjective(
  objective: Objective,
  anchor: Float32Array,
  options: Pick<EvaluationOptions, 'examples' | 'signal'> = {},
): Promise<Objective> {
  checkOptions('landscape.divergenceObjective', options, {examples: true, signal: true});
  checkFloat32('divergenceObjective', 'an anchor', anchor, objective.dimension);
  const predictions = objective.predictions?.bind(objective);
  if (!predictions) {
    throw new InputError(
      'landscape.divergenceObjective: expected an objective with predictions, got none; add them',
    );
  }
  const {dimension, layout, preferredBatch} = objective;
  const reference = await predictions(anchor, options);
  const probabilities = Float64Array.from(reference, Math.exp);
  // Each example's probabilities sum to 1.
  const count = Math.round(probabilities.reduce((sum, value) => sum + value, 0));
  const classes = reference.length / count;
  checkNormalized(probabilities, classes);
  const all = Uint32Array.from({length: count}, (_, i) => i);
  return {
    dimension,
    ...(layout && {layout}),
    ...(preferredBatch !== undefined && {preferredBatch}),
    async loss(thetas, {signal, examples} = {}) {
      const networks = thetas.length / dimension;
      const rows = examples ?? all;
      const found = await predictions(thetas, {
        ...options,
        ...(examples && {examples: options.examples ? chosenOf(options.examples, examples) : examples}),
        signal,
      });
      checkLength(
        'divergenceObjective',
        'predictions of the objective',
        found,
        networks * rows.length * classes,
      );
      return Float64Array.from({length: networks}, (_, k) => {
        let sum = 0;
        rows.forEach((row, j) => {
          for (let c = 0; c < classes; c++) {
            const i = row * classes + c;
            const probability = probabilities[i] ?? Number.NaN;
            if (probability === 0) continue;
            const there = found[(k * rows.length + j) * classes + c] ?? Number.NaN;
            sum += probability * ((reference[i] ?? 0) - there);
          }
        });
        return sum / rows.length;
      });
    },
  };
}

/** @throws {InputError} where the classes of an example have not the probability 1 together, as of logits */
function checkNormalized(probabilities: Float64Array, classes: number): void {
  if (!Number.isInteger(classes)) {
    throw new InputError(
      `landscape.divergenceObjective: expected logarithms of probabilities, which sum to 1 for each example, got ${probabilities.length} numbers that sum to no such count; normalize them (log softmax)`,
    );
  }
  for (let from = 0; from < probabilities.length; from += classes) {
    const sum = probabilities.subarray(from, from + classes).reduce((total, value) => total + value, 0);
    if (Math.abs(sum - 1) <= SUM_TOLERANCE) continue;
    throw new InputError(
      `landscape.divergenceObjective: expected logarithms of probabilities, which sum to 1 for each example, got ${sum} at example ${from / classes}; normalize them (log softmax)`,
    );
  }
}

/** @throws {InputError} at an index beyond those that the mean is over */
function chosenOf(examples: Uint32Array, rows: Uint32Array): Uint32Array {
  return rows.map((row) => {
    const example = examples[row];
    if (example !== undefined) return example;
    throw new InputError(
      `landscape.divergenceObjective: expected examples counted from 0 to ${examples.length - 1} among those chosen, got ${row}`,
    );
  });
}
