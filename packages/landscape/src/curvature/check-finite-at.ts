import {type EvaluationOptions, type Objective, InputError} from '@minefield/core';

/**
 * Asked once differences have agreed with nothing: where the objective is no finite number at the point itself, that is what is
 * wrong, and not its products.
 *
 * @throws {InputError} where the loss at the point, or an entry of the gradient, is not finite
 */
export async function checkFiniteAt(
  objective: Objective,
  theta: Float32Array,
  evaluation: EvaluationOptions,
): Promise<void> {
  const [loss = Number.NaN] = await objective.loss(theta, evaluation);
  if (!Number.isFinite(loss)) throw refusal('loss', String(loss));
  const gradient = await objective.gradient?.(theta, evaluation);
  const index = gradient?.findIndex((value) => !Number.isFinite(value)) ?? -1;
  if (gradient && index >= 0) throw refusal('gradient', `${gradient[index]} at ${index}`);
}

function refusal(what: string, got: string): InputError {
  return new InputError(
    `landscape.hessianOperator: expected a finite ${what} at the point, got ${got}; has training diverged, or has a number ` +
      'overflowed there? Measure at another point',
  );
}
