import {InputError, at} from '@minefield/core';
import type {DecodedTensor} from '@minefield/safetensors';

/** What a network's own framework made of the examples, to be compared with what is made of them here. */
export interface Reference {
  /** Mean over the examples. */
  readonly loss: number | undefined;
  /** `[n, outputs]`. */
  readonly logits: Float64Array | undefined;
}

/**
 * The reference values of a data file: `loss`, one number, and `logits`, `[n, outputs]`, or `[n]` for one output.
 *
 * @returns undefined where there are none
 * @throws {InputError} when they are misshapen or not finite
 */
export function readReference(
  tensors: readonly DecodedTensor[],
  count: number,
  outputs: number,
): Reference | undefined {
  const [loss, logits] = ['loss', 'logits'].map((name) => tensors.find((tensor) => tensor.name === name));
  if (loss === undefined && logits === undefined) return undefined;
  if (loss !== undefined && loss.data.length !== 1) {
    throw new InputError(
      `experiments.readReference: expected "loss" as one number, got [${loss.shape}]; save the mean over all examples`,
    );
  }
  const shapes = [`${count},${outputs}`, ...(outputs === 1 ? [String(count)] : [])];
  if (logits !== undefined && !shapes.includes(logits.shape.join())) {
    throw new InputError(
      `experiments.readReference: expected "logits" ${shapes.map((shape) => `[${shape}]`).join(' or ')}, got [${logits.shape}]; ` +
        'save what the last layer gives, a row for each example',
    );
  }
  return {loss: loss && at(finiteNumbers(loss), 0), logits: logits && finiteNumbers(logits)};
}

function finiteNumbers({name, data}: DecodedTensor): Float64Array {
  return Float64Array.from(data as ArrayLike<number | bigint>, (value, i) => {
    const number = Number(value);
    if (Number.isFinite(number)) return number;
    throw new InputError(
      `experiments.readReference: expected finite "${name}", got ${number} at entry ${i}; take examples on which the network does not overflow`,
    );
  });
}
