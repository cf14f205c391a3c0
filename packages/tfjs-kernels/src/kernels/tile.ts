import {Tile} from '@tensorflow/tfjs-core';
import {at} from '../at.ts';
import {type Kernel, input} from '../kernel.ts';
import {offsetOf} from '../wasm-backend.ts';

/** Repeats a tensor whole, along its first dimension of more than one element or those before it. */
export const tile: Kernel = {
  name: Tile,
  run({backend, module, inputs, attrs, makeOutput}) {
    const x = input(inputs, 'x');
    const reps = attrs['reps'] as readonly number[];
    const last = reps.findLastIndex((times) => times !== 1);
    const whole = x.shape.slice(0, Math.max(last, 0)).every((length) => length === 1);
    if (x.dtype !== 'float32' || reps.length !== x.shape.length || !whole) return undefined;
    const out = makeOutput(x.shape.map((length, axis) => length * at(reps, axis)));
    const times = reps.reduce((product, count) => product * count, 1);
    const bytes = x.shape.reduce((product, length) => product * length, Float32Array.BYTES_PER_ELEMENT);
    module.repeat(offsetOf(backend, x), bytes, times, offsetOf(backend, out));
    return out;
  },
};
