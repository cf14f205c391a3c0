import type {Objective} from '@minefield/core';
import {createGenerator} from '@minefield/core';

/** A smooth function, with the derivative that its gradient needs. */
export interface Activation {
  value(x: number): number;
  slope(x: number): number;
}

export const tanh: Activation = {value: Math.tanh, slope: (x) => 1 - Math.tanh(x) ** 2};

/** x Φ(x) by its usual approximation with tanh. */
export const gelu: Activation = {
  value: (x) => (x / 2) * (1 + Math.tanh(inner(x))),
  slope: (x) => {
    const t = Math.tanh(inner(x));
    return (1 + t) / 2 + (x / 2) * (1 - t * t) * Math.sqrt(2 / Math.PI) * (1 + 3 * 0.044715 * x * x);
  },
};

function inner(x: number): number {
  return Math.sqrt(2 / Math.PI) * (x + 0.044715 * x ** 3);
}

const WIDTHS = [2, 8, 8, 1] as const;
const EXAMPLES = 40;

/** P of the perceptron 2-8-8-1. */
export const PERCEPTRON_PARAMETERS = WIDTHS.slice(1).reduce(
  (sum, width, l) => sum + width * ((WIDTHS[l] ?? 0) + 1),
  0,
);

/**
 * The mean logistic loss of a perceptron 2-8-8-1 on points of two interleaved spirals, without a Hessian of its own: what a model
 * of TensorFlow.js Layers is to this package. Gradients are rounded to float32, as a network's are.
 */
export function smoothPerceptron(activation: Activation): Objective & {
  /** In float64. */
  exactGradient(theta: ArrayLike<number>): Float64Array;
  gradient(theta: Float32Array): Promise<Float32Array>;
} {
  const points = Array.from({length: EXAMPLES}, (_, i) => {
    const angle = 0.6 + (5 * Math.floor(i / 2)) / (EXAMPLES / 2);
    const sign = i % 2 === 0 ? 1 : -1;
    return {x: [(sign * angle * Math.cos(angle)) / 3, (sign * angle * Math.sin(angle)) / 3], sign};
  });
  /** Adds one example's share to the gradient, and returns its loss. */
  const example = (
    theta: ArrayLike<number>,
    {x, sign}: {x: number[]; sign: number},
    gradient: Float64Array,
  ): number => {
    const inputs: number[][] = [x];
    const sums: number[][] = [];
    let offset = 0;
    const starts: number[] = [];
    for (let l = 1; l < WIDTHS.length; l++) {
      const [from, to] = [WIDTHS[l - 1] ?? 0, WIDTHS[l] ?? 0];
      const before = inputs[l - 1] ?? [];
      starts.push(offset);
      const here = Array.from({length: to}, (_, j) => {
        let sum = theta[offset + from * to + j] ?? 0;
        for (let i = 0; i < from; i++) sum += (before[i] ?? 0) * (theta[offset + i * to + j] ?? 0);
        return sum;
      });
      sums.push(here);
      inputs.push(l === WIDTHS.length - 1 ? here : here.map(activation.value));
      offset += (from + 1) * to;
    }
    const odds = sign * (inputs.at(-1)?.[0] ?? 0);
    let slopes = [-sign / (1 + Math.exp(odds)) / EXAMPLES];
    for (let l = WIDTHS.length - 1; l >= 1; l--) {
      const [from, to, start] = [WIDTHS[l - 1] ?? 0, WIDTHS[l] ?? 0, starts[l - 1] ?? 0];
      const before = inputs[l - 1] ?? [];
      const next = new Array<number>(from).fill(0);
      for (let j = 0; j < to; j++) {
        const slope = slopes[j] ?? 0;
        const bias = start + from * to + j;
        gradient[bias] = (gradient[bias] ?? 0) + slope;
        for (let i = 0; i < from; i++) {
          const weight = start + i * to + j;
          gradient[weight] = (gradient[weight] ?? 0) + slope * (before[i] ?? 0);
          next[i] = (next[i] ?? 0) + slope * (theta[weight] ?? 0);
        }
      }
      slopes = l === 1 ? [] : next.map((value, i) => value * activation.slope(sums[l - 2]?.[i] ?? 0));
    }
    return Math.log1p(Math.exp(-odds)) / EXAMPLES;
  };
  const exactGradient = (theta: ArrayLike<number>): Float64Array => {
    const gradient = new Float64Array(PERCEPTRON_PARAMETERS);
    for (const point of points) example(theta, point, gradient);
    return gradient;
  };
  return {
    dimension: PERCEPTRON_PARAMETERS,
    loss: (thetas) =>
      Promise.resolve(
        Float64Array.from({length: thetas.length / PERCEPTRON_PARAMETERS}, (_, k) => {
          const theta = thetas.subarray(k * PERCEPTRON_PARAMETERS, (k + 1) * PERCEPTRON_PARAMETERS);
          const unused = new Float64Array(PERCEPTRON_PARAMETERS);
          return points.reduce((sum, point) => sum + example(theta, point, unused), 0);
        }),
      ),
    gradient: (theta) => Promise.resolve(Float32Array.from(exactGradient(theta))),
    exactGradient,
  };
}

/** Random weights of a given size, then a few thousand steps of gradient descent: a point with a few sharp directions. */
export function trainedPoint(
  objective: ReturnType<typeof smoothPerceptron>,
  seed: number,
  steps = 3000,
): Float32Array {
  const generator = createGenerator(seed);
  const theta = Float64Array.from({length: objective.dimension}, () => 0.7 * generator.normal());
  for (let step = 0; step < steps; step++) {
    const slope = objective.exactGradient(theta);
    for (let i = 0; i < theta.length; i++) theta[i] = (theta[i] ?? 0) - 0.1 * (slope[i] ?? 0);
  }
  return Float32Array.from(theta);
}

/** The dense Hessian `[P, P]`, row-major, by central differences of the gradient in float64: right to eight digits or so. */
export function denseHessian(
  objective: ReturnType<typeof smoothPerceptron>,
  theta: Float32Array,
): Float64Array {
  const count = theta.length;
  const hessian = new Float64Array(count * count);
  const step = 1e-5;
  for (let i = 0; i < count; i++) {
    const moved = (by: number): Float64Array => {
      const there = Float64Array.from(theta);
      there[i] = (there[i] ?? 0) + by;
      return objective.exactGradient(there);
    };
    const [forward, backward] = [moved(step), moved(-step)];
    forward.forEach((value, j) => (hessian[i * count + j] = (value - (backward[j] ?? 0)) / (2 * step)));
  }
  return hessian;
}
