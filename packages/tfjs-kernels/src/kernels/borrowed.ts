import {
  Equal,
  Fill,
  GatherNd,
  Greater,
  GreaterEqual,
  Less,
  LessEqual,
  NotEqual,
  RaggedGather,
  RaggedRange,
  RaggedTensorToTensor,
  SparseToDense,
  StaticRegexReplace,
  StridedSlice,
  Tile,
  util,
} from '@tensorflow/tfjs-core';
import type {Kernel} from '../kernel.ts';
import {runOnCpu} from '../on-cpu.ts';

const onCpu = (name: string): Kernel => ({name, run: (call) => runOnCpu(name, call)});

/** What the CPU backend computes for the WASM backend. */
export const borrowed: readonly Kernel[] = [
  ...[RaggedGather, RaggedRange, RaggedTensorToTensor].map(onCpu),
  {
    name: Fill,
    run(call) {
      const {dtype, value} = call.attrs;
      const strings = (dtype ?? util.inferDtype(value as number)) === 'string';
      return strings ? runOnCpu(Fill, call) : undefined;
    },
  },
];

/** The same for tensors of strings, of which the stock kernels compare and copy what they find in the heap. */
export const stringKernels: readonly Kernel[] = [
  ...[Equal, NotEqual, Less, LessEqual, Greater, GreaterEqual].map(onCpu),
  ...[GatherNd, SparseToDense, StaticRegexReplace, StridedSlice, Tile].map(onCpu),
];
