import {
  type Generator,
  type ParameterLayout,
  type ParameterSlice,
  InputError,
  checkOptions,
  checkWord,
} from '@minefield/core';
import type {Initialization} from '@minefield/spec';

const SCHEMES: readonly Initialization[] = [
  'kaiming-normal',
  'kaiming-uniform',
  'xavier-normal',
  'xavier-uniform',
  'fan-in-uniform',
];

export interface Fans {
  readonly fanIn: number;
  readonly fanOut: number;
}

/** Inputs to, and outputs of, one unit of a kernel `[...receptive field, in, out]`. @throws {InputError} when it has not two axes */
export function fans(kernel: ParameterSlice): Fans {
  const [outputs, inputs, ...field] = kernel.shape.toReversed();
  if (inputs === undefined || outputs === undefined) {
    throw new InputError(
      `models.fans: expected a kernel [...receptive field, in, out], got [${kernel.shape}] of "${kernel.name}"`,
    );
  }
  const receptive = field.reduce((product, length) => product * length, 1);
  return {fanIn: receptive * inputs, fanOut: receptive * outputs};
}

export interface InitializeOptions {
  /** Where what is random comes from. */
  readonly generator: Generator;
}

/**
 * First parameters of a network, `[P]`. Scales of normalization layers start at 1 and shifts at 0; a bias takes the
 * fan in of the kernel before it.
 *
 * @throws {InputError} when a bias comes before any kernel, the scheme is none of these, or there is no generator
 */
export function initialize(
  layout: ParameterLayout,
  scheme: Initialization,
  options: InitializeOptions,
): Float32Array {
  checkWord('models.initialize', 'a scheme', scheme, SCHEMES);
  checkOptions('models.initialize', options, {generator: true});
  const {generator} = options;
  if (typeof generator?.uniform !== 'function') {
    throw new InputError(
      'models.initialize: expected a generator of chance, got none; pass {generator: createGenerator(seed)}, of @minefield/core',
    );
  }
  const theta = new Float32Array(layout.dimension);
  let kernelFans: Fans | undefined;
  for (const slice of layout.slices) {
    const values = theta.subarray(slice.offset, slice.offset + slice.size);
    if (slice.role === 'scale') values.fill(1);
    if (slice.role === 'kernel') kernelFans = fans(slice);
    if (slice.role === 'scale' || slice.role === 'shift') continue;
    if (kernelFans === undefined) {
      throw new InputError(`models.initialize: expected a kernel before the bias "${slice.name}"`);
    }
    if (scheme === 'kaiming-normal' || scheme === 'xavier-normal') {
      if (slice.role === 'kernel') fillNormalInto(values, kernelDeviation(scheme, kernelFans), generator);
      continue;
    }
    const bound = slice.role === 'bias' ? biasBound(scheme, kernelFans) : kernelBound(scheme, kernelFans);
    if (bound === 0) continue;
    for (let i = 0; i < values.length; i++) values[i] = (2 * generator.uniform() - 1) * bound;
  }
  return theta;
}

function fillNormalInto(values: Float32Array, deviation: number, generator: Generator): void {
  generator.fillNormalInto(values);
  for (let i = 0; i < values.length; i++) values[i] = (values[i] ?? 0) * deviation;
}

type NormalInitialization = 'kaiming-normal' | 'xavier-normal';
type UniformInitialization = Exclude<Initialization, NormalInitialization>;

function kernelDeviation(scheme: NormalInitialization, {fanIn, fanOut}: Fans): number {
  return Math.sqrt(2 / (scheme === 'kaiming-normal' ? fanIn : fanIn + fanOut));
}

function kernelBound(scheme: UniformInitialization, {fanIn, fanOut}: Fans): number {
  switch (scheme) {
    case 'kaiming-uniform':
      return Math.sqrt(6 / fanIn);
    case 'xavier-uniform':
      return Math.sqrt(6 / (fanIn + fanOut));
    case 'fan-in-uniform':
      return 1 / Math.sqrt(fanIn);
  }
}

function biasBound(scheme: UniformInitialization, {fanIn}: Fans): number {
  return scheme === 'fan-in-uniform' ? 1 / Math.sqrt(fanIn) : 0;
}
