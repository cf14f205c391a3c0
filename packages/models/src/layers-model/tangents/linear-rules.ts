import * as tf from '@tensorflow/tfjs-core';
import type {Rule, Tensors} from './kernel-call.ts';

/** Kernels that are linear in these inputs together; `*` stands for all. */
const LINEAR: Readonly<Record<string, string>> = {
  Add: '*',
  AddN: '*',
  AvgPool: 'x',
  AvgPool3D: 'x',
  BatchToSpaceND: 'x',
  Cast: 'x',
  Concat: '*',
  Cumsum: 'x',
  ExpandDims: 'input',
  GatherV2: 'x',
  Identity: 'x',
  Mean: 'x',
  MirrorPad: 'x',
  Neg: 'x',
  Pack: '*',
  PadV2: 'x',
  Reshape: 'x',
  ResizeBilinear: 'images',
  ResizeNearestNeighbor: 'images',
  Reverse: 'x',
  Slice: 'x',
  SpaceToBatchND: 'x',
  SplitV: 'x',
  Sub: '*',
  Sum: 'x',
  Tile: 'x',
  Transpose: 'x',
  Unpack: 'value',
};

/** Kernels that are linear in each of their inputs: products of all kinds. */
const MULTILINEAR = [
  'BatchMatMul',
  'Conv2D',
  'Conv2DBackpropInput',
  'Conv3D',
  'DepthwiseConv2dNative',
  'Einsum',
  'Multiply',
];

/** The kernel itself, of the tangents. */
const linear: Rule = ({name, inputs, attrs, tangent, run}) => {
  const moving = LINEAR[name];
  const moved = replaced(inputs, (input, key) =>
    moving === '*' || moving === key ? (tangent(key) ?? tf.zerosLike(input)) : input,
  );
  // What is padded with a constant changes by zeros there.
  return run(name, moved, name === 'PadV2' ? {...attrs, constantValue: 0} : attrs);
};

/** The kernel of one tangent and the other inputs, for one after another. */
const multilinear: Rule = ({name, inputs, attrs, tangent, run}) => {
  const parts = Object.keys(inputs).flatMap((key) => {
    const moved = tangent(key);
    if (moved === undefined) return [];
    return [
      run(
        name,
        replaced(inputs, (input, other) => (other === key ? moved : input)),
        attrs,
      ),
    ];
  });
  return parts.flat().reduce((sum, part) => tf.add(sum, part));
};

/** Other tensors in the place of these; an array stays one, which some kernels insist on. */
function replaced(inputs: Tensors, by: (input: tf.Tensor, key: string) => tf.Tensor): Tensors {
  const changed = Object.entries(inputs).map(([key, input]) => [key, by(input, key)] as const);
  return Array.isArray(inputs) ? Object.assign([], Object.fromEntries(changed)) : Object.fromEntries(changed);
}

export const linearRules: Readonly<Record<string, Rule>> = Object.fromEntries([
  ...Object.keys(LINEAR).map((name) => [name, linear] as const),
  ...MULTILINEAR.map((name) => [name, multilinear] as const),
]);
