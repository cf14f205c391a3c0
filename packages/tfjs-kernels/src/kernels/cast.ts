import {Cast, Complex, type TensorInfo, ZerosLike, util} from '@tensorflow/tfjs-core';
import {type Kernel, type KernelCall, composed, input} from '../kernel.ts';
import {memoryOf, offsetOf} from '../wasm-backend.ts';
import {share} from './identity.ts';

/** A cast to the type that the tensor has, to complex numbers or to booleans; the others are well served by the stock kernel. */
export const cast: Kernel = {
  name: Cast,
  run(call) {
    const x = input(call.inputs, 'x');
    const dtype = call.attrs['dtype'];
    if (dtype === x.dtype) return share(call.backend, x);
    if (dtype === 'complex64') {
      return composed(call.backend, (step) => {
        const real = step(Cast, {x}, {dtype: 'float32'});
        return step(Complex, {real, imag: step(ZerosLike, {x: real})});
      });
    }
    return dtype === 'bool' && (x.dtype === 'float32' || x.dtype === 'int32') ? truths(call, x) : undefined;
  },
};

/** Whether each value is not 0; the stock kernel keeps the last byte of its whole part. */
function truths({backend, makeOutput}: KernelCall, x: TensorInfo): TensorInfo {
  const out = makeOutput(x.shape, 'bool');
  const [from, to, size] = [offsetOf(backend, x), offsetOf(backend, out), util.sizeFromShape(x.shape)];
  const {buffer} = memoryOf(backend);
  const values = new (x.dtype === 'float32' ? Float32Array : Int32Array)(buffer, from, size);
  const target = new Uint8Array(buffer, to, size);
  for (let i = 0; i < size; i++) target[i] = values[i] === 0 ? 0 : 1;
  return out;
}
