/**
 * Kernels of our own, for K multilayer perceptrons with ReLUs that fit the cache: all layers of one network are worked off
 * before the next, so activations stay near the processor, and no step between two layers costs a call.
 *
 * - `Mlp`: inputs `thetas` `[K, P]` and `inputs` `[n, d]` or `[K, n, d]`; attributes `widths` (units of every layer, the
 *   input first) and `keepActivations`. Gives logits `[K, n, outputs]` and, when asked, activations for the gradient.
 * - `MlpGradient`: inputs `thetas`, `inputs`, `activations` and `dy` `[K, n, outputs]`; attribute `widths`. Gives the
 *   gradient `[K, P]` with respect to the parameters.
 * - `MlpLogisticGradient`: inputs `thetas`, `inputs`, `targets` `[K, n]` and `weights` `[K, n]`; attribute `widths`, which
 *   ends in 1. Gives the gradient `[K, P]` of Σ weight · softplus(−target · logit), in one go.
 *
 * A network's parameters are, layer by layer, a kernel `[in, out]` and a bias `[out]`, all row-major.
 */
import type {TensorInfo} from '@tensorflow/tfjs-core';
import {at} from '../at.ts';
import {type Kernel, type KernelCall, input} from '../kernel.ts';
import {memoryOf, offsetOf, withScratch} from '../wasm-backend.ts';
import {logisticExamples} from './mlp-logistic.ts';
import {type MlpShape, type Parts, bytes, mlpShape, offsets, partCounts, sum} from './mlp-shape.ts';

/** Rows that go through all layers together, as `assembly/mlp.ts` has it. */
const BLOCK = 60;

/** Numbers of a level in the table that `assembly/mlp.ts` reads. */
const ENTRY = 9;

export const mlp: Kernel = {
  name: 'Mlp',
  run(call) {
    const shape = mlpShape(call);
    const {backend, module, inputs, attrs, makeOutput} = call;
    const {networks, rows, widths, strides, ownInputs} = shape;
    const [features, outputs] = [at(widths, 0), at(widths, -1)];
    const logits = makeOutput([networks, rows, outputs]);
    const kept =
      attrs['keepActivations'] === true ? makeOutput([networks, sum(levelCounts(shape, rows))]) : undefined;
    const x = offsetOf(backend, input(inputs, 'inputs'));
    const y = offsetOf(backend, logits);
    const block = kept === undefined ? BLOCK : rows;
    const values = kept === undefined ? levelCounts(shape, block) : [];
    overNetworks(call, shape, {weights: true}, values, (network, parts) => {
      const first = kept === undefined ? parts.rest : offsetOf(backend, kept);
      const size = kept === undefined ? 0 : network * bytes(sum(levelCounts(shape, rows)));
      const places = offsets(first + size, levelCounts(shape, block));
      // Inputs and logits are of all rows also where the levels between are not kept.
      const whole = (level: number): boolean =>
        kept !== undefined || level === 0 || level + 1 === widths.length;
      describe(call, shape, parts, places, whole);
      pack(call, shape, parts, network);
      const own = x + bytes(ownInputs * network * rows * features);
      module.pad(own, at(places, 0), rows, features, at(strides, 0));
      module.forward(parts.table, widths.length, rows);
      const to = y + bytes(network * rows * outputs);
      module.unpad(at(places, -1), to, rows, outputs, at(strides, -1));
    });
    return kept === undefined ? [logits] : [logits, kept];
  },
};

export const mlpGradient: Kernel = {
  name: 'MlpGradient',
  run(call) {
    const shape = mlpShape(call);
    const {backend, module, inputs} = call;
    const {rows, widths, strides} = shape;
    const activations = offsetOf(backend, input(inputs, 'activations'));
    const dy = offsetOf(backend, input(inputs, 'dy'));
    const room = BLOCK * Math.max(...strides);
    const counts = levelCounts(shape, rows);
    return gradients(call, shape, {turned: true, slopes: true}, [room, room], (network, parts) => {
      const [current, other] = offsets(parts.rest, [room, room]);
      describe(call, shape, parts, offsets(activations + network * bytes(sum(counts)), counts), () => true);
      module.backward(
        parts.table,
        widths.length,
        rows,
        dy + bytes(network * rows * at(widths, -1)),
        current,
        other,
      );
    });
  },
};

export const mlpLogisticGradient: Kernel = {
  name: 'MlpLogisticGradient',
  run(call) {
    const shape = mlpShape(call);
    const {module} = call;
    const {rows, widths, strides} = shape;
    const examplesOf = logisticExamples('MlpLogisticGradient', call, shape);
    const room = BLOCK * Math.max(...strides);
    const counts = strides.map((stride) => BLOCK * stride);
    const rest = [room, room, ...counts] as const;
    return gradients(call, shape, {weights: true, turned: true, slopes: true}, rest, (network, parts) => {
      const [current, other, ...places] = offsets(parts.rest, rest);
      describe(call, shape, parts, places, () => false);
      const {inputs, targets, weights} = examplesOf(network);
      module.logisticGradient(parts.table, widths.length, rows, inputs, targets, weights, current, other);
    });
  },
};

/** What a kernel wants of its scratch for one network. */
type Needs = Partial<Record<keyof Parts, true>>;

/** Where the parts of the scratch start; one that is not needed has no room. */
interface Places {
  readonly table: number;
  readonly weights: number;
  readonly turned: number;
  readonly slopes: number;
  readonly rest: number;
}

function overNetworks(
  {backend}: KernelCall,
  shape: MlpShape,
  needs: Needs,
  rest: readonly number[],
  work: (network: number, places: Places) => void,
): void {
  const {networks, rows, widths} = shape;
  if (networks * rows === 0) return;
  const parts = partCounts(shape);
  const counts = [
    widths.length * ENTRY,
    needs.weights ? parts.weights : 0,
    needs.turned ? parts.turned : 0,
    needs.slopes ? parts.slopes : 0,
    sum(rest),
  ] as const;
  withScratch(backend, bytes(sum(counts)), (scratch) => {
    const [table, weights, turned, slopes, remaining] = offsets(scratch, counts);
    const places = {table, weights, turned, slopes, rest: remaining};
    for (let network = 0; network < networks; network++) work(network, places);
  });
}

/** Packs each network, has its gradients worked out, and gathers them into `[K, P]`. */
function gradients(
  call: KernelCall,
  shape: MlpShape,
  needs: Needs,
  rest: readonly number[],
  work: (network: number, places: Places) => void,
): TensorInfo {
  const {backend, module, makeOutput} = call;
  const {networks, rows, parameters} = shape;
  const result = makeOutput([networks, parameters]);
  const gradient = offsetOf(backend, result);
  if (rows === 0) new Float32Array(memoryOf(backend).buffer, gradient, networks * parameters).fill(0);
  overNetworks(call, shape, needs, rest, (network, places) => {
    if (needs.weights) pack(call, shape, places, network);
    packTurned(call, shape, places, network);
    work(network, places);
    const to = gradient + bytes(network * parameters);
    for (const {fanIn, width, stride, kernelAt, biasAt, slopesAt, biasSlopesAt} of shape.layers) {
      module.unpad(places.slopes + slopesAt, to + kernelAt, fanIn, width, stride);
      module.unpad(places.slopes + biasSlopesAt, to + biasAt, 1, width, stride);
    }
  });
  return result;
}

/** Fills the table of one network; `values` says where each level's are, and `whole` whether those are of all rows. */
function describe(
  {backend}: KernelCall,
  shape: MlpShape,
  {table, weights, turned, slopes}: Places,
  values: readonly number[],
  whole: (level: number) => boolean,
): void {
  const {widths, strides} = shape;
  const entries = new Uint32Array(memoryOf(backend).buffer, table, widths.length * ENTRY);
  values.forEach((place, level) => {
    const [width, stride, layer] = [at(widths, level), at(strides, level), shape.layers[level - 1]];
    entries.set([width, stride, place, whole(level) ? bytes(stride) : 0], level * ENTRY);
    if (layer === undefined) return;
    const {weightsAt, biasesAt, turnedAt, slopesAt, biasSlopesAt} = layer;
    entries.set(
      [weights + weightsAt, weights + biasesAt, turned + turnedAt, slopes + slopesAt, slopes + biasSlopesAt],
      level * ENTRY + 4,
    );
  });
}

/** Pads the weights and biases of one network. */
function pack(
  {backend, module, inputs}: KernelCall,
  shape: MlpShape,
  {weights}: Places,
  network: number,
): void {
  const theta = offsetOf(backend, input(inputs, 'thetas')) + bytes(network * shape.parameters);
  for (const {fanIn, width, stride, kernelAt, biasAt, weightsAt, biasesAt} of shape.layers) {
    module.pad(theta + kernelAt, weights + weightsAt, fanIn, width, stride);
    module.pad(theta + biasAt, weights + biasesAt, 1, width, stride);
  }
}

/** Turns and pads the weights of one network. */
function packTurned(
  {backend, module, inputs}: KernelCall,
  shape: MlpShape,
  {turned}: Places,
  network: number,
): void {
  const theta = offsetOf(backend, input(inputs, 'thetas')) + bytes(network * shape.parameters);
  for (const {fanIn, width, strideIn, kernelAt, turnedAt} of shape.layers)
    module.padTransposed(theta + kernelAt, turned + turnedAt, fanIn, width, strideIn);
}

/** Numbers of each level's values: of all rows, or of a block between the first level and the last. */
function levelCounts({rows, strides}: MlpShape, block: number): number[] {
  return strides.map((stride, level) => stride * (level > 0 && level + 1 < strides.length ? block : rows));
}
