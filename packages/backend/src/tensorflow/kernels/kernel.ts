import {InternalError} from '@minefield/core';
import * as tf from '@tensorflow/tfjs-core';
import {type NativeBackend, NativeCall} from './native-call.ts';

/** What a kernel computes with. */
export interface KernelArguments {
  readonly call: NativeCall;
  readonly attrs: Readonly<Record<string, unknown>>;
  /** @throws {InternalError} where the kernel is not given an input of the name */
  input(name: string): tf.TensorInfo;
}

/** A kernel of native TensorFlow that its package lacks, or makes of more operations than it takes. */
export interface NativeKernel {
  readonly name: string;
  run(given: KernelArguments): tf.TensorInfo | tf.TensorInfo[];
}

/** Registers a kernel in the place of the one of this name, if there is one, which goes on to serve what is no float32. */
export function registerNative({name, run}: NativeKernel): void {
  const stock = registered(name);
  if (stock !== undefined) tf.unregisterKernel(name, BACKEND);
  tf.registerKernel({
    kernelName: name,
    backendName: BACKEND,
    kernelFunc(given) {
      const {inputs, attrs, backend} = given;
      if (stock !== undefined && Object.values(inputs).some((tensor) => tensor?.dtype !== 'float32')) {
        return stock.kernelFunc(given);
      }
      const call = new NativeCall(backend as NativeBackend);
      try {
        return run({call, attrs: attrs ?? {}, input: (which) => inputOf(inputs, which, name)});
      } finally {
        call.end();
      }
    },
  });
}

/** Has a kernel's attributes changed before it sees them. */
export function adaptAttributes(
  name: string,
  adapt: (attrs: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>,
): void {
  const stock = registered(name);
  if (stock === undefined) throw new InternalError(`backend.${name}: expected a kernel to adapt, got none`);
  tf.unregisterKernel(name, BACKEND);
  tf.registerKernel({
    ...stock,
    kernelFunc: (given) =>
      stock.kernelFunc({...given, attrs: adapt(given.attrs ?? {}) as unknown as tf.NamedAttrMap}),
  });
}

const BACKEND = 'tensorflow';

/** Absent kernels come back as undefined, whatever the type says. */
function registered(name: string): tf.KernelConfig | undefined {
  return tf.getKernel(name, BACKEND) as tf.KernelConfig | undefined;
}

function inputOf(inputs: tf.NamedTensorInfoMap, name: string, kernel: string): tf.TensorInfo {
  const tensor = (inputs as Readonly<Record<string, tf.TensorInfo | undefined>>)[name];
  if (tensor === undefined) throw new InternalError(`backend.${kernel}: expected an input ${name}, got none`);
  return tensor;
}
