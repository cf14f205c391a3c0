import {checkLength} from '../check-input.ts';
import {dot, norm} from '../directions/vectors.ts';
import type {HessianOperator} from './hessian-operator.ts';

export interface SettledCurvature {
  /** dᵀHd, with products at `step`. */
  readonly curvature: number;
  /** Half-width of the central difference at which it settled; null where products are exact. */
  readonly step: number | null;
  /** By how much dᵀHd moved when the step was halved to `step`; 0 where products are exact. */
  readonly disagreement: number;
  /** Whether that is small: false where differences agree with nothing, as at a kink of the loss or in rounding. */
  readonly settled: boolean;
}

/** Largest share of its size by which a curvature may move when the step is halved: its error is then about a third of it. */
export const STEP_TOLERANCE = 1e-3;

/** Down to a ten-thousandth of the operator's step; in float32 nothing settles below. */
const MOST_HALVINGS = 14;

/**
 * dᵀHd along a direction, the step of a difference operator being halved from its own until the curvature settles.
 *
 * An operator chooses its step on a random vector, along which a trained network curves little. Along the eigenvector of a large
 * eigenvalue, where the answer rests, the loss changes over a far shorter way, and the same step gave curvatures that were wrong
 * by 10%. Two products where the operator's step will do.
 *
 * @param direction `[P]`, in the operator's coordinates
 * @param size what the movement is measured against. Default ‖d‖ ‖Hd‖
 * @throws {InputError} when the direction has another length than the operator's vectors
 */
export async function settledCurvature(
  operator: HessianOperator,
  direction: ArrayLike<number>,
  size?: number,
): Promise<SettledCurvature> {
  checkLength('settledCurvature', 'a direction', direction, operator.parameters);
  const first = await operator.apply(direction);
  let previous = dot(direction, first);
  if (operator.step === null) return {curvature: previous, step: null, disagreement: 0, settled: true};
  let best: SettledCurvature | undefined;
  for (let halvings = 1; halvings <= MOST_HALVINGS; halvings++) {
    const step = operator.step / 2 ** halvings;
    const product = await operator.withStep(step).apply(direction);
    const curvature = dot(direction, product);
    const disagreement = Math.abs(curvature - previous);
    const settled = disagreement <= STEP_TOLERANCE * (size ?? norm(direction) * norm(product));
    if (!best || disagreement < best.disagreement) best = {curvature, step, disagreement, settled};
    if (settled) break;
    previous = curvature;
  }
  return best ?? {curvature: previous, step: operator.step, disagreement: Infinity, settled: false};
}
