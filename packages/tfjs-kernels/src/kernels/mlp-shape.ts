import {at, mapEach} from '../at.ts';
import {type KernelCall, input} from '../kernel.ts';

/** What the tensors and attributes of a call say of its networks. */
export interface MlpShape {
  readonly networks: number;
  readonly rows: number;
  /** 1 when each network has inputs of its own, 0 when they share them. */
  readonly ownInputs: number;
  readonly parameters: number;
  readonly widths: readonly number[];
  /** Widths, padded to multiples of four. */
  readonly strides: readonly number[];
  readonly layers: readonly MlpLayer[];
}

/** A layer, and where its numbers stand: in a network's parameters, and in each part of the scratch; in bytes. */
export interface MlpLayer {
  readonly fanIn: number;
  readonly width: number;
  readonly strideIn: number;
  readonly stride: number;
  readonly kernelAt: number;
  readonly biasAt: number;
  readonly weightsAt: number;
  readonly biasesAt: number;
  readonly turnedAt: number;
  readonly slopesAt: number;
  readonly biasSlopesAt: number;
}

/** Numbers of one network's padded weights and biases, of its turned weights, and of the gradients of both. */
export interface Parts {
  readonly weights: number;
  readonly turned: number;
  readonly slopes: number;
}

/** Bytes of `count` 32-bit numbers. */
export const bytes = (count: number): number => 4 * count;

export function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}

export function partCounts({layers}: MlpShape): Parts {
  return {
    weights: sum(layers.map(({fanIn, stride}) => (fanIn + 1) * stride)),
    turned: sum(layers.map(({width, strideIn}) => width * strideIn)),
    slopes: sum(layers.map(({strideIn, stride}) => (strideIn + 1) * stride)),
  };
}

/** Where each of several arrays of 32-bit numbers starts when they lie one after the other. */
export function offsets<const T extends readonly number[]>(
  first: number,
  counts: T,
): {[K in keyof T]: number} {
  let next = first;
  return mapEach(counts, (count) => {
    const start = next;
    next += bytes(count);
    return start;
  });
}

function layersOf(widths: readonly number[], strides: readonly number[]): readonly MlpLayer[] {
  let [parameter, weight, turned, slope] = [0, 0, 0, 0];
  return widths.slice(1).map((width, i): MlpLayer => {
    const [fanIn, strideIn, stride] = [at(widths, i), at(strides, i), at(strides, i + 1)];
    const layer = {
      fanIn,
      width,
      strideIn,
      stride,
      kernelAt: bytes(parameter),
      biasAt: bytes(parameter + fanIn * width),
      weightsAt: bytes(weight),
      biasesAt: bytes(weight + fanIn * stride),
      turnedAt: bytes(turned),
      slopesAt: bytes(slope),
      biasSlopesAt: bytes(slope + strideIn * stride),
    };
    parameter += (fanIn + 1) * width;
    weight += (fanIn + 1) * stride;
    turned += width * strideIn;
    slope += (strideIn + 1) * stride;
    return layer;
  });
}

/** @throws {RangeError | TypeError} when parameters, inputs and widths do not fit each other */
export function mlpShape({inputs, attrs}: KernelCall): MlpShape {
  const [thetas, x] = [input(inputs, 'thetas'), input(inputs, 'inputs')];
  const widths = attrs['widths'] as number[] | undefined;
  if (widths === undefined || widths.length < 2)
    throw new RangeError(`tfjs-kernels.Mlp: expected the widths of at least two layers, got [${widths}]`);
  const [networks = 0, parameters = 0] = thetas.shape;
  const expected = sum(widths.slice(1).map((width, i) => (at(widths, i) + 1) * width));
  const own = x.shape.length === 3 && x.shape[0] !== 1;
  const ranked = thetas.shape.length === 2 && (x.shape.length === 2 || x.shape.length === 3);
  if (
    !ranked ||
    parameters !== expected ||
    x.shape.at(-1) !== widths[0] ||
    (own && x.shape[0] !== networks)
  ) {
    throw new RangeError(
      `tfjs-kernels.Mlp: expected parameters [K, ${expected}] and inputs [K or 1, n, ${widths[0]}] for widths ` +
        `${widths.join('-')}, got [${thetas.shape}] and [${x.shape}]`,
    );
  }
  if (thetas.dtype !== 'float32' || x.dtype !== 'float32') {
    throw new TypeError(`tfjs-kernels.Mlp: expected float32 tensors, got ${thetas.dtype} and ${x.dtype}`);
  }
  const strides = widths.map((width) => (width + 3) & ~3);
  return {
    networks,
    rows: at(x.shape, -2),
    ownInputs: own ? 1 : 0,
    parameters,
    widths,
    strides,
    layers: layersOf(widths, strides),
  };
}
