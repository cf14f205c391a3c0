import {Einsum, type GradConfig, type Tensor, broadcastTo, einsum, reshape} from '@tensorflow/tfjs-core';
import {at} from './at.ts';
import {einsumTerms, within, without} from './einsum-terms.ts';

/**
 * The gradient of `tf.einsum`, which TensorFlow.js lacks on every backend: for each operand another einsum, of the slopes and
 * the other operand; along dimensions over which the operand alone was summed, each element has the same slope.
 */
export const einsumGradient: GradConfig = {
  kernelName: Einsum,
  saveAllInputs: true,
  gradFunc(dy, saved, attrs) {
    const {operands, output, lengths} = einsumTerms(attrs['equation'] as string, saved);
    const slopes = operands.map((letters, i) => (): Tensor => {
      const other = operands.findIndex((_, j) => j !== i);
      const factors = other < 0 ? [] : [at(saved, other)];
      const sources = [output, ...(other < 0 ? [] : [at(operands, other)])];
      const alone = without(letters, ...sources);
      const reached = without(letters, alone);
      const slope = einsum(`${sources.join(',')}->${reached}`, dy as Tensor, ...factors);
      if (alone === '') return slope;
      const lengthOf = (letter: string): number => lengths.get(letter) ?? 1;
      const narrow = Array.from(letters, (letter) => (within(letter, alone) === '' ? lengthOf(letter) : 1));
      return broadcastTo(reshape(slope, narrow), Array.from(letters, lengthOf));
    });
    return Object.fromEntries(slopes.entries());
  },
};
