import * as tf from '@tensorflow/tfjs-core';
import type {KernelCall, Rule} from './kernel-call.ts';

/** A derivative, from what a function of one number was given, what it gave, and its settings. */
type Slope = (x: tf.Tensor, y: tf.Tensor, attrs: KernelCall['attrs']) => tf.Tensor;

const SELU_ALPHA = 1.6732632423543772;
const SELU_SCALE = 1.0507009873554805;

/** s(x) s(−x): the difference 1 − s loses its digits where a unit saturates. */
const sigmoidSlope = (x: tf.Tensor): tf.Tensor => tf.mul(tf.sigmoid(x), tf.sigmoid(tf.neg(x)));

/** 1 above zero, and `scale` · exp(x) below. */
const expBelow = (x: tf.Tensor, scale: number): tf.Tensor => {
  const positive = tf.step(x);
  return tf.add(positive, tf.mul(tf.sub(1, positive), tf.mul(scale, tf.exp(tf.minimum(x, 0)))));
};

const SLOPES: Readonly<Record<string, Slope>> = {
  Abs: (x) => tf.sign(x),
  ClipByValue: (x, _, {clipValueMin, clipValueMax}) =>
    tf.mul(tf.step(tf.sub(x, Number(clipValueMin))), tf.step(tf.sub(Number(clipValueMax), x))),
  Cos: (x) => tf.neg(tf.sin(x)),
  Elu: (x) => expBelow(x, 1),
  Erf: (x) => tf.mul(2 / Math.sqrt(Math.PI), tf.exp(tf.neg(tf.square(x)))),
  Exp: (_, y) => y,
  Expm1: (x) => tf.exp(x),
  LeakyRelu: (x, _, {alpha}) => tf.step(x, Number(alpha)),
  Log: (x) => tf.reciprocal(x),
  Log1p: (x) => tf.reciprocal(tf.add(1, x)),
  Reciprocal: (_, y) => tf.neg(tf.square(y)),
  Relu: (x) => tf.step(x),
  Relu6: (x) => tf.mul(tf.step(x), tf.step(tf.sub(6, x))),
  Rsqrt: (_, y) => tf.mul(-0.5, tf.mul(y, tf.square(y))),
  Selu: (x) => tf.mul(SELU_SCALE, expBelow(x, SELU_ALPHA)),
  Sigmoid: sigmoidSlope,
  Sin: (x) => tf.cos(x),
  Softplus: (x) => tf.sigmoid(x),
  Sqrt: (_, y) => tf.div(0.5, y),
  Square: (x) => tf.mul(2, x),
  Tanh: (x) => tf.mul(4, sigmoidSlope(tf.mul(2, x))),
};

/** Kernels that give numbers which do not change with their inputs, but at jumps. */
const CONSTANT = ['Ceil', 'Floor', 'OnesLike', 'Round', 'Sign', 'Step', 'ZerosLike'];

function chained(slope: Slope): Rule {
  return ({inputs: {x}, attrs, output, tangent}) => {
    const moved = tangent('x');
    return x && moved && tf.mul(moved, slope(x, output as tf.Tensor, attrs));
  };
}

/** A factor of a tangent, from two inputs and the output. */
type Factor = (a: tf.Tensor, b: tf.Tensor, y: tf.Tensor) => tf.Tensor;

/** Sum of the tangents of a and b, each times a factor. */
function weighted(ofA: Factor, ofB: Factor): Rule {
  return ({inputs: {a, b}, output, tangent}) => {
    if (a === undefined || b === undefined) return undefined;
    const [movedA, movedB] = [tangent('a'), tangent('b')];
    const y = output as tf.Tensor;
    return sumOf([
      ...(movedA ? [tf.mul(movedA, ofA(a, b, y))] : []),
      ...(movedB ? [tf.mul(movedB, ofB(a, b, y))] : []),
    ]);
  };
}

function sumOf(parts: readonly tf.Tensor[]): tf.Tensor {
  return parts.reduce((sum, part) => tf.add(sum, part));
}

/** 1 where a > b, and 0 elsewhere; comparisons have no derivative, not even 0. */
const above = (a: tf.Tensor, b: tf.Tensor): tf.Tensor => tf.step(tf.sub(a, b));

export const elementwiseRules: Readonly<Record<string, Rule>> = {
  ...Object.fromEntries(Object.entries(SLOPES).map(([name, slope]) => [name, chained(slope)])),
  ...Object.fromEntries(CONSTANT.map((name) => [name, () => undefined])),
  Maximum: weighted(
    (a, b) => tf.sub(1, above(b, a)),
    (a, b) => above(b, a),
  ),
  Minimum: weighted(
    (a, b) => tf.sub(1, above(a, b)),
    (a, b) => above(a, b),
  ),
  Pow: weighted(
    (a, b) => tf.mul(b, tf.pow(a, tf.sub(b, 1))),
    (a, _, y) => tf.mul(y, tf.log(a)),
  ),
  RealDiv: weighted(
    (_, b) => tf.reciprocal(b),
    (_, b, y) => tf.neg(tf.div(y, b)),
  ),
  SquaredDifference: weighted(
    (a, b) => tf.mul(2, tf.sub(a, b)),
    (a, b) => tf.mul(2, tf.sub(b, a)),
  ),
  Prelu: ({inputs: {x, alpha}, tangent}) => {
    if (x === undefined || alpha === undefined) return undefined;
    const [moved, slope] = [tangent('x'), tangent('alpha')];
    const [positive, below] = [tf.step(x), tf.sub(1, tf.step(x))];
    return sumOf([
      ...(moved ? [tf.mul(moved, tf.add(positive, tf.mul(below, alpha)))] : []),
      ...(slope ? [tf.mul(tf.mul(below, x), slope)] : []),
    ]);
  },
  Select: ({inputs: {condition, t, e}, tangent}) =>
    condition &&
    t &&
    e &&
    tf.where(condition, tangent('t') ?? tf.zerosLike(t), tangent('e') ?? tf.zerosLike(e)),
};
