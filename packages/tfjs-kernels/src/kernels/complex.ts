import {
  Add,
  Cast,
  Complex,
  ComplexAbs,
  Concat,
  type DataType,
  ExpandDims,
  Imag,
  Multiply,
  type NamedAttrMap,
  type NamedTensorInfoMap,
  OnesLike,
  Pack,
  Real,
  Reshape,
  Slice,
  Sub,
  type TensorInfo,
  ZerosLike,
} from '@tensorflow/tfjs-core';
import {complexOf, floatsOf, pairsInput, pairsOf} from '../complex.ts';
import {type Kernel, type KernelCall, composed, input, runKernel} from '../kernel.ts';
import {identity, share} from './identity.ts';
import {blockOf} from './slice.ts';

/** Makes complex numbers of their real and imaginary parts. */
export const complex: Kernel = {
  name: Complex,
  run({backend, inputs, makeOutput}) {
    const parts = ['real', 'imag'].map((name) =>
      runKernel(Cast, backend, {x: input(inputs, name)}, {dtype: 'float32'}),
    );
    try {
      const out = makeOutput([...input(inputs, 'real').shape, 2]);
      const pairs = floatsOf(backend, out);
      parts.forEach((part, offset) => {
        floatsOf(backend, part).forEach((value, i) => (pairs[2 * i + offset] = value));
      });
      return complexOf(out);
    } finally {
      for (const {dataId} of parts) backend.disposeData(dataId);
    }
  },
};

/** What is computed of complex tensors. The others have no kernel for them, and refuse them. */
export const complexKernels: readonly Kernel[] = [
  identity,
  ...[Reshape, ExpandDims].map((name): Kernel => ({name, run: () => undefined})),
  {name: Real, run: (call) => fromPairs(call, (re) => re)},
  {name: Imag, run: (call) => fromPairs(call, (_, im) => im)},
  {name: ComplexAbs, run: (call) => fromPairs(call, Math.hypot, 'x')},
  {name: Cast, run: castComplex},
  {name: ZerosLike, run: (call) => onPairs(ZerosLike, call, {x: pairsInput(call, 'x')})},
  {name: OnesLike, run: onesLike},
  ...[Add, Sub].map((name): Kernel => ({
    name,
    run: (call) => onPairs(name, call, {a: pairsInput(call, 'a'), b: pairsInput(call, 'b')}),
  })),
  {name: Multiply, run: multiply},
  {name: Slice, run: slice},
  // New dimensions that are counted from the end lie before that of the pairs.
  ...[
    [Concat, 0],
    [Pack, 1],
  ].map(([name, added]): Kernel => ({
    name: name as string,
    run: (call) => join(name as string, call, added as number),
  })),
];

/** A real number for each complex one. */
function fromPairs(call: KernelCall, value: (re: number, im: number) => number, name = 'input'): TensorInfo {
  const pairs = pairsInput(call, name);
  const out = call.makeOutput(pairs.shape.slice(0, -1));
  const from = floatsOf(call.backend, pairs);
  const to = floatsOf(call.backend, out);
  for (let i = 0; i < to.length; i++) to[i] = value(from[2 * i] ?? 0, from[2 * i + 1] ?? 0);
  return out;
}

/** A kernel that does to pairs what it would do to complex numbers. */
function onPairs(
  name: string,
  {backend}: KernelCall,
  inputs: NamedTensorInfoMap,
  attrs?: NamedAttrMap,
): TensorInfo {
  return complexOf(runKernel(name, backend, inputs, attrs));
}

/** A cast of the real part. */
function castComplex({backend, inputs, attrs}: KernelCall): TensorInfo {
  const x = input(inputs, 'x');
  const dtype = attrs['dtype'] as DataType;
  if (dtype === 'complex64') return share(backend, x);
  return composed(backend, (step) => step(Cast, {x: step(Real, {input: x})}, {dtype}));
}

function onesLike({backend, inputs}: KernelCall): TensorInfo {
  return composed(backend, (step) => {
    const real = step(Real, {input: input(inputs, 'x')});
    return step(Complex, {real: step(OnesLike, {x: real}), imag: step(ZerosLike, {x: real})});
  });
}

/** (a + bi)(c + di) = (ac − bd) + (ad + bc)i, each product rounded. */
function multiply({backend, inputs}: KernelCall): TensorInfo {
  return composed(backend, (step) => {
    const parts = [input(inputs, 'a'), input(inputs, 'b')].map((tensor) => [
      step(Real, {input: tensor}),
      step(Imag, {input: tensor}),
    ]);
    const [[a, b], [c, d]] = parts as [[TensorInfo, TensorInfo], [TensorInfo, TensorInfo]];
    const times = (x: TensorInfo, y: TensorInfo): TensorInfo => step(Multiply, {a: x, b: y});
    const real = step(Sub, {a: times(a, c), b: times(b, d)});
    return step(Complex, {real, imag: step(Add, {a: times(a, d), b: times(b, c)})});
  });
}

function slice(call: KernelCall): TensorInfo {
  const {inputs, attrs} = call;
  const [begin, size] = blockOf(input(inputs, 'x'), attrs);
  return onPairs(Slice, call, {x: pairsInput(call, 'x')}, {begin: [...begin, 0], size: [...size, 2]});
}

function join(name: string, call: KernelCall, added: number): TensorInfo {
  const tensors = Object.values(call.inputs) as TensorInfo[];
  const axis = call.attrs['axis'] as number;
  const rank = (tensors[0]?.shape.length ?? 0) + added;
  return onPairs(
    name,
    call,
    // Lists of tensors are passed as the inputs themselves.
    tensors.map((tensor) => pairsOf(call.backend, tensor)) as unknown as NamedTensorInfoMap,
    {axis: axis < 0 ? axis + rank : axis},
  );
}
