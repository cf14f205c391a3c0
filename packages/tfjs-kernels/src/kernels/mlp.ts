/**
 * Two kernels of our own, for K multilayer perceptrons with ReLUs that fit the cache: all layers of one network are worked
 * off before the next, so activations stay near the processor, and no step between two layers costs a call.
 *
 * - `Mlp`: inputs `thetas` `[K, P]` and `inputs` `[n, d]` or `[K, n, d]`; attributes `widths` (units of every layer, the
 *   input first) and `keepActivations`. Gives logits `[K, n, outputs]` and, when asked, activations for the gradient.
 * - `MlpGradient`: inputs `thetas`, `inputs`, `activations` and `dy` `[K, n, outputs]`; attribute `widths`. Gives the
 *   gradient `[K, P]` with respect to the parameters.
 *
 * A network's parameters are, layer by layer, a kernel `[in, out]` and a bias `[out]`, all row-major.
 */
import type {NamedAttrMap, TensorInfo} from '@tensorflow/tfjs-core';
import {type Kernel, type KernelCall, input} from '../kernel.ts';
import {offsetOf, withScratch} from '../wasm-backend.ts';

interface Shape {
  readonly networks: number;
  readonly rows: number;
  /** 1 when each network has inputs of its own, 0 when they share them. */
  readonly ownInputs: number;
  readonly parameters: number;
  readonly widths: readonly number[];
  /** Widths, padded to multiples of four. */
  readonly strides: readonly number[];
}

/** Bytes of `count` float32 numbers. */
const bytes = (count: number): number => 4 * count;

export const mlp: Kernel = {
  name: 'Mlp',
  run(call) {
    const shape = shapeOf(call);
    const {backend, attrs} = call;
    const {networks, rows, widths, strides} = shape;
    const logits = backend.makeOutput([networks, rows, widths.at(-1) ?? 0], 'float32');
    if (attrs['keepActivations'] !== true) {
      const widest = Math.max(...strides);
      withScratch(backend, bytes(2 * rows * widest), (scratch) => {
        const turns = strides.map((_, i) => scratch + bytes((i % 2) * rows * widest));
        forward(call, shape, logits, () => turns);
      });
      return [logits];
    }
    const activations = backend.makeOutput([networks, activationCount(shape)], 'float32');
    const first = offsetOf(backend, activations);
    forward(call, shape, logits, (k) => places(shape, first, k));
    return [logits, activations];
  },
};

/** @param placesOf where the activations of every layer of network k go */
function forward(
  {backend, module, inputs}: KernelCall,
  shape: Shape,
  logits: TensorInfo,
  placesOf: (network: number) => readonly number[],
): void {
  const {networks, rows, widths, strides, ownInputs, parameters} = shape;
  const [features = 0, outputs = 0] = [widths[0], widths.at(-1)];
  const theta = offsetOf(backend, input(inputs, 'thetas'));
  const x = offsetOf(backend, input(inputs, 'inputs'));
  const y = offsetOf(backend, logits);
  withScratch(backend, bytes(layerCount(shape)), (w) => {
    for (let k = 0; k < networks; k++) {
      const layers = placesOf(k);
      module.pad(x + bytes(ownInputs * k * rows * features), layers[0] ?? 0, rows, features, strides[0] ?? 0);
      let at = theta + bytes(k * parameters);
      for (let layer = 0; layer + 1 < widths.length; layer++) {
        const [fanIn = 0, fanOut = 0] = [widths[layer], widths[layer + 1]];
        const [from = 0, to = 0] = [strides[layer], strides[layer + 1]];
        const bias = w + bytes(fanIn * to);
        module.pad(at, w, fanIn, fanOut, to);
        module.pad(at + bytes(fanIn * fanOut), bias, 1, fanOut, to);
        const hidden = layer + 2 < widths.length;
        module.multiplyLayer(
          layers[layer] ?? 0,
          w,
          bias,
          0,
          layers[layer + 1] ?? 0,
          rows,
          fanIn,
          from,
          to,
          hidden,
        );
        at += bytes(fanIn * fanOut + fanOut);
      }
      module.unpad(layers.at(-1) ?? 0, y + bytes(k * rows * outputs), rows, outputs, strides.at(-1) ?? 0);
    }
  });
}

export const mlpGradient: Kernel = {
  name: 'MlpGradient',
  run(call) {
    const shape = shapeOf(call);
    const result = call.backend.makeOutput([shape.networks, shape.parameters], 'float32');
    backward(call, shape, result);
    return result;
  },
};

function backward({backend, module, inputs}: KernelCall, shape: Shape, result: TensorInfo): void {
  const {networks, rows, widths, strides, parameters} = shape;
  const outputs = widths.at(-1) ?? 0;
  const slopes = rows * Math.max(...strides);
  const theta = offsetOf(backend, input(inputs, 'thetas'));
  const activations = offsetOf(backend, input(inputs, 'activations'));
  const dy = offsetOf(backend, input(inputs, 'dy'));
  const gradient = offsetOf(backend, result);
  withScratch(backend, bytes(2 * slopes + layerCount(shape)), (scratch) => {
    const w = scratch + bytes(2 * slopes);
    for (let k = 0; k < networks; k++) {
      const layers = places(shape, activations, k);
      let current = scratch;
      let next = scratch + bytes(slopes);
      module.pad(dy + bytes(k * rows * outputs), current, rows, outputs, strides.at(-1) ?? 0);
      let end = (k + 1) * parameters;
      for (let layer = widths.length - 2; layer >= 0; layer--) {
        const [fanIn = 0, fanOut = 0] = [widths[layer], widths[layer + 1]];
        const [from = 0, to = 0] = [strides[layer], strides[layer + 1]];
        const activation = layers[layer] ?? 0;
        const bias = end - fanOut;
        const kernel = bias - fanIn * fanOut;
        module.multiplyLayerTransposed(activation, current, w, rows, from, to);
        module.unpad(w, gradient + bytes(kernel), fanIn, fanOut, to);
        module.sumRows(current, w, rows, to);
        module.unpad(w, gradient + bytes(bias), 1, fanOut, to);
        if (layer > 0) {
          module.padTransposed(theta + bytes(kernel), w, fanIn, fanOut, from);
          module.multiplyLayer(current, w, 0, activation, next, rows, fanOut, to, from, false);
          [current, next] = [next, current];
        }
        end = kernel;
      }
    }
  });
}

/** Float32 numbers that one layer's padded kernel and bias take, the widest layer and either orientation. */
function layerCount({strides}: Shape): number {
  return Math.max(...strides) * (Math.max(...strides) + 1);
}

/** Float32 numbers of one network's activations, inputs and logits included. */
function activationCount({rows, strides}: Shape): number {
  return rows * strides.reduce((sum, stride) => sum + stride, 0);
}

/** Where the activations of every layer of network k lie when all are kept. */
function places(shape: Shape, first: number, network: number): number[] {
  let at = first + bytes(network * activationCount(shape));
  return shape.strides.map((stride) => {
    const place = at;
    at += bytes(shape.rows * stride);
    return place;
  });
}

function shapeOf({inputs, attrs}: KernelCall): Shape {
  const [thetas, x] = [input(inputs, 'thetas'), input(inputs, 'inputs')];
  const widths = widthsOf(attrs);
  const [networks = 0, parameters = 0] = thetas.shape;
  const expected = widths.slice(1).reduce((sum, width, i) => sum + ((widths[i] ?? 0) + 1) * width, 0);
  const own = x.shape.length === 3 && x.shape[0] !== 1;
  if (parameters !== expected || x.shape.at(-1) !== widths[0] || (own && x.shape[0] !== networks)) {
    throw new RangeError(
      `tfjs-kernels.Mlp: expected parameters [K, ${expected}] and inputs [K or 1, n, ${widths[0]}] for widths ` +
        `${widths.join('-')}, got [${thetas.shape}] and [${x.shape}]`,
    );
  }
  if (thetas.dtype !== 'float32' || x.dtype !== 'float32') {
    throw new TypeError(`tfjs-kernels.Mlp: expected float32 tensors, got ${thetas.dtype} and ${x.dtype}`);
  }
  const strides = widths.map((width) => (width + 3) & ~3);
  return {networks, rows: x.shape.at(-2) ?? 0, ownInputs: own ? 1 : 0, parameters, widths, strides};
}

function widthsOf(attrs: NamedAttrMap): readonly number[] {
  const widths = attrs['widths'] as number[] | undefined;
  if (widths === undefined || widths.length < 2) {
    throw new RangeError(`tfjs-kernels.Mlp: expected the widths of at least two layers, got [${widths}]`);
  }
  return widths;
}
