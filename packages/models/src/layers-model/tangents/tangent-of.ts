import {InputError} from '@minefield/core';
import * as tf from '@tensorflow/tfjs-core';
import {shadow} from '../layers-model-weights.ts';
import {elementwiseRules} from './elementwise-rules.ts';
import type {KernelCall, Rule, RunKernel} from './kernel-call.ts';
import {linearRules} from './linear-rules.ts';
import {structuredRules} from './structured-rules.ts';
import {unfused} from './unfused.ts';

const RULES: Readonly<Record<string, Rule>> = {...linearRules, ...elementwiseRules, ...structuredRules};

/** What is used of TensorFlow.js's engine: every operation of every layer comes down to these. */
interface Engine {
  readonly runKernel: RunKernel;
  customGrad(f: unknown): (...given: tf.Tensor[]) => tf.Tensor;
}

/**
 * The derivative of what `evaluate` gives along a direction, carried forward through every kernel that runs meanwhile (Pearlmutter
 * 1994): what products with a Hessian are made of. It is itself made of operations that can be differentiated once, and rightly, by
 * the tensors; TensorFlow.js differentiates many operations wrongly twice.
 *
 * Operations with a gradient of their own (`tf.customGrad`) are differentiated through what they compute.
 *
 * @param tensors what the direction moves
 * @param directions a tensor of the same shape for each
 * @param kept receives tensors that the caller disposes once the derivative has been differentiated
 * @throws {InputError} when a kernel runs whose tangent is not known here
 */
export function tangentOf(
  tensors: readonly tf.Tensor[],
  directions: readonly tf.Tensor[],
  evaluate: () => tf.Tensor,
  kept: tf.Tensor[],
): tf.Tensor {
  const engine = tf.engine() as unknown as Engine;
  const run: RunKernel = engine.runKernel.bind(engine);
  const customGrad = engine.customGrad.bind(engine);
  const tangents = new Map<number, tf.Tensor>();
  tensors.forEach(({id}, i) => {
    const direction = directions[i];
    if (direction !== undefined) tangents.set(id, direction);
  });
  let watching = true;
  const quietly = <T>(work: () => T): T => {
    watching = false;
    try {
      return work();
    } finally {
      watching = true;
    }
  };

  const watched: RunKernel = (name, inputs, attrs = {}) => {
    if (!watching) return run(name, inputs, attrs);
    const settings = attrs as KernelCall['attrs'];
    const plain = unfused[name];
    if (plain !== undefined) return plain(inputs, settings) ?? noRule(name);
    return quietly(() => {
      const output = run(name, inputs, attrs);
      const tangent = (key: string): tf.Tensor | undefined => tangents.get(inputs[key]?.id ?? -1);
      if (!Object.keys(inputs).some((key) => tangent(key) !== undefined)) return output;
      const outputs = [output].flat();
      if (outputs.every(({dtype}) => dtype !== 'float32')) return output;
      const moved = (RULES[name] ?? noRule(name))({name, inputs, attrs: settings, output, tangent, run});
      [moved ?? []].flat().forEach((each, i) => {
        // Layers tidy up after themselves, and tangents outlive them.
        const id = outputs[i]?.id;
        if (id !== undefined) tangents.set(id, tf.keep(each));
        kept.push(each);
      });
      return output;
    });
  };

  const undo = [
    shadow(engine, 'runKernel', watched),
    shadow(
      engine,
      'customGrad',
      (f: (...given: unknown[]) => {value: tf.Tensor}) =>
        (...given: tf.Tensor[]) =>
          watching ? f(...given, () => undefined).value : customGrad(f)(...given),
    ),
  ];
  try {
    const output = evaluate();
    return tangents.get(output.id) ?? tf.zerosLike(output);
  } finally {
    for (const restore of undo) restore();
  }
}

function noRule(name: string): never {
  throw new InputError(`models.tangentOf: expected kernels whose tangents are known, got ${name}`);
}
