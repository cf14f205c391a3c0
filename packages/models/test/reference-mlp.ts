/** A multilayer perceptron in float64 and plain loops: the independent reference of this package's tests. */
import type {ParameterLayout} from '@minefield/core';

/** Logits of one example. */
export function referenceLogits(
  layout: ParameterLayout,
  theta: ArrayLike<number>,
  input: readonly number[],
): number[] {
  return referencePreActivations(layout, theta, input).at(-1) ?? [];
}

/** What each layer makes of one example before its ReLU; the last are the logits. */
export function referencePreActivations(
  layout: ParameterLayout,
  theta: ArrayLike<number>,
  input: readonly number[],
): number[][] {
  let activations = [...input];
  const layers: number[][] = [];
  for (let i = 0; i < layout.slices.length; i += 2) {
    const [kernel, bias] = [layout.slices[i], layout.slices[i + 1]];
    if (kernel === undefined || bias === undefined)
      throw new Error('expected a kernel and a bias for each layer');
    const [fanIn = 0, fanOut = 0] = kernel.shape;
    const next = Array.from({length: fanOut}, (_, unit) => {
      let sum = theta[bias.offset + unit] ?? 0;
      for (let j = 0; j < fanIn; j++) {
        sum += (activations[j] ?? 0) * (theta[kernel.offset + j * fanOut + unit] ?? 0);
      }
      return sum;
    });
    layers.push(next);
    activations = next.map((value) => Math.max(0, value));
  }
  return layers;
}

/** Probability of every class. */
export function referenceProbabilities(logits: readonly number[]): number[] {
  const all = logits.length === 1 ? [0, logits[0] ?? 0] : logits;
  const largest = Math.max(...all);
  const powers = all.map((logit) => Math.exp(logit - largest));
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}

/** Mean −log p of the labels. */
export function referenceLoss(
  layout: ParameterLayout,
  theta: ArrayLike<number>,
  inputs: ArrayLike<number>,
  labels: ArrayLike<number>,
): number {
  const width = inputs.length / labels.length;
  let sum = 0;
  for (let i = 0; i < labels.length; i++) {
    const input = Array.from({length: width}, (_, j) => inputs[i * width + j] ?? 0);
    const probabilities = referenceProbabilities(referenceLogits(layout, theta, input));
    sum -= Math.log(probabilities[labels[i] ?? 0] ?? 0);
  }
  return sum / labels.length;
}
