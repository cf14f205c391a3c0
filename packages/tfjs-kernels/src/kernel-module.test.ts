import {expect, it} from 'vitest';
import {instantiate} from './kernel-module.ts';

/** 2 × 3 by 3 × 2 at the start of a memory of one page. */
function product(memory: WebAssembly.Memory, set: 'relaxed' | 'simd'): number[] {
  const values = new Float32Array(memory.buffer);
  values.set([1, 2, 3, 4, 5, 6], 0);
  values.set([1, 2, 3, 4, 5, 6], 8);
  const [a, b, out, scratch] = [0, 32, 64, 128];
  instantiate(set, memory).multiply(
    1,
    2,
    2,
    3,
    a,
    0,
    12,
    4,
    b,
    0,
    8,
    4,
    0,
    0,
    -Infinity,
    Infinity,
    out,
    scratch,
  );
  return [...values.subarray(16, 20)];
}

it.each(['relaxed', 'simd'] as const)(
  'runs the %s set over a memory of one instance or shared by threads',
  (set) => {
    expect(product(new WebAssembly.Memory({initial: 1}), set)).toEqual([22, 28, 49, 64]);
    const shared = new WebAssembly.Memory({initial: 1, maximum: 65_536, shared: true});
    expect(product(shared, set)).toEqual([22, 28, 49, 64]);
  },
);
