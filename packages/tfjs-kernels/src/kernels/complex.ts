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
  util,
} from '@tensorflow/tfjs-core';
import {complexOf, pairsInput, pairsOf} from '../complex.ts';
import {type Kernel, type KernelCall, composed, input, runKernel} from '../kernel.ts';
import {floatsOf} from '../wasm-backend.ts';
import {identity, share} from './identity.ts';
import {blockOf} from './slice.ts';

/** Makes complex numbers of their real and imaginary parts. */
export const complex: Kernel = {
  name: Complex,
  run({backend, inputs, makeOutput}) {
    const [real, imag] = [input(inputs, 'real'), input(inputs, 'imag')];
    if (!util.arraysEqual(real.shape, imag.shape)) {
      throw new RangeError(
        `tfjs-kernels.complex: expected parts of one shape, got [${real.shape}] and [${imag.shape}]; broadcast them first`,
      );
    }
    const parts = [real, imag].map((x) => runKernel(Cast, backend, {x}, {dtype: 'float32'}));
    try {
      const out = makeOutput([...real.shape, 2]);
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
  {name: Add, run: (call) => onPairs(Add, call, {a: pairsInput(call, 'a'), b: pairsInput(call, 'b')})},
  {name: Sub, run: (call) => onPairs(Sub, call, {a: pairsInput(call, 'a'), b: pairsInput(call, 'b')})},
  {name: Multiply, run: multiply},
  {name: Slice, run: slice},
  {name: Concat, run: (call) => join(Concat, call, 0)},
  {name: Pack, run: (call) => join(Pack, call, 1)},
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
    const parts = (name: string): [TensorInfo, TensorInfo] => {
      const tensor = {input: input(inputs, name)};
      return [step(Real, tensor), step(Imag, tensor)];
    };
    const [[a, b], [c, d]] = [parts('a'), parts('b')];
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

/** Along an axis of the output, which has `added` dimensions more than the tensors. */
function join(name: string, call: KernelCall, added: number): TensorInfo {
  const tensors = Object.values(call.inputs) as TensorInfo[];
  const pairs = tensors.map((tensor) => pairsOf(call.backend, tensor));
  // An axis that is counted from the end lies before that of the pairs.
  const rank = (tensors[0]?.shape.length ?? 0) + added;
  const axis = call.attrs['axis'] as number;
  // Lists of tensors are passed as the inputs themselves.
  const inputs = pairs as unknown as NamedTensorInfoMap;
  return onPairs(name, call, inputs, {axis: axis < 0 ? axis + rank : axis});
}
