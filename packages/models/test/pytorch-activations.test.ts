/**
 * Perceptrons of each activation, with biases and without, against what PyTorch computed of them in double precision
 * (fixtures/make-activations.py). Ours are in single precision.
 */
import {readFileSync} from 'node:fs';
import {startBackend} from '@minefield/backend/node';
import {testedBackends} from '@minefield/backend/testing';
import {importParameters} from '@minefield/core';
import {decodeSafetensors} from '@minefield/safetensors';
import * as tf from '@tensorflow/tfjs-core';
import {beforeAll, describe, expect, it} from 'vitest';
import {ACTIVATIONS} from '../src/activations.ts';
import {classifierFromModel} from '../src/classifier-from-model.ts';
import {mlp} from '../src/mlp.ts';
import {objectiveFromModel} from '../src/objective-from-model.ts';
import {mlpRules} from '../src/mlp-rules.ts';

const {tensors} = decodeSafetensors(
  readFileSync(new URL('fixtures/activations.safetensors', import.meta.url)),
);
const numbers = (name: string) =>
  Array.from(tensors.find((tensor) => tensor.name === name)?.data ?? [], Number);

/** Largest difference, in units of the largest entry expected. */
function disagreement(actual: ArrayLike<number> | undefined, expected: ArrayLike<number>): number {
  expect(actual).toHaveLength(expected.length);
  const differences = Array.from(expected, (value, i) => Math.abs(value - (actual?.[i] ?? Number.NaN)));
  return Math.max(...differences) / Math.max(...Array.from(expected, Math.abs));
}

const cases = ACTIVATIONS.flatMap((activation) => [
  [activation, true] as const,
  [activation, false] as const,
]);

describe.each(testedBackends)('on %s', (backend) => {
  beforeAll(async () => {
    await startBackend({name: backend, deterministic: true});
  });

  it.each(cases)(
    '%s, biases: %s: logits, loss, gradient and Hessian-vector product',
    async (activation, bias) => {
      const model = mlp({inputs: 2, hidden: [6, 5], outputs: 3, activation, bias});
      const prefix = bias ? activation : `${activation}/bias-free`;
      const vectorOf = (kind: string): Float32Array => {
        const named = tensors
          .filter(({name}) => name.startsWith(`${prefix}/${kind}/`))
          .map((tensor) => ({...tensor, name: tensor.name.slice(prefix.length + kind.length + 2)}));
        return importParameters(named, model.layout, mlpRules(named, model)).theta;
      };
      const inputs = Float32Array.from(numbers('inputs'));
      const theta = vectorOf('state');
      const before = tf.memory().numTensors;
      const logits = await classifierFromModel(model, theta).logits(inputs);
      expect(disagreement(logits, numbers(`${prefix}/logits`))).toBeLessThan(2e-6);
      const objective = objectiveFromModel(model, {inputs, labels: numbers('labels')});
      const [loss = Number.NaN] = await objective.loss(theta);
      expect(Math.abs(loss / (numbers(`${prefix}/loss`)[0] ?? Number.NaN) - 1)).toBeLessThan(2e-6);
      expect(disagreement(await objective.gradient?.(theta), vectorOf('gradient'))).toBeLessThan(5e-6);
      const product = await objective.hessianVector?.(theta, vectorOf('vector'));
      expect(disagreement(product, vectorOf('product'))).toBeLessThan(5e-6);
      expect(tf.memory().numTensors).toBe(before);
    },
  );
});
