import {portableLog} from '@minefield/core';

/**
 * Kullback–Leibler divergence of how near points lie on a map, q_ij ∝ 1 / (1 + |y_i − y_j|²), from how likely they are to be
 * neighbours, in nats: what t-SNE makes small.
 *
 * @param joint p_ij of each pair, from {@link jointProbabilities}
 * @param positions `[n, 2]`
 */
export function mapDivergence(joint: Float64Array, positions: Float64Array): number {
  const count = positions.length / 2;
  let [sum, total, pair] = [0, 0, 0];
  for (let i = 0; i < count; i++) {
    for (let j = i + 1; j < count; j++, pair++) {
      const p = joint[pair] ?? 0;
      const inverse = 1 + squaredOnMap(positions, i, j);
      total += 2 / inverse;
      // What never happens adds nothing, as p log p does in the limit.
      if (p > 0) sum += 2 * p * portableLog(p * inverse);
    }
  }
  return sum + portableLog(total);
}

/**
 * The gradient of {@link mapDivergence}, 4 Σ_j (p_ij − q_ij) (y_i − y_j) / (1 + |y_i − y_j|²).
 *
 * @param exaggeration by what each p_ij is multiplied; 1 for the gradient itself
 * @param gradient `[n, 2]`, written
 * Source: van der Maaten & Hinton 2008, equation 5.
 */
export function mapGradientInto(
  gradient: Float64Array,
  joint: Float64Array,
  positions: Float64Array,
  exaggeration = 1,
): void {
  const count = positions.length / 2;
  // Attraction and repulsion apart: how the latter is normalized is known after the last pair only.
  const repulsion = new Float64Array(positions.length);
  gradient.fill(0);
  let [total, pair] = [0, 0];
  for (let i = 0; i < count; i++) {
    for (let j = i + 1; j < count; j++, pair++) {
      const near = 1 / (1 + squaredOnMap(positions, i, j));
      total += 2 * near;
      const pull = exaggeration * (joint[pair] ?? 0) * near;
      for (let axis = 0; axis < 2; axis++) {
        const [a, b] = [2 * i + axis, 2 * j + axis];
        const apart = (positions[a] ?? 0) - (positions[b] ?? 0);
        gradient[a] = (gradient[a] ?? 0) + pull * apart;
        gradient[b] = (gradient[b] ?? 0) - pull * apart;
        repulsion[a] = (repulsion[a] ?? 0) + near * near * apart;
        repulsion[b] = (repulsion[b] ?? 0) - near * near * apart;
      }
    }
  }
  for (let k = 0; k < gradient.length; k++) {
    gradient[k] = 4 * ((gradient[k] ?? 0) - (repulsion[k] ?? 0) / total);
  }
}

function squaredOnMap(positions: Float64Array, i: number, j: number): number {
  const x = (positions[2 * i] ?? 0) - (positions[2 * j] ?? 0);
  const y = (positions[2 * i + 1] ?? 0) - (positions[2 * j + 1] ?? 0);
  return x * x + y * y;
}
